"""`observe`: what a source says; kept in a file, compared with an earlier one, or taken over as approved and confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click
from click.core import ParameterSource
from msgspec.structs import replace

from chorus_config.app.observe import (
    Recorded,
    asked_of_project,
    note_age,
    record_observed,
    recording_of,
    refuse_older,
)
from chorus_config.app.project import OpenProject
from chorus_config.app.sources import is_source_address, note_unanswered, observe_sources
from chorus_config.app.watch import watch_sources
from chorus_config.cli.shared.common_options import (
    asked_by,
    by_option,
    lock_timeout_option,
    pace_of,
    pace_options,
    selection_options,
    target_option,
    writer_of,
    yes_option,
)
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats, tell, write_file, written_at_end
from chorus_config.cli.shared.terminal import agreed, opened
from chorus_config.diff.names import without_persons
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, Refused, Unavailable, UsageFault
from chorus_config.model.observed.source import Asked
from chorus_config.model.operation import Recording
from chorus_config.model.snapshot import Snapshot
from chorus_config.render.findings.json import as_json, unmasked_json
from chorus_config.render.observe.json import recording_document, snapshot_document
from chorus_config.render.observe.text import recording_text, replaced, snapshot_text
from chorus_config.render.shared.paint import plain
from chorus_config.render.watch.json import watch_document
from chorus_config.render.watch.markdown import watch_markdown
from chorus_config.render.watch.text import watch_text
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Show what observed sources say: a snapshot file, annuaire:PATH, afnor:[NAME], piste:[ENVIRONMENT].\n\n"
                "Without --siren, --siret and --list: the structures of the project. Of each field the best informed source "
                "speaks.\n\n"
                "--since tells what is new, gone, closed, reopened, renamed or changed since an earlier snapshot. It needs no "
                "sheet.\n\n"
                "--record takes it as approved and confirmed, but for what waits to be entered; seen operations are closed."
            )
        ),
        (
            "chorus-config observe annuaire:downloads --siren 211609995",
            "chorus-config observe annuaire:downloads afnor: -o snapshot.json",
            "chorus-config observe annuaire:downloads --list sirens.txt --since snapshot.json -o snapshot.json",
            "chorus-config observe snapshot.json --record",
        ),
        [
            click.Argument(["sources"], nargs=-1, required=True, metavar="SOURCE..."),
            *selection_options(say),
            click.Option(
                ["-o", "--out", "out"], metavar="FILE", envvar="CHORUS_CONFIG_OBSERVE_OUT",
                help=say(_("Save it as a snapshot, readable by you alone.")),
            ),
            *_since_options(say),
            click.Option(
                ["--record"], is_flag=True, envvar="CHORUS_CONFIG_RECORD",
                help=say(_("Take it as approved and confirmed in the store.")),
            ),
            target_option(say),
            yes_option(say),
            by_option(say),
            lock_timeout_option(say),
            *pace_options(say),
        ],
    )  # fmt: skip
    return make_command("observe", run, about, say)


def _since_options(say: Translator) -> list[click.Parameter]:
    return [
        click.Option(
            ["--since"], metavar="SNAPSHOT", envvar="CHORUS_CONFIG_SINCE",
            help=say(_("Tell only what changed since this snapshot; -o may name the same file.")),
        ),
        click.Option(
            ["--detailed-exitcode"], is_flag=True, envvar="CHORUS_CONFIG_DETAILED_EXITCODE",
            help=say(_("With --since: exit with 2 when there is anything.")),
        ),
    ]  # fmt: skip


def run(request: Request) -> int:
    """Show, save, compare, record."""
    if request.own["since"]:
        return _watch(request)
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    if _asked_for_exit_code():
        raise UsageFault(project.say(_("--detailed-exitcode goes with --since")))
    if request.own["target"] and not request.own["record"]:
        raise UsageFault(project.say(_("--target goes with --record")))
    sources, named = request.own["sources"], asked_by(request, project)
    asked = _with_lines(request, _asked(sources, project, named))
    snapshot = observe_sources(project, sources, asked, pace_of(request))
    note_unanswered(project, sources, named, snapshot.records)
    if request.own["out"]:
        # A snapshot may hold bank details in clear.
        write_file(request.directory / request.own["out"], unmasked_json(snapshot_document(snapshot)), request, mode=0o600)
    if request.own["record"]:
        return _record(request, outputs, project, snapshot)
    _show(request, outputs, snapshot, project.say)
    return Exit.OK


def _asked_for_exit_code() -> bool:
    """Tell whether the option stands on the command line: in the environment it is meant for other commands, too."""
    return click.get_current_context().get_parameter_source("detailed_exitcode") is ParameterSource.COMMANDLINE


def _watch(request: Request) -> int:
    """Compare with an earlier snapshot and show; 2 for anything that happened, when asked. -o is replaced at the end."""
    outputs = formats(request, ("text", "json", "markdown"))
    project = opened(request)
    if request.own["record"] or request.own["target"]:
        raise UsageFault(project.say(_("--since only compares: run the command once more with --record, without --since")))
    sources, since = request.own["sources"], request.own["since"]
    named = asked_by(request, project)
    asked = _with_lines(request, _asked(sources, project, named))
    found = watch_sources(project, sources, since, asked, pace_of(request))
    note_unanswered(project, sources, named, {*found.snapshot.records, *(one.root for one in found.watch.structures)})
    if found.emptied and request.own["out"] and not request.own["yes"]:
        message = _(
            "nothing was replaced: {file} stays as it is, since no structure is known to the source now. If that is right, run "
            "the command again with --yes"
        )
        raise Unavailable(project.say(message, file=printable(request.own["out"])))
    views: dict[str, View] = {
        "text": lambda paint: watch_text(found.watch, project.say, paint),
        "json": lambda _paint: as_json(watch_document(found.watch)),
        "markdown": lambda _paint: watch_markdown(found.watch, project.say),
    }
    saved = unmasked_json(snapshot_document(found.snapshot)) if request.own["out"] else ""
    with written_at_end(request.own["out"], saved, request, mode=0o600):
        deliver(request, outputs, views)
    return Exit.CHANGES if request.own["detailed_exitcode"] and not found.watch.settled else Exit.OK


def _asked(sources: Sequence[str], project: OpenProject, named: Asked) -> Asked | None:
    """Return what is asked for: what is named, else the structures of the project, else all that there is."""
    if not named.everything:
        return named
    if not any(map(is_source_address, sources)):
        return None
    own = asked_of_project(project)
    # A folder without a project is no selection.
    return own if own.identifiants else Asked()


def _with_lines(request: Request, asked: Asked | None) -> Asked | None:
    """Return what is asked for, with invoicing addresses where a file is to keep them: over a network each costs a call."""
    return replace(asked, lines=True) if asked is not None and request.own["out"] else asked


def _show(request: Request, outputs: Mapping[str, str | None], snapshot: Snapshot, say: Translator) -> None:
    views: dict[str, View] = {
        "text": lambda paint: snapshot_text(snapshot, say, paint),
        "json": lambda _paint: as_json(snapshot_document(snapshot, shown=True)),
    }
    deliver(request, outputs, views)


def _record(request: Request, outputs: Mapping[str, str | None], project: OpenProject, snapshot: Snapshot) -> int:
    ready = recording_of(project, snapshot, request.own["target"])
    if not ready.found.changes_nothing:
        if request.own["yes"]:
            # Unasked, nothing that was noted since is taken back.
            refuse_older(project, ready)
        note_age(project, snapshot, ready.found.roots)
        # Nobody waits for the store while a person thinks.
        _ask(request, snapshot, ready.found, project.say)
    return _done(request, outputs, record_observed(project, ready, writer_of(request)), project.say)


def _ask(request: Request, snapshot: Snapshot, found: Recording, say: Translator) -> None:
    """Show what the source says and ask, unless told not to; anything but a yes is a no."""
    if request.own["yes"]:
        return
    tell(snapshot_text(snapshot, say, plain))
    nameless = replace(found, names=without_persons(found.names))
    tell("".join(f"{line}\n" for line in replaced(nameless, say)), nl=False)
    message = say.count(
        _("Take what it says of {n} structure or account as approved and confirmed? [y/N]: "),
        _("Take what it says of {n} structures and accounts as approved and confirmed? [y/N]: "),
        len(found.roots),
    )
    if not agreed(message):
        raise Refused(say(_("nothing was recorded: the answer was no")))


def _done(request: Request, outputs: Mapping[str, str | None], done: Recorded, say: Translator) -> int:
    """Say what was recorded, what was seen, and what remains to be entered by hand."""
    views: dict[str, View] = {
        "text": lambda _paint: recording_text(done.found, done.open_operations, say),
        "json": lambda _paint: as_json(recording_document(done.found, done.serial, done.open_operations)),
    }
    deliver(request, outputs, views)
    return Exit.OK
