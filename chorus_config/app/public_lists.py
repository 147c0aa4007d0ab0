"""Comparing with public lists: read once in a run, offline, and only for the structures that a check is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from chorus_config.app.project import OpenProject
from chorus_config.engine.checking.findings import level_of
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput, Unavailable, UsageFault
from chorus_config.model.project import ProjectIndex
from chorus_config.rules.catalogue import RULES, needs_lists
from chorus_config.rules.judges.checksums import is_fourteen_digits
from chorus_config.workspace.files import leads_out

if TYPE_CHECKING:
    from chorus_config.model.observed.public_lists import PublicLists


def lists_for(project: OpenProject, index: ProjectIndex, chosen: Collection[str] | None) -> PublicLists | None:
    """Return what public lists say of the structures of a check, None where nothing is to be compared with them.

    `chosen` are the files that were named, None for all. Lists that cannot be read are told in a note, and stop nothing: a
    colleague need not have them. Trials are compared with none, since the lists are of the real portal.
    """
    where = project.config.directory
    if not where or project.config.environment == "qualification" or not _is_needed(project):
        return None
    sirens = frozenset(_sirens(index, chosen))
    if not sirens:
        return None
    from chorus_config.model.observed.public_lists import PublicLists  # noqa: PLC0415 - few projects name lists

    try:
        return _read(project, where, sirens)
    except (NoInput, Unavailable, UsageFault) as fault:
        message = _("note: sheets and budgets were not compared with the public lists ({list}): {reason}")
        project.note(message, list=where, reason=fault)
        return PublicLists(where, sirens, problem=str(fault))


def _is_needed(project: OpenProject) -> bool:
    return any(needs_lists(rule) and level_of(rule, project.settings) is not None for rule in RULES)


def _sirens(index: ProjectIndex, chosen: Collection[str] | None) -> Iterator[str]:
    """Yield the SIRENs of the sheets that a check is about; of the budgets, when it is about the project file."""
    is_whole = chosen is None or index.project_file in chosen
    sheets = (fact.owner for fact in index.sheets() if is_whole or fact.path in (chosen or ()))
    budgets = index.project.budgets if is_whole else ()
    yield from (siret[:9] for siret in (*sheets, *budgets) if is_fourteen_digits(siret))


def _read(project: OpenProject, where: str, sirens: frozenset[str]) -> PublicLists:
    # Late: without lists in the project, nothing of this is loaded.
    from chorus_config.app.sources import read_lists  # noqa: PLC0415
    from chorus_config.engine.checking.public_lists import public_lists  # noqa: PLC0415

    _refuse_outside(project, where)
    return public_lists(read_lists(project, where, sirens), where, sirens)


def _refuse_outside(project: OpenProject, where: str) -> None:
    """Raise Unavailable for a link that leads out of the project: what a check reads is what was reviewed."""
    named = project.root / where
    if any(leads_out(str(path), project.root) for path in (named, *_inside(named))):
        raise Unavailable(project.say(_("a link there leads out of the project")))


def _inside(folder: Path) -> Iterable[Path]:
    try:
        return [*folder.iterdir()]
    except OSError:
        return ()
