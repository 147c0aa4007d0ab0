"""`lock list`: who holds the store, or died holding it."""

from __future__ import annotations

import click

from chorus_config.commands.options import Face, Request, make_command
from chorus_config.commands.output import View, deliver, formats
from chorus_config.commands.session import open_session
from chorus_config.commands.stores import store_of
from chorus_config.report.findings_json import as_json
from chorus_config.report.locks_json import locks_document
from chorus_config.report.locks_text import locks_text
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.errors import Exit


def command(say: Texts) -> click.Command:
    """Return the command in a language."""
    face = Face(
        say(_("List who holds the store for writing: id, who, where, since when, alive or not.")),
        ("chorus-config lock list", "chorus-config lock list --format json"),
        (),
    )
    return make_command("list", run, face, say)


def run(request: Request) -> int:
    """Show the locks; there may be none."""
    wanted = formats(request, ("text", "json"))
    session = open_session(request)
    locks = store_of(session).database.locks()
    views: dict[str, View] = {
        "text": lambda _paint: locks_text(locks, session.setting.say),
        "json": lambda _paint: as_json(locks_document(locks)),
    }
    deliver(request, wanted, views)
    return Exit.OK
