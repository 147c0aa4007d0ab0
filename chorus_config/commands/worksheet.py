"""`worksheet`: what is to be entered on the portal, for whoever has the mandate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click

from chorus_config.commands.language import language
from chorus_config.commands.options import Face, Request, make_command
from chorus_config.commands.output import View, deliver, formats
from chorus_config.commands.saved import load_plan
from chorus_config.commands.session import open_session
from chorus_config.commands.stores import store_of
from chorus_config.pipelines.ledger import in_reach
from chorus_config.pipelines.operations import operations
from chorus_config.report.findings_json import as_json
from chorus_config.report.worksheet_json import worksheet_document
from chorus_config.report.worksheet_parts import Worksheet, places
from chorus_config.report.worksheet_text import worksheet_text
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts, texts_in
from chorus_config.words.errors import Exit

FORMATS = ("text", "markdown", "json")


def command(say: Texts) -> click.Command:
    """Return the command in a language."""
    face = Face(
        say(
            _(
                "Show what is to be entered on the portal.\n\n"
                "With PLAN, what that saved plan would open; without, the open operations of the store."
            )
        ),
        ("chorus-config worksheet", "chorus-config worksheet --format markdown:saisie.md", "chorus-config worksheet plan.json"),
        [click.Argument(["plan"], required=False, metavar="[PLAN]"), reach_option(say)],
    )
    return make_command("worksheet", run, face, say)


def reach_option(say: Texts) -> click.Option:
    """Return the `--target` option of the commands on operations."""
    return click.Option(
        ["--target"], multiple=True, metavar="ID", envvar="CHORUS_CONFIG_TARGET",
        help=say(_("Only these operations: an identifiant, a pattern with *, or a whole address; repeatable.")),
    )  # fmt: skip


def run(request: Request) -> int:
    """Show the operations; there may be none."""
    wanted = formats(request, FORMATS)
    sheet, say = _planned(request) if request.own["plan"] else _open(request)
    views: Mapping[str, View] = {
        "text": lambda paint: worksheet_text(sheet, say, paint),
        "markdown": lambda _paint: _markdown(sheet, say),
        "json": lambda _paint: as_json(worksheet_document(sheet)),
    }
    deliver(request, wanted, views)
    return Exit.OK


def _planned(request: Request) -> tuple[Worksheet, Texts]:
    """Return what a plan would open: neither project nor store is needed."""
    plan, targets = load_plan(request).plan, request.own["target"]
    say = texts_in(language(request.lang, plan.options.language))
    found = places(in_reach(operations(plan), targets), {}, date.fromisoformat(plan.as_of), say)
    return Worksheet(request.own["plan"], found, planned=True, targets=targets), say


def _open(request: Request) -> tuple[Worksheet, Texts]:

    session, targets = open_session(request), request.own["target"]
    store = store_of(session)
    approved, say = store.read().snapshot, session.setting.say
    found = places(in_reach(store.operations(only_open=True), targets), approved.records, session.setting.day, say)
    return Worksheet(approved.source, found, targets=targets), say


def _markdown(sheet: Worksheet, say: Texts) -> str:
    from chorus_config.report.worksheet_markdown import worksheet_markdown  # noqa: PLC0415 - imported only when asked for

    return worksheet_markdown(sheet, say)
