"""`state migrate`: copy the whole store to another address, and prove that the copy is the same."""

from __future__ import annotations

from collections.abc import Mapping

import click

from chorus_config.app.state import state_migrate
from chorus_config.cli.shared.common_options import holder_option, lock_timeout_option, writer_of
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.state.json import migrate_document
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
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
            holder_option(say),
            lock_timeout_option(say),
        ],
    )
    return make_command("migrate", run, about, say)


def run(request: Request) -> int:
    """Copy and check. Raises NoInput without a source, Refused when the target holds something."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    source, target, say = request.own["source"], request.own["target"], project.say
    moved = state_migrate(project, source, target, writer_of(request))
    views: Mapping[str, View] = {
        "text": lambda _paint: _done(say, target, moved.counts),
        "json": lambda _paint: as_json(migrate_document(source, target, moved.counts, moved.digest)),
    }
    deliver(request, outputs, views)
    return Exit.OK


def _done(say: Translator, target: str, counts: Mapping[str, int]) -> str:
    message = _(
        "Copied and checked: {records} structures and accounts, {operations} operations, {writes} writes of the history."
    )
    return "\n".join([
        say(message, records=counts["records"], operations=counts["operations"], writes=counts["history"]),
        say(_("The store it was copied from is as it was: from now on nobody should write to it.")),
        say(_("Write in chorus-config.yaml:")),
        f'  registre: "{printable(target)}"',
    ]) + "\n"  # fmt: skip
