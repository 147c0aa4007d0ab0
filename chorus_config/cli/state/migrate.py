"""`state migrate`: copy the whole store to another address, and prove that the copy is the same."""

from __future__ import annotations

from collections.abc import Mapping

import click

from chorus_config.app.project import OpenProject, open_project
from chorus_config.app.store_access import by_option, held_for_write, lock_timeout_option
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import Exit, ProjectFault, UsageFault
from chorus_config.render.findings.json import as_json
from chorus_config.render.state.json import migrate_document
from chorus_config.store.migrate import move, require_movable
from chorus_config.store.store import Store
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    face = CommandHelp(
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
    session = open_project(request)
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


def _store(session: OpenProject, url: str) -> Store:
    try:
        return Store(url, session.home.root, session.setting.say)
    except ProjectFault as fault:
        raise UsageFault(str(fault)) from fault


def _done(say: Translator, target: str, counts: Mapping[str, int]) -> str:
    told = _("Copied and checked: {records} structures and accounts, {operations} operations, {writes} writes of the history.")
    return "\n".join([
        say(told, records=counts["records"], operations=counts["operations"], writes=counts["history"]),
        say(_("The store it was copied from is as it was: from now on nobody should write to it.")),
        say(_("Write in chorus-config.yaml:")),
        f'  registre: "{printable(target)}"',
    ]) + "\n"  # fmt: skip
