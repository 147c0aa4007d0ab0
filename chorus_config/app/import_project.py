"""What an import adds to the project file: where the public lists are, the budgets, waivers for real SIRETs that fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chorus_config.app.project import OpenProject
from chorus_config.app.sources import read_lists
from chorus_config.engine.drift.portfolio import budget_rows
from chorus_config.engine.importing.project_file import ProjectAdditions, new_project_file, project_file_with
from chorus_config.i18n.translator import _
from chorus_config.model.errors import Refused
from chorus_config.model.importing import NewFile, NewSheet
from chorus_config.model.project import PROJECT_FILE, Waiver
from chorus_config.rules.identity.cp102_siret_checksum import RULE as CHECKSUM
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.edit import CannotEdit

# Where editors look for the schemas, beside the sheets.
SCHEMAS: Final = "schemas"


def waivers_of(project: OpenProject, sheets: Sequence[NewSheet]) -> tuple[Waiver, ...]:
    """Return a waiver for each structure that the source lists with a SIRET of which the digits do not agree."""
    reason, until = project.say(_("the source lists it so")), date(project.settings.day.year + 1, 12, 31)
    failing = (one for one in sheets if any(finding.rule == CHECKSUM for finding in one.findings))
    return tuple(Waiver(CHECKSUM, one.root, reason, until) for one in failing)


@dataclass(frozen=True, slots=True)
class Lists:
    """The public lists that were read: their path relative to the project, "" for none; the SIRENs that were asked for."""

    path: str = ""
    sirens: frozenset[str] = frozenset()


def additions(project: OpenProject, sheets: Sequence[NewSheet], waivers: Sequence[Waiver], lists: Lists) -> ProjectAdditions:
    """Return what the project file gets: budgets where it has a portfolio, or all structures of a SIREN were asked for."""
    wanted = project.files.file is None or bool(project.config.budgets) or bool(lists.sirens)
    return ProjectAdditions(
        _settings(project, lists.path),
        _budgets(project, sheets, lists) if wanted else (),
        [{"regle": w.rule, "fiche": w.sheet, "motif": w.reason, "jusqu_au": str(w.until)} for w in waivers],
    )


def _budgets(project: OpenProject, sheets: Sequence[NewSheet], lists: Lists) -> list[dict[str, str]]:
    """Return the rows that the portfolio lacks: all budgets of the SIRENs that DGFiP lists, then the other structures.

    A budget without a structure is to be asked for: only the portfolio remembers it.
    """
    names = {one.root: one.name for one in sheets}
    found = read_lists(project, lists.path, lists.sirens).budgets if lists.path and lists.sirens else ()
    rows = {row["identifiant"]: row for row in budget_rows(found, lists.sirens)}
    for root, name in names.items():
        rows[root] = {**rows.get(root, {"identifiant": root}), **({"libelle": name} if name else {})}
    return [row for root, row in rows.items() if root not in project.config.budgets]


def _settings(project: OpenProject, directory_path: str) -> dict[str, str]:
    found = {} if project.files.file is not None else {"langue": str(project.say.language)}
    return {**found, "annuaire": directory_path} if directory_path and not project.config.directory else found


def completed_project_file(project: OpenProject, added: ProjectAdditions) -> NewFile | None:
    """Return the project file with what is added, None when nothing is. Raises Refused."""
    if project.files.file is None or project.files.text is None:
        head = [f"yaml-language-server: $schema={SCHEMAS}/projet.schema.json"]
        return NewFile(PROJECT_FILE, None, new_project_file(added, head))
    raw = project.files.text.raw
    try:
        new = project_file_with(raw, added)
    except CannotEdit as error:
        message = _("nothing was written: {path} cannot be completed: {why}")
        why = project.say(error.reason, **{name: printable(text) for name, text in error.places.items()})
        raise Refused(project.say(message, path=printable(project.files.file), why=why)) from None
    return NewFile(project.files.file, raw, new) if new != raw else None
