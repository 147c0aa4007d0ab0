"""`state show`: one structure or account as it was approved, beside what is confirmed, and its operations."""

from __future__ import annotations

import click

from chorus_config.app.state import state_show
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.state.json import show_document
from chorus_config.render.state.text import show_text


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Show what is approved for one structure or account, and what of it is confirmed.\n\n"
                "ID is an identifiant, or comptes/REF."
            )
        ),
        ("chorus-config state show 25160278500015", "chorus-config state show comptes/dgs --format json"),
        [click.Argument(["ident"], metavar="ID")],
    )
    return make_command("show", run, about, say)


def run(request: Request) -> int:
    """Show it. Raises NoInput when the store does not hold it."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    source, found = state_show(project, request.own["ident"])
    views: dict[str, View] = {
        "text": lambda paint: show_text(found, project.say, paint),
        "json": lambda _paint: as_json(show_document(source, found)),
    }
    deliver(request, outputs, views)
    return Exit.OK
