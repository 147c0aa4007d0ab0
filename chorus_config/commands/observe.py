"""`observe`: what an observed source says; kept in a file, or taken over as approved and confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import click

from chorus_config.commands.asking import agreed, yes_option
from chorus_config.commands.observing import observed, sheets_by_root
from chorus_config.commands.options import Face, Request, make_command
from chorus_config.commands.output import View, deliver, formats, write_file
from chorus_config.commands.planning import target_option
from chorus_config.commands.session import Session, now, open_session
from chorus_config.commands.stores import store_of
from chorus_config.commands.writing import by_option, held_for_write, lock_timeout_option
from chorus_config.pipelines.ledger import noted
from chorus_config.pipelines.recording import Recording, recorded
from chorus_config.pipelines.snapshotfile import snapshot_document
from chorus_config.report.findings_json import as_json
from chorus_config.report.paint import plain
from chorus_config.report.remaining import ending
from chorus_config.report.snapshot_text import snapshot_text
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.errors import Exit, NoInput, Refused, UsageFault
from chorus_config.words.held import Held, Write
from chorus_config.words.snapshot import Snapshot
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
    found = recorded(snapshot, held.snapshot, store.ledger(), _paths(session), session.request.own["target"])
    if found.left_aside:
        names = ", ".join(map(printable, found.left_aside))
        session.note(_("note: left aside, since no sheet describes them: {names}"), names=names)
    if not found.roots:
        told = _("nothing was recorded: no sheet describes anything that the source speaks of")
        raise NoInput(session.setting.say(told))
    if found.changes_nothing:
        return _done(session, wanted, found, held.snapshot.serial, held.open_operations)
    _note_age(session, held, snapshot)
    _ask(session, snapshot, found)
    # Only now: nobody waits for the store while a person thinks.
    with held_for_write(session, store):
        left = store.write(_write(session, held, snapshot, found))
    return _done(session, wanted, found, held.snapshot.serial + 1, left)


def _note_age(session: Session, held: Held, snapshot: Snapshot) -> None:
    """Tell of a snapshot from before the last write: what was confirmed since would be taken back."""
    written, taken = held.snapshot.taken_at, snapshot.taken_at
    if written and taken and datetime.fromisoformat(taken) < datetime.fromisoformat(written):
        told = _("note: the snapshot ({taken}) is older than the last change of the store ({written})")
        session.note(told, taken=taken, written=written)


def _paths(session: Session) -> dict[str, str]:
    return {root: found[0][0].path for root, found in sheets_by_root(session).items()}


def _write(session: Session, held: Held, snapshot: Snapshot, found: Recording) -> Write:
    # No value stands in the history: the sheets and the store hold them.
    document = {
        "format_version": "1.0", "type": "record", "source": snapshot.source, "taken_at": snapshot.taken_at,
        "structures": [*found.roots], "operations": noted(found.seen, found.closings),
    }  # fmt: skip
    return Write(
        lineage=held.snapshot.lineage,
        serial=held.snapshot.serial,
        at=now(),
        document=document,
        event="record",
        records=found.records,
        confirmed=found.confirmed,
        closings=found.closings,
        by=session.request.own["by"],
    )


def _ask(session: Session, snapshot: Snapshot, found: Recording) -> None:
    """Show what the source says and ask, unless told not to; anything but a yes is a no."""
    say = session.setting.say
    if session.request.own["yes"]:
        return
    click.echo(snapshot_text(snapshot, say, plain), err=True)
    told = say.count(
        _("Take what it says of {n} structure or account as approved and confirmed? [y/N]: "),
        _("Take what it says of {n} structures and accounts as approved and confirmed? [y/N]: "),
        len(found.roots),
    )
    if not agreed(told):
        raise Refused(say(_("nothing was recorded: the answer was no")))


def _done(session: Session, wanted: Mapping[str, str | None], found: Recording, serial: int, left: int) -> int:
    """Say what was recorded, what was seen, and what remains to be entered by hand."""
    say = session.setting.say
    document = {
        "format_version": "1.0", "type": "record", "recorded": [*found.roots],
        "seen": [one.address for one in found.seen], "left_aside": [*found.left_aside],
        "serial": serial, "open_operations": left, "portal_changed": False,
    }  # fmt: skip
    lines = [_recorded(found, say), *_seen(found, say), *ending(left, say)]
    views: dict[str, View] = {"text": lambda _paint: "\n".join(lines) + "\n", "json": lambda _paint: as_json(document)}
    deliver(session.request, wanted, views)
    return Exit.OK


def _recorded(found: Recording, say: Texts) -> str:
    if found.changes_nothing:
        return say(_("Nothing to record: the store says all of it already."))
    return say.count(
        _("Recorded: {n} structure or account."), _("Recorded: {n} structures and accounts."), len(found.roots)
    )  # fmt: skip


def _seen(found: Recording, say: Texts) -> Iterator[str]:
    told = _("{n} operation was seen on the portal: closed."), _("{n} operations were seen on the portal: closed.")
    if found.seen:
        yield say.count(*told, len(found.seen))
