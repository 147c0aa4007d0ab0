"""`observe`: what an observed source says; kept in a file, or taken over as approved and confirmed."""

from __future__ import annotations

from collections.abc import Mapping

import click

from chorus_config.commands.asking import agreed, yes_option
from chorus_config.commands.observing import is_older, note_age, observed, sheets_by_root
from chorus_config.commands.options import Face, Request, make_command
from chorus_config.commands.output import View, deliver, formats, write_file
from chorus_config.commands.planning import target_option
from chorus_config.commands.session import Session, now, open_session
from chorus_config.commands.stores import store_of
from chorus_config.commands.writing import by_option, held_for_write, lock_timeout_option
from chorus_config.pipelines.ledger import noted
from chorus_config.pipelines.recording import last_noted, recorded
from chorus_config.pipelines.snapshotfile import snapshot_document
from chorus_config.report.findings_json import as_json
from chorus_config.report.paint import plain
from chorus_config.report.recording_json import change_rows, recording_document
from chorus_config.report.recording_text import recording_text, replaced
from chorus_config.report.snapshot_text import snapshot_text
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.errors import Exit, NoInput, Refused, UsageFault
from chorus_config.words.held import Held, Ledger, Write
from chorus_config.words.recording import Recording
from chorus_config.words.snapshot import Record, Snapshot
from chorus_config.world.store.store import Store
from chorus_config.yamltext.characters import printable


def command(say: Texts) -> click.Command:
    """Return the command in a language."""
    face = Face(
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
    session = open_session(request)
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


def _show(session: Session, wanted: Mapping[str, str | None], snapshot: Snapshot) -> None:
    views: dict[str, View] = {
        "text": lambda paint: snapshot_text(snapshot, session.setting.say, paint),
        "json": lambda _paint: as_json(snapshot_document(snapshot, shown=True)),
    }
    deliver(session.request, wanted, views)


def _record(session: Session, wanted: Mapping[str, str | None], snapshot: Snapshot) -> int:
    store = store_of(session)
    held = store.read()
    ledger = store.ledger()
    found = recorded(snapshot, held.snapshot, ledger, _sheets(session), session.request.own["target"])
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


def _refuse_older(session: Session, store: Store, snapshot: Snapshot, found: Recording) -> None:
    """Refuse to take back, unasked, what was noted of the same structures since a snapshot was made."""
    if not session.request.own["yes"]:
        return
    last = last_noted(store.confirmations(), found.roots)
    if is_older(snapshot, last):
        told = _(
            "nothing was recorded: the snapshot ({taken}) is older than what was last confirmed ({at}), which it would take "
            "back. Make a new one; or run the command without --yes, and answer"
        )
        raise Refused(session.setting.say(told, taken=snapshot.taken_at, at=last))


def _sheets(session: Session) -> dict[str, Record]:
    return {root: Record(root, found[0][1], found[0][0].path) for root, found in sheets_by_root(session).items()}


def _write(session: Session, held: Held, snapshot: Snapshot, found: Recording, ledger: Ledger) -> Write:
    closings = found.closings(session.setting.say(_("the portal changed meanwhile: opened anew")))
    document = {
        "format_version": "1.0", "type": "record", "source": snapshot.source, "taken_at": snapshot.taken_at,
        "structures": [*found.roots], "operations": noted(ledger.operations, closings), "changes": change_rows(found.taken),
    }  # fmt: skip
    return Write(
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


def _ask(session: Session, snapshot: Snapshot, found: Recording) -> None:
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


def _done(session: Session, wanted: Mapping[str, str | None], found: Recording, serial: int, left: int) -> int:
    """Say what was recorded, what was seen, and what remains to be entered by hand."""
    views: dict[str, View] = {
        "text": lambda _paint: recording_text(found, left, session.setting.say),
        "json": lambda _paint: as_json(recording_document(found, serial, left)),
    }
    deliver(session.request, wanted, views)
    return Exit.OK
