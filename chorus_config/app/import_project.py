"""What an import adds to the project file: where the public lists are, the budgets, waivers for real SIRETs that fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from chorus_config.app.project import OpenProject
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


def additions(
    project: OpenProject, sheets: Sequence[NewSheet], waivers: Sequence[Waiver], directory_path: str, *, by_siren: bool
) -> ProjectAdditions:
    """Return what the project file gets: budgets where it has a portfolio, or all structures of a SIREN were asked for."""
    wanted = project.files.file is None or bool(project.config.budgets) or by_siren
    new = [one for one in sheets if wanted and one.root not in project.config.budgets]
    return ProjectAdditions(
        _settings(project, directory_path),
        [{"identifiant": one.root, **({"libelle": one.name} if one.name else {})} for one in new],
        [{"regle": w.rule, "fiche": w.sheet, "motif": w.reason, "jusqu_au": str(w.until)} for w in waivers],
    )


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
