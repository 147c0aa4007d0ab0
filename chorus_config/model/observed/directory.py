"""What public lists and the national directory say beside the sheets: budgets, establishments, addresses of invoices, users."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from msgspec import Struct, field

from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.model.snapshot import Snapshot

_SIRETS: Final = re.compile("(?<![0-9])[0-9](?:[ .\u00a0\u202f]?[0-9]){13}(?![0-9])")


class Budget(Struct, frozen=True):
    """A budget of DGFiP's lists: its SIRET, name, nomenclature (M57, M49, …), the SIREN it belongs to, its kind, its year.

    `kind` "" and `year` 0 are not known.
    """

    identifiant: str
    name: str
    nomenclature: str
    siren: str
    kind: Literal["principal", "annexe", ""] = ""
    year: int = 0


def newest_budgets(budgets: Iterable[Budget]) -> tuple[tuple[Budget, ...], bool]:
    """Return the budgets of the newest year of each SIREN, main budgets first; whether older ones were left out.

    A budget that the newest year lacks is gone; one without a year is never older. Each SIRET once: of several rows of it the
    last one of a year speaks, since a budget that changed its nomenclature within a year is listed twice.
    """
    every = list(budgets)
    newest: dict[str, int] = {}
    for one in every:
        newest[one.siren] = max(one.year, newest.get(one.siren, 0))
    current = [one for one in every if one.year in {0, newest[one.siren]}]
    kept = {one.identifiant: one for one in sorted(current, key=lambda one: one.year)}
    ordered = sorted(kept.values(), key=lambda one: (one.siren, one.kind != "principal", one.identifiant))
    return tuple(ordered), len(current) < len(every)


class Establishment(Struct, frozen=True):
    """An establishment as INSEE has it: whether it is open (None: not known), name and address, "" where nothing is said."""

    siret: str
    is_open: bool | None
    name: str = ""
    address: str = ""
    complement: str = ""
    postal_code: str = ""
    city: str = ""


class DirectoryUser(Struct, frozen=True):
    """A person of the portal's export of users; columns were matched by words, "" where none did."""

    email: str
    last_name: str
    first_name: str = ""
    role: str = ""
    structure: str = ""

    @property
    def sirets(self) -> tuple[str, ...]:
        """Return the SIRETs in what is said of the structure: whole groups of fourteen digits, with blanks between or not."""
        return tuple("".join(filter(str.isdigit, found)) for found in _SIRETS.findall(self.structure))


class FileRead(Struct, frozen=True):
    """A file, or a sheet of a workbook: what kind of list it is, how many rows it has, how many were asked for."""

    path: str
    kind: str
    rows: int
    kept: int


class Directory(Struct, frozen=True):
    """All that the files of a directory say of the structures that were asked for."""

    snapshot: Snapshot
    budgets: tuple[Budget, ...] = ()
    establishments: Mapping[str, Establishment] = field(default_factory=dict)
    lines: tuple[DirectoryLine, ...] = ()
    users: tuple[DirectoryUser, ...] = ()
    files: tuple[FileRead, ...] = ()
