"""From what public lists say to the small facts that the rules compare sheets and budgets with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from chorus_config.model.observed.directory import Directory
from chorus_config.model.observed.public_lists import ListedStructure, PublicLists
from chorus_config.model.project import STATUSES

# The list of public structures, as `FileRead.kind` calls it; all of them are far more than so many rows, an excerpt is not.
_ALL_STRUCTURES: Final = "structures"
_FEWEST_ROWS: Final = 50_000


def public_lists(directory: Directory, path: str, sirens: Collection[str]) -> PublicLists:
    """Return what the lists of a path say of the structures of some SIRENs, which is all that they were asked for."""
    rows = [file.rows for file in directory.files if file.kind == _ALL_STRUCTURES]
    complete = any(count >= _FEWEST_ROWS for count in rows)
    budgets = {one.identifiant: one.name or one.identifiant for one in directory.budgets}
    closed = {siret for siret, one in directory.establishments.items() if one.is_open is False}
    records = directory.snapshot.records
    found = {siret: _listed(siret, records[siret].body if siret in records else None, budgets, closed)
             for siret in {*records, *budgets, *closed}}  # fmt: skip
    taken = directory.snapshot.taken_at
    day = datetime.fromisoformat(taken).date() if taken else None
    return PublicLists(path, frozenset(sirens), found, complete, _whole(found) if rows else frozenset(), day)


def _whole(found: Mapping[str, ListedStructure]) -> frozenset[str]:
    """Return the SIRENs of what a list of structures has: only it says a status, an extract beside it makes none whole."""
    return frozenset(siret[:9] for siret, one in found.items() if one.active is not None)


def _listed(siret: str, body: Any, budgets: dict[str, str], closed: Collection[str]) -> ListedStructure:
    general: dict[str, Any] = body.get("informations_generales", {}) if body else {}
    active = STATUSES.get(general.get("statut", ""))
    # Only the list of structures says a status. Which name an extract of the directory shows is not known.
    name = general.get("raison_sociale", "") if active is not None else ""
    return ListedStructure(siret, body is not None, name, active, siret in closed, budgets.get(siret, ""))
