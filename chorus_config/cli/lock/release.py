"""`lock release`: take a lock away; of somebody alive only where that can be done from here."""

from __future__ import annotations

import click

from chorus_config.app.project import open_project, store_of
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.prompts import agreed, yes_option
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import Exit, Locked, NoInput, Refused
from chorus_config.model.store_state import Lock
from chorus_config.render.findings.json import as_json
from chorus_config.render.locks.json import locks_document
from chorus_config.store.address import is_postgres
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    face = CommandHelp(
        say(
            _(
                "Take a lock away.\n\n"
                "A lock goes with the program that holds it: this is for one that hangs. `lock list` shows the ID."
            )
        ),
        ("chorus-config lock release 0a1b2c3d", "chorus-config lock release 0a1b2c3d --yes"),
        [
            click.Argument(["ident"], metavar="ID"),
            yes_option(say),
        ],
    )
    return make_command("release", run, face, say)


def run(request: Request) -> int:
    """Release it. Raises NoInput for an unknown id, Locked for somebody alive on SQLite, Refused when it is declined."""
    wanted = formats(request, ("text", "json"))
    session = open_project(request)
    store, say, ident = store_of(session), session.setting.say, request.own["ident"]
    lock = next((one for one in store.database.locks() if one.id == ident), None)
    if lock is None:
        raise _unknown(say, ident)
    if lock.alive:
        _require_may(say, lock, remote=is_postgres(store.url), yes=request.own["yes"])
    if not store.database.release(ident):
        raise _unknown(say, ident)
    left = store.database.locks()
    views: dict[str, View] = {
        "text": lambda _paint: say(_("Lock {id} of {who} is released."), id=printable(ident), who=printable(lock.who)) + "\n",
        "json": lambda _paint: as_json(locks_document(left, ident)),
    }
    deliver(request, wanted, views)
    return Exit.OK


def _unknown(say: Translator, ident: str) -> NoInput:
    return NoInput(say(_("no lock {id}: `chorus-config lock list` shows those there are"), id=f'"{printable(ident)}"'))


def _require_may(say: Translator, lock: Lock, *, remote: bool, yes: bool) -> None:
    """Refuse to touch somebody alive: on a file nobody can, on a server only who says yes."""
    places = {"who": printable(lock.who), "host": printable(lock.host), "since": printable(lock.since)}
    if not remote:
        told = _("{who} on {host} holds the store since {since} and is alive: wait for it to end, or end that program there")
        raise Locked(say(told, **places))
    if yes:
        return
    told = _("{who} on {host} holds the store since {since} and is alive: it is cut off, and what it was writing is lost")
    click.echo(say(told, **places), err=True)
    if not agreed(say(_("Release it all the same? [y/N]: "))):
        raise Refused(say(_("nothing was released: the answer was no")))
