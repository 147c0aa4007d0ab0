"""`status`: where each budget of the portfolio stands, and what is to be done next."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping

import click

from chorus_config.app.status import find_status, status_workbook
from chorus_config.cli.shared.common_options import target_option
from chorus_config.cli.shared.completion import complete_member
from chorus_config.cli.shared.numbers import Number
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.engine.portfolio.status import check_status
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, UsageFault
from chorus_config.model.portfolio.status import CheckResult, PortfolioStatus
from chorus_config.render.findings.json import as_json
from chorus_config.render.status.json import status_document
from chorus_config.render.status.text import status_text

FORMATS = ("text", "markdown", "html", "json", "xlsx")
_CHECK = _(
    "Exit with 1 when a budget has no sheet, a sheet has errors, or a budget is not ready past its deadline; with 69 when the "
    "store cannot be read."
)


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Show where each budget of the portfolio stands, and what is to be done next.\n\n"
                "Of each budget and each sheet: its names, date of creation, services and status as the sheet has them; errors "
                "and warnings as `validate` tells them, ready or not as `validate --ready`; what is approved and what remains "
                "to be entered, when it was last seen on the portal, the days to the deadline, and which share of its fields "
                "the sheet manages. Above 20 members, one line each, the worst first; JSON and the workbook hold all. Nothing "
                "is written, nothing is read over the network but the store."
            )
        ),
        (
            "chorus-config status",
            "chorus-config status --membre 211609995 --format xlsx:suivi.xlsx",
            "chorus-config status --format html:mur.html",
            "chorus-config status --check --within 30",
        ),
        [
            target_option(say),
            click.Option(
                ["--membre"], metavar="NAME|SIREN", shell_complete=complete_member, envvar="CHORUS_CONFIG_MEMBRE",
                help=say(_("Only one member: its name or its SIREN, as `membres` of the project file has them.")),
            ),
            click.Option(
                ["--check"], is_flag=True, envvar="CHORUS_CONFIG_CHECK",
                help=say(_CHECK),
            ),
            click.Option(
                ["--within"], type=Number(say, 0), metavar="DAYS", envvar="CHORUS_CONFIG_WITHIN",
                help=say(_("With --check: so many days before its deadline, a budget that is not ready fails already.")),
            ),
        ],
    )  # fmt: skip
    return make_command("status", run, about, say)


def run(request: Request) -> int:
    """Show the portfolio; with --check, 1 when something in it fails, 69 when no store could be read."""
    outputs, own = formats(request, FORMATS), request.own
    if outputs.get("xlsx", "") is None:
        raise UsageFault(request.say(_("a workbook goes to a file: --format xlsx:FILE")))
    if own["within"] is not None and not own["check"]:
        raise UsageFault(request.say(_("--within says when --check fails: add --check")))
    project = opened(request)
    found = find_status(project, own["target"], own["membre"])
    result = check_status(found, own["within"]) if own["check"] else None
    width = _width() if outputs.get("text", "") is None else None
    say = project.say
    views: Mapping[str, View] = {
        "text": lambda paint: status_text(found, say, paint, result, width),
        "markdown": lambda _paint: _markdown(found, result, say),
        "html": lambda _paint: _html(found, result, say),
        "json": lambda _paint: as_json(status_document(found, say, result)),
    }
    # A workbook goes around, with the names of those who look after the members.
    deliver(request, outputs, views, {"xlsx": lambda: status_workbook(found, say)}, private=("xlsx",))
    return _exit_of(result)


def _exit_of(result: CheckResult | None) -> Exit:
    """Return what a check ends with: of what no store could say, nobody knows whether it passes."""
    if result is None or result.passes:
        return Exit.OK
    return Exit.UNAVAILABLE if "store" in result.failing else Exit.FINDINGS


def _width() -> int | None:
    """Return the width of the screen, None where the result goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else None


def _markdown(found: PortfolioStatus, result: CheckResult | None, say: Translator) -> str:
    from chorus_config.render.status.markdown import status_markdown  # noqa: PLC0415 - imported only when asked for

    return status_markdown(found, say, result)


def _html(found: PortfolioStatus, result: CheckResult | None, say: Translator) -> str:
    from chorus_config.render.status.html import status_html  # noqa: PLC0415 - imported only when asked for

    return status_html(found, say, result)
