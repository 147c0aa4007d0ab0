"""`lock list`: who holds the store, or died holding it."""

from __future__ import annotations

import click

from chorus_config.app.store_access import lock_list
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.state.json import locks_document
from chorus_config.render.state.text import locks_text


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(_("List who holds the store for writing: id, who, where, since when, alive or not.")),
        ("chorus-config lock list", "chorus-config lock list --format json"),
        (),
    )
    return make_command("list", run, about, say)


def run(request: Request) -> int:
    """Show the locks; there may be none."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    locks = lock_list(project)
    views: dict[str, View] = {
        "text": lambda _paint: locks_text(locks, project.say),
        "json": lambda _paint: as_json(locks_document(locks)),
    }
    deliver(request, outputs, views)
    return Exit.OK
