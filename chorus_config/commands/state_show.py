"""`state show`: one structure or account as it was approved, beside what is confirmed, and its operations."""

from __future__ import annotations

import click

from chorus_config.commands.options import Face, Request, make_command
from chorus_config.commands.output import View, deliver, formats
from chorus_config.commands.session import open_session
from chorus_config.commands.standings import record_of, standing
from chorus_config.commands.stores import store_of
from chorus_config.report.findings_json import as_json
from chorus_config.report.state_json import show_document
from chorus_config.report.state_text import show_text
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.errors import Exit


def command(say: Texts) -> click.Command:
    """Return the command in a language."""
    face = Face(
        say(
            _(
                "Show what is approved for one structure or account, and what of it is confirmed.\n\n"
                "ID is an identifiant, or comptes/REF."
            )
        ),
        ("chorus-config state show 25160278500015", "chorus-config state show comptes/dgs --format json"),
        [click.Argument(["ident"], metavar="ID")],
    )
    return make_command("show", run, face, say)


def run(request: Request) -> int:
    """Show it. Raises NoInput when the store does not hold it."""
    wanted = formats(request, ("text", "json"))
    session = open_session(request)
    store, say = store_of(session), session.setting.say
    approved = store.read().snapshot
    record = record_of(session, approved.records, request.own["ident"])
    found = standing(record, store.ledger(), store.operations())
    views: dict[str, View] = {
        "text": lambda paint: show_text(found, say, paint),
        "json": lambda _paint: as_json(show_document(approved.source, found)),
    }
    deliver(request, wanted, views)
    return Exit.OK
