"""`observe`: what an observed source says; kept in a file, or taken over as approved and confirmed."""

from __future__ import annotations

from collections.abc import Mapping

import click

from chorus_config.app.observe import is_older, note_age, observed, sheets_by_root
from chorus_config.app.plan import target_option
from chorus_config.app.project import OpenProject, now, open_project, store_of
from chorus_config.app.store_access import by_option, held_for_write, lock_timeout_option
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats, write_file
from chorus_config.cli.shared.prompts import agreed, yes_option
from chorus_config.engine.ledger.open import history_rows
from chorus_config.engine.ledger.record import last_known_at, record_snapshot
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import Exit, NoInput, Refused, UsageFault
from chorus_config.model.recording import Recording
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite
from chorus_config.render.findings.json import as_json
from chorus_config.render.recording.json import change_rows, recording_document
from chorus_config.render.recording.text import recording_text, replaced
from chorus_config.render.shared.paint import plain
from chorus_config.render.snapshot.json import snapshot_document
from chorus_config.render.snapshot.text import snapshot_text
from chorus_config.store.store import Store
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    face = CommandHelp(
        say(
            _(
                "Show what an observed source says: a snapshot file.\n\n"
                "--record takes it as approved and confirmed, but for what waits to be entered; seen operations are closed."
            )
        ),
        ("chorus-config observe snapshot.json", "chorus-config observe snapshot.json --record"),
        [
            click.Argument(["source"], metavar="FILE"),
            click.Option(
                ["-o", "--out", "out"], metavar="FILE", envvar="CHORUS_CONFIG_OBSERVE_OUT",
                help=say(_("Save it as a snapshot, readable by you alone.")),
            ),
            click.Option(
                ["--record"], is_flag=True, envvar="CHORUS_CONFIG_RECORD",
                help=say(_("Take it as approved and confirmed in the store.")),
            ),
            target_option(say),
            yes_option(say),
            by_option(say),
            lock_timeout_option(say),
        ],
    )  # fmt: skip
    return make_command("observe", run, face, say)


def run(request: Request) -> int:
    """Show, save, record."""
    wanted = formats(request, ("text", "json"))
    session = open_project(request)
    if request.own["target"] and not request.own["record"]:
        raise UsageFault(session.setting.say(_("--target goes with --record")))
    snapshot = observed(request, request.own["source"], session.setting.say)
    if request.own["out"]:
        # A snapshot may hold bank details in clear.
        write_file(request.directory / request.own["out"], as_json(snapshot_document(snapshot)), request, mode=0o600)
    if request.own["record"]:
        return _record(session, wanted, snapshot)
    _show(session, wanted, snapshot)
    return Exit.OK


def _show(session: OpenProject, wanted: Mapping[str, str | None], snapshot: Snapshot) -> None:
    views: dict[str, View] = {
        "text": lambda paint: snapshot_text(snapshot, session.setting.say, paint),
        "json": lambda _paint: as_json(snapshot_document(snapshot, shown=True)),
    }
    deliver(session.request, wanted, views)


def _record(session: OpenProject, wanted: Mapping[str, str | None], snapshot: Snapshot) -> int:
    store = store_of(session)
    held = store.read()
    ledger = store.ledger()
    found = record_snapshot(snapshot, held.snapshot, ledger, _sheets(session), session.request.own["target"])
    if found.left_aside:
        names = ", ".join(map(printable, found.left_aside))
        session.note(_("note: left aside, since no sheet describes them: {names}"), names=names)
    if not found.roots:
        told = _("nothing was recorded: no sheet describes anything that the source speaks of")
        raise NoInput(session.setting.say(told))
    if found.changes_nothing:
        return _done(session, wanted, found, held.snapshot.serial, held.open_operations)
    _refuse_older(session, store, snapshot, found)
    note_age(session, snapshot, held.snapshot)
    _ask(session, snapshot, found)
    wanted_write = _write(session, held, snapshot, found, ledger)
    # Only now: nobody waits for the store while a person thinks.
    with held_for_write(session, store):
        left = store.write(wanted_write)
    return _done(session, wanted, found, held.snapshot.serial + 1, left)


def _refuse_older(session: OpenProject, store: Store, snapshot: Snapshot, found: Recording) -> None:
    """Refuse to take back, unasked, what was noted of the same structures since a snapshot was made."""
    if not session.request.own["yes"]:
        return
    last = last_known_at(store.confirmations(), found.roots)
    if is_older(snapshot, last):
        told = _(
            "nothing was recorded: the snapshot ({taken}) is older than what was last confirmed ({at}), which it would take "
            "back. Make a new one; or run the command without --yes, and answer"
        )
        raise Refused(session.setting.say(told, taken=snapshot.taken_at, at=last))


def _sheets(session: OpenProject) -> dict[str, Record]:
    return {root: Record(root, found[0][1], found[0][0].path) for root, found in sheets_by_root(session).items()}


def _write(session: OpenProject, held: StoreState, snapshot: Snapshot, found: Recording, ledger: Ledger) -> StoreWrite:
    closings = found.closings(session.setting.say(_("the portal changed meanwhile: opened anew")))
    document = {
        "format_version": "1.0", "type": "record", "source": snapshot.source, "taken_at": snapshot.taken_at,
        "structures": [*found.roots], "operations": history_rows(ledger.operations, closings),
        "changes": change_rows(found.taken),
    }  # fmt: skip
    return StoreWrite(
        lineage=held.snapshot.lineage,
        serial=held.snapshot.serial,
        at=now(),
        document=document,
        event="record",
        records=found.records,
        confirmed=found.confirmed,
        operations=tuple(new for _old, new in found.reopened),
        closings=closings,
        by=session.request.own["by"],
    )


def _ask(session: OpenProject, snapshot: Snapshot, found: Recording) -> None:
    """Show what the source says and ask, unless told not to; anything but a yes is a no."""
    say = session.setting.say
    if session.request.own["yes"]:
        return
    click.echo(snapshot_text(snapshot, say, plain), err=True)
    click.echo("".join(f"{line}\n" for line in replaced(found, say)), err=True, nl=False)
    told = say.count(
        _("Take what it says of {n} structure or account as approved and confirmed? [y/N]: "),
        _("Take what it says of {n} structures and accounts as approved and confirmed? [y/N]: "),
        len(found.roots),
    )
    if not agreed(told):
        raise Refused(say(_("nothing was recorded: the answer was no")))


def _done(session: OpenProject, wanted: Mapping[str, str | None], found: Recording, serial: int, left: int) -> int:
    """Say what was recorded, what was seen, and what remains to be entered by hand."""
    views: dict[str, View] = {
        "text": lambda _paint: recording_text(found, left, session.setting.say),
        "json": lambda _paint: as_json(recording_document(found, serial, left)),
    }
    deliver(session.request, wanted, views)
    return Exit.OK
