"""`worksheet`: what is to be entered on the portal, for whoever has the mandate."""

from __future__ import annotations

from collections.abc import Mapping

import click

from chorus_config.app.plan import read_plan_file
from chorus_config.app.project import language
from chorus_config.app.worksheet import worksheet_of_plan, worksheet_of_store
from chorus_config.cli.shared.common_options import operations_option
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _, translator_for
from chorus_config.model.errors import Exit, UsageFault
from chorus_config.render.findings.json import as_json
from chorus_config.render.worksheet.json import worksheet_document
from chorus_config.render.worksheet.text import worksheet_text
from chorus_config.render.worksheet.view import Worksheet

FORMATS = ("text", "markdown", "html", "json")


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Show what is to be entered on the portal.\n\n"
                "With PLAN, what that saved plan would open; without, the open operations of the store."
            )
        ),
        ("chorus-config worksheet", "chorus-config worksheet --format html:saisie.html", "chorus-config worksheet plan.json"),
        [
            click.Argument(["plan"], required=False, metavar="[PLAN]"),
            click.Option(
                ["--dropped"],
                is_flag=True,
                envvar="CHORUS_CONFIG_DROPPED",
                help=say(_("Only what was dropped: approved, and not on the portal.")),
            ),
            operations_option(say),
        ],
    )
    return make_command("worksheet", run, about, say)


def run(request: Request) -> int:
    """Show the operations; there may be none."""
    outputs = formats(request, FORMATS)
    sheet, say = _planned(request) if request.own["plan"] else _open(request)
    views: Mapping[str, View] = {
        "text": lambda paint: worksheet_text(sheet, say, paint),
        "markdown": lambda _paint: _markdown(sheet, say),
        "html": lambda _paint: _html(sheet, say),
        "json": lambda _paint: as_json(worksheet_document(sheet)),
    }
    deliver(request, outputs, views, private=FORMATS)
    return Exit.OK


def _planned(request: Request) -> tuple[Worksheet, Translator]:
    name = request.own["plan"]
    if request.own["dropped"]:
        raise UsageFault(request.say(_("--dropped is about the store: leave the plan out")))
    plan = read_plan_file(request.directory, name, request.say).plan
    say = translator_for(language(request.lang, plan.options.language))
    return worksheet_of_plan(plan, name, say, request.own["target"]), say


def _open(request: Request) -> tuple[Worksheet, Translator]:
    project = opened(request)
    return worksheet_of_store(project, request.own["target"], dropped=request.own["dropped"]), project.say


def _markdown(sheet: Worksheet, say: Translator) -> str:
    from chorus_config.render.worksheet.markdown import worksheet_markdown  # noqa: PLC0415 - imported only when asked for

    return worksheet_markdown(sheet, say)


def _html(sheet: Worksheet, say: Translator) -> str:
    from chorus_config.render.worksheet.html import worksheet_html  # noqa: PLC0415 - imported only when asked for

    return worksheet_html(sheet, say)
