"""`state list`: one line for each structure and account that the store holds."""

from __future__ import annotations

import click

from chorus_config.commands.options import Face, Request, make_command
from chorus_config.commands.output import View, deliver, formats
from chorus_config.commands.session import open_session
from chorus_config.commands.standings import by_root, standing
from chorus_config.commands.stores import store_of
from chorus_config.report.findings_json import as_json
from chorus_config.report.state_json import list_document
from chorus_config.report.state_text import list_text
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.errors import Exit


def command(say: Texts) -> click.Command:
    """Return the command in a language."""
    face = Face(
        say(_("List what is approved: file, open operations, confirmed or not.")),
        ("chorus-config state list", "chorus-config state list --format json"),
        (),
    )
    return make_command("list", run, face, say)


def run(request: Request) -> int:
    """Show all structures, then all accounts; there may be none."""
    wanted = formats(request, ("text", "json"))
    session = open_session(request)
    store, say = store_of(session), session.setting.say
    approved, ledger = store.read().snapshot, store.ledger()
    operations = by_root(ledger.operations)
    ordered = sorted(approved.records, key=lambda root: (root.startswith("comptes/"), root))
    found = [standing(approved.records[root], ledger, operations.get(root, ())) for root in ordered]
    views: dict[str, View] = {
        "text": lambda paint: list_text(approved.source, found, say, paint),
        "json": lambda _paint: as_json(list_document(approved.source, found)),
    }
    deliver(request, wanted, views)
    return Exit.OK
