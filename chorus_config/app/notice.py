"""What suppliers are told: the electronic invoicing addresses of the sheets, and what changes of them; nothing else is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from chorus_config.app.diff import compared_revisions
from chorus_config.app.project import OpenOptions, OpenProject, open_project
from chorus_config.app.revisions import DiffRange
from chorus_config.app.validate import files_to_check, no_sheet_found
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.drift.compare import matches_target
from chorus_config.engine.invoicing.notice import (
    NoticeDays,
    full_notice,
    notice_between_days,
    notice_of_changes,
    read_sheets,
    signed,
)
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput, UsageFault
from chorus_config.model.notice import Notice
from chorus_config.render.shared.dates import day_text
from chorus_config.yamltext.characters import printable


class MadeNotice(Struct, frozen=True):
    """The notice, and the project whose sheets it is about."""

    project: OpenProject
    notice: Notice


def make_notice(options: OpenOptions | None = None, targets: Sequence[str] = (), since: date | None = None) -> MadeNotice:
    """Return the addresses of the sheets that the options name; with `since`, what changes until then by the dates of services.

    `targets` are patterns of identifiants. From the sheets alone: neither store nor network is asked. Raises NoInput when no
    sheet is there or none matches, UsageFault for a `since` that is not later than the day of the project, ProjectFault.
    """
    project = open_project(options)
    day = project.settings.day
    if since is not None and since <= day:
        message = _("--from {since}: alone, it tells what changes until then, and must be later than {day}")
        raise UsageFault(project.say(message, since=since.isoformat(), day=day_text(day.isoformat(), project.say)))
    files = [file for file in files_to_check(project).files if file[1] == "fiche-structure"]
    checked = [*project.check(files)]
    _require(checked, targets, project)
    _note_errors(checked, project)
    days = NoticeDays(day, since)
    made = full_notice(checked, days, targets) if since is None else notice_between_days(checked, days, targets)
    return MadeNotice(project, signed(made, checked, project.config.portfolio))


def make_notice_of_changes(
    options: OpenOptions | None = None,
    wanted: DiffRange | None = None,
    targets: Sequence[str] = (),
    since: date | None = None,
) -> MadeNotice:
    """Return what changes for suppliers between two states of a repository; `since` is the day from which it holds.

    Raises UsageFault, NoInput (no such revision; no sheet on either side; none that matches), Unavailable (no git),
    ProjectFault.
    """
    compared = compared_revisions(options or OpenOptions(), wanted)
    compared.require_target(targets)
    project = compared.project
    _note_errors(compared.after, project)
    days = NoticeDays(project.settings.day, since)
    made = notice_of_changes(compared.before, compared.after, compared.source, days, targets)
    return MadeNotice(project, signed(made, compared.after, project.config.portfolio))


def _require(checked: Sequence[CheckedFile], targets: Sequence[str], project: OpenProject) -> None:
    sheets, left_out = read_sheets(checked)
    if not checked:
        raise no_sheet_found(project)
    if targets and not left_out and not any(matches_target(root, targets) for root in sheets):
        raise NoInput(project.say(_("no sheet matches {targets}"), targets=", ".join(map(printable, targets))))


def _note_errors(checked: Sequence[CheckedFile], project: OpenProject) -> None:
    """Tell of the sheets that the notice leaves out, and of those of which it says what they say, errors and all."""
    _sheets, left_out = read_sheets(checked)
    for path in left_out:
        project.note(
            _("note: {path} is left out: its content cannot be read, or which structure it describes; see `validate`"),
            path=printable(path),
        )
    for path in _in_error(checked, left_out):
        project.note(_("note: {path} has errors, see `validate`: correct it before the notice is sent"), path=printable(path))


def _in_error(checked: Sequence[CheckedFile], left_out: Sequence[str]) -> Iterator[str]:
    for one in checked:
        if one.path not in left_out and one.kind == "fiche-structure" and any(f.level == "error" for f in one.findings):
            yield one.path
