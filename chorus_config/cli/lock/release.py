"""`lock release`: take a lock away; of somebody alive only where that can be done from here."""

from __future__ import annotations

import click

from chorus_config.app.store_access import lock_list, lock_release
from chorus_config.cli.shared.common_options import yes_option
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats, tell
from chorus_config.cli.shared.terminal import agreed, opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.model.store_state import Lock
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.dates import instant_text
from chorus_config.render.state.json import locks_document
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
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
    return make_command("release", run, about, say)


def run(request: Request) -> int:
    """Release it. Raises NoInput for an unknown id, Locked for somebody alive on SQLite, Refused when it is declined."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    say, ident = project.say, request.own["ident"]
    lock = lock_release(project, ident, lambda alive: request.own["yes"] or _agreed(alive, say))
    left = lock_list(project)
    views: dict[str, View] = {
        "text": lambda _paint: say(_("Lock {id} of {who} is released."), id=printable(ident), who=printable(lock.who)) + "\n",
        "json": lambda _paint: as_json(locks_document(left, ident)),
    }
    deliver(request, outputs, views)
    return Exit.OK


def _agreed(lock: Lock, say: Translator) -> bool:
    """Say what is lost when somebody alive is cut off, and ask."""
    message = _("{who} on {host} holds the store since {since} and is alive: it is cut off, and what it was writing is lost")
    tell(say(message, who=printable(lock.who), host=printable(lock.host), since=instant_text(lock.since, say)))
    return agreed(say(_("Release it all the same? [y/N]: ")))
