"""`worksheet`: what is to be entered on the portal, for whoever has the mandate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click

from chorus_config.app.language import language
from chorus_config.app.plan import load_plan
from chorus_config.app.project import open_project, store_of
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.engine.ledger.confirm import targeted
from chorus_config.engine.ledger.pending import operations_of
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator, translator_for
from chorus_config.model.errors import Exit
from chorus_config.render.findings.json import as_json
from chorus_config.render.worksheet.json import worksheet_document
from chorus_config.render.worksheet.text import worksheet_text
from chorus_config.render.worksheet.view import Worksheet, worksheet_structures

FORMATS = ("text", "markdown", "json")


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    face = CommandHelp(
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


def reach_option(say: Translator) -> click.Option:
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


def _planned(request: Request) -> tuple[Worksheet, Translator]:
    """Return what a plan would open: neither project nor store is needed."""
    plan, targets = load_plan(request).plan, request.own["target"]
    say = translator_for(language(request.lang, plan.options.language))
    found = worksheet_structures(targeted(operations_of(plan), targets), {}, date.fromisoformat(plan.as_of), say)
    return Worksheet(request.own["plan"], found, planned=True, targets=targets), say


def _open(request: Request) -> tuple[Worksheet, Translator]:

    session, targets = open_project(request), request.own["target"]
    store = store_of(session)
    approved, say = store.read().snapshot, session.setting.say
    found = worksheet_structures(
        targeted(store.operations(only_open=True), targets), approved.records, session.setting.day, say
    )
    return Worksheet(approved.source, found, targets=targets), say


def _markdown(sheet: Worksheet, say: Translator) -> str:
    from chorus_config.render.worksheet.markdown import worksheet_markdown  # noqa: PLC0415 - imported only when asked for

    return worksheet_markdown(sheet, say)
