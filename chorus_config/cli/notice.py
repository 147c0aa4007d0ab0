"""`notice`: what suppliers are told, their addresses and what changes of them; from the sheets alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Final

import click

from chorus_config.app.notice import MadeNotice, make_notice, make_notice_of_changes
from chorus_config.app.revisions import DiffRange
from chorus_config.cli.shared.common_options import target_option
from chorus_config.cli.shared.options import CommandHelp, Request, day_written, make_command
from chorus_config.cli.shared.output import deliver, formats
from chorus_config.cli.shared.terminal import open_options
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, UsageFault
from chorus_config.model.notice import Notice
from chorus_config.render.shared.paint import Paint

FORMATS: Final = ("text", "markdown", "html", "csv", "json")


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Write the notice to suppliers: electronic invoicing addresses, and what changes of them.\n\n"
                "From the sheets alone: neither store nor network is asked. Without PATH, all sheets of the project. "
                "With --changes or --from, only what changes for suppliers."
            )
        ),
        (
            "chorus-config notice --format html:fournisseurs.html",
            "chorus-config notice --format csv:adresses.csv",
            "chorus-config notice --changes main...HEAD --from 2027-01-01 --format markdown",
            "chorus-config notice --from 2027-01-01 --target '21160999500017'",
        ),
        [
            click.Argument(["paths"], nargs=-1, metavar="[PATH]..."),
            click.Option(
                ["--changes"], metavar="BASE[..HEAD]", envvar="CHORUS_CONFIG_CHANGES",
                help=say(_("Only what changes for suppliers between two git revisions, as `diff` compares them.")),
            ),
            click.Option(
                ["--from", "since"], metavar="DATE", envvar="CHORUS_CONFIG_FROM",
                help=say(_("The day from which it holds; without --changes: what the dates of services change until then.")),
            ),
            target_option(say),
        ],
    )  # fmt: skip
    return make_command("notice", run, about, say)


def run(request: Request) -> int:
    """Write the notice; 1 when a sheet had to be left out, since the notice is not whole then."""
    outputs = formats(request, FORMATS)
    made = _made(request)
    views = {name: partial(_rendered, name, made.notice, made.project.say) for name in FORMATS}
    deliver(request, outputs, views)
    return Exit.FINDINGS if made.notice.left_out else Exit.OK


def _made(request: Request) -> MadeNotice:
    own, options = request.own, open_options(request)
    since = day_written(own["since"], request.say)
    if own["changes"] is None:
        return make_notice(options, own["target"], since)
    if request.paths:
        raise UsageFault(request.say(_("--changes compares whole revisions: leave the paths out, or narrow with --target")))
    return make_notice_of_changes(options, DiffRange(own["changes"]), own["target"], since)


def _rendered(name: str, notice: Notice, say: Translator, paint: Paint) -> str:
    render: Callable[[Notice, Translator, Paint], str] = import_module(f"chorus_config.render.notice.{name}").render
    return render(notice, say, paint)
