"""`state migrate`: copy the whole store to another address, and prove that the copy is the same."""

from __future__ import annotations

from collections.abc import Mapping

import click

from chorus_config.commands.options import Face, Request, make_command
from chorus_config.commands.output import View, deliver, formats
from chorus_config.commands.session import Session, open_session
from chorus_config.commands.writing import by_option, held_for_write, lock_timeout_option
from chorus_config.report.findings_json import as_json
from chorus_config.report.state_json import migrate_document
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.errors import Exit, ProjectFault, UsageFault
from chorus_config.world.store.moving import move, require_movable
from chorus_config.world.store.store import Store
from chorus_config.yamltext.characters import printable


def command(say: Texts) -> click.Command:
    """Return the command in a language."""
    face = Face(
        say(
            _(
                "Copy the whole store to another address, and check the copy.\n\n"
                "FROM stays as it is; TO must be empty. Passwords come from the environment (PGPASSWORD)."
            )
        ),
        (
            "chorus-config state migrate sqlite:///.chorus-config/registre.sqlite3 postgresql+psycopg://serveur/base",
            "chorus-config state migrate postgresql+psycopg://serveur/base sqlite:///.chorus-config/registre.sqlite3",
        ),
        [
            click.Argument(["source"], metavar="FROM"),
            click.Argument(["target"], metavar="TO"),
            by_option(say),
            lock_timeout_option(say),
        ],
    )
    return make_command("migrate", run, face, say)


def run(request: Request) -> int:
    """Copy and check. Raises NoInput without a source, Refused when the target holds something."""
    wanted = formats(request, ("text", "json"))
    session = open_session(request)
    say = session.setting.say
    source, target = (_store(session, request.own[name]) for name in ("source", "target"))
    require_movable(source, target, say)
    # Nobody writes to the store while it moves.
    with held_for_write(session, source):
        moved = move(source, target, say)
    views: Mapping[str, View] = {
        "text": lambda _paint: _done(say, request.own["target"], moved.counts),
        "json": lambda _paint: as_json(
            migrate_document(request.own["source"], request.own["target"], moved.counts, moved.digest)
        ),
    }
    deliver(request, wanted, views)
    return Exit.OK


def _store(session: Session, url: str) -> Store:
    try:
        return Store(url, session.home.root, session.setting.say)
    except ProjectFault as fault:
        raise UsageFault(str(fault)) from fault


def _done(say: Texts, target: str, counts: Mapping[str, int]) -> str:
    told = _("Copied and checked: {records} structures and accounts, {operations} operations, {writes} writes of the history.")
    return "\n".join([
        say(told, records=counts["records"], operations=counts["operations"], writes=counts["history"]),
        say(_("The store it was copied from is as it was: from now on nobody should write to it.")),
        say(_("Write in chorus-config.yaml:")),
        f'  registre: "{printable(target)}"',
    ]) + "\n"  # fmt: skip
