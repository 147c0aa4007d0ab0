"""What an import adds to the project file: where the public lists are, the budgets, waivers for real SIRETs that fail."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from chorus_config.app.project import OpenProject
from chorus_config.app.sources import read_lists
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.drift.portfolio import budget_rows
from chorus_config.engine.importing.project_file import ProjectAdditions, new_project_file, project_file_with
from chorus_config.i18n.translator import _
from chorus_config.model.errors import Refused
from chorus_config.model.importing import NewFile, NewSheet
from chorus_config.model.project import PROJECT_FILE, TextFile
from chorus_config.model.project_entries import Waiver
from chorus_config.model.snapshot import Snapshot
from chorus_config.rules.identity.cp102_siret_checksum import RULE as CHECKSUM
from chorus_config.workspace.journal import SCHEMAS
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.edit import CannotEdit


def waivers_of(project: OpenProject, sheets: Sequence[NewSheet]) -> tuple[Waiver, ...]:
    """Return a waiver for each structure that the source lists with a SIRET of which the digits do not agree."""
    reason, until = project.say(_("the source lists it so")), date(project.settings.day.year + 1, 12, 31)
    failing = (one for one in sheets if any(f.rule == CHECKSUM and f.level != "info" for f in one.findings))
    return tuple(Waiver(CHECKSUM, one.root, reason, until) for one in failing)


class Lists(Struct, frozen=True):
    """The public lists that were read: where they are, "" for none; their path in the project, "" outside; the SIRENs asked."""

    where: str = ""
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
    found = read_lists(project, lists.where, lists.sirens).budgets if lists.where and lists.sirens else ()
    rows = {row["identifiant"]: row for row in budget_rows(found, lists.sirens)}
    for root, name in names.items():
        rows[root] = {**rows.get(root, {"identifiant": root}), **({"libelle": name} if name else {})}
    return [row for root, row in rows.items() if root not in project.config.budgets]


def without_structure(added: ProjectAdditions, snapshot: Snapshot) -> dict[str, str]:
    """Return the budgets that are added and that no structure of a source is, with their names."""
    rows = (row for row in added.budgets if row["identifiant"] not in snapshot.records)
    return {row["identifiant"]: row.get("libelle", "") for row in rows}


def lists_of(project: OpenProject, sources: Sequence[str], sirens: frozenset[str] = frozenset()) -> Lists:
    """Return the public lists among sources. Those outside of the project are not remembered: others do not have them."""
    named = next((one.partition(":")[2] for one in sources if one.startswith("annuaire:")), "")
    if not named:
        return Lists()
    # As written: what a link leads to is nobody's business here.
    whole, root = (os.path.normpath(Path.cwd() / one) for one in (project.directory / Path(named).expanduser(), project.root))
    if Path(whole).is_relative_to(root):
        return Lists(whole, Path(whole).relative_to(root).as_posix(), sirens)
    message = _(
        "note: {path} is outside of the project, which does not remember it: `validate` compares with lists that are kept in "
        "the project (`annuaire: PATH`)"
    )
    project.note(message, path=printable(named))
    return Lists(whole, "", sirens)


def _settings(project: OpenProject, directory_path: str) -> dict[str, str]:
    found = {} if project.files.file is not None else {"langue": str(project.say.language)}
    return {**found, "annuaire": directory_path} if directory_path and not project.config.directory else found


def completed_project_file(project: OpenProject, added: ProjectAdditions) -> NewFile | None:
    """Return the project file with what is added, None when nothing is. Raises Refused."""
    if project.files.file is None or project.files.text is None:
        made = new_project_file(added, [f"yaml-language-server: $schema={SCHEMAS}/projet.schema.json"])
        _refuse_errors(project, PROJECT_FILE, made)
        return NewFile(PROJECT_FILE, None, made)
    raw = project.files.text.raw
    try:
        new = project_file_with(raw, added)
    except CannotEdit as error:
        message = _("nothing was written: {path} cannot be completed: {why}")
        why = project.say(error.reason, **{name: printable(text) for name, text in error.places.items()})
        raise Refused(project.say(message, path=printable(project.files.file), why=why)) from None
    if new == raw:
        return None
    _refuse_errors(project, project.files.file, new)
    return NewFile(project.files.file, raw, new)


def _refuse_errors(project: OpenProject, path: str, raw: bytes) -> None:
    """Refuse a project file that would be invalid: nothing else could be read any more."""
    checked = check_file(TextFile(path, raw, "projet"), project.settings)
    errors = [one for one in checked.findings if one.level == "error"]
    if errors:
        message = _("nothing was written: {path} would be invalid: {error}")
        raise Refused(project.say(message, path=printable(path), error=f"{errors[0].rule} {errors[0].message}"))
