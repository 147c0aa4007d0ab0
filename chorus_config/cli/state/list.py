"""`state list`: one line for each structure and account that the store holds."""

from __future__ import annotations

import click

from chorus_config.app.state import state_list
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.state.json import list_document
from chorus_config.render.state.text import list_text


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(_("List what is approved: file, open operations, confirmed or not.")),
        ("chorus-config state list", "chorus-config state list --format json"),
        (),
    )
    return make_command("list", run, about, say)


def run(request: Request) -> int:
    """Show all structures, then all accounts; there may be none."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    source, found = state_list(project)
    views: dict[str, View] = {
        "text": lambda paint: list_text(source, found, project.say, paint),
        "json": lambda _paint: as_json(list_document(source, found)),
    }
    deliver(request, outputs, views)
    return Exit.OK
