"""`history`: who approved and entered what, when, from which plan, under which acceptances."""

from __future__ import annotations

import click

from chorus_config.app.history import read_history
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.history.json import history_document
from chorus_config.render.history.text import history_text


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Show who approved and entered what, and when.\n\n"
                "ID is the number of a write, the beginning of a plan's digest, or an identifiant or address."
            )
        ),
        ("chorus-config history", "chorus-config history 25160278500015", "chorus-config history 3 --format json"),
        [click.Argument(["ident"], required=False, metavar="[ID]")],
    )
    return make_command("history", run, about, say)


def run(request: Request) -> int:
    """Show every write, or what an id names. Raises NoInput for an id that names nothing."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    found, say = read_history(project, request.own["ident"]), project.say
    views: dict[str, View] = {
        "text": lambda paint: history_text(found, say, paint),
        "json": lambda _paint: as_json(history_document(found)),
    }
    deliver(request, outputs, views)
    return Exit.OK
