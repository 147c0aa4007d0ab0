"""`drift`: what the portal says beside what is approved. Nothing is written."""

from __future__ import annotations

import click

from chorus_config.app.drift import find_drift
from chorus_config.cli.shared.common_options import against_option, pace_of, pace_options, target_option
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, UsageFault
from chorus_config.render.drift.json import drift_document
from chorus_config.render.drift.text import drift_text
from chorus_config.render.findings.json import as_json


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Show, field by field, what is not yet entered, what is seen and what changed on the portal.\n\n"
                "With a source that has the directory of electronic invoicing (afnor:, the portal's CSV of addresses), the "
                "addresses that suppliers write to, too.\n\n"
                "What the source does not report is not compared. Nothing is written."
            )
        ),
        (
            "chorus-config drift --against annuaire:downloads",
            "chorus-config drift --against afnor:",
            "chorus-config drift --against snapshot.json --target 21160999500017 --detailed-exitcode",
        ),
        [
            against_option(say),
            target_option(say),
            *pace_options(say),
            click.Option(
                ["--detailed-exitcode"], is_flag=True, envvar="CHORUS_CONFIG_DETAILED_EXITCODE",
                help=say(_("Exit with 2 when there are differences.")),
            ),
        ],
    )  # fmt: skip
    return make_command("drift", run, about, say)


def run(request: Request) -> int:
    """Compare and show; 2 for differences when asked."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    say, sources = project.say, request.own["against"]
    if not any(sources):
        raise UsageFault(say(_("drift needs something to compare with: --against SOURCE")))
    found = find_drift(project, sources, request.own["target"], pace_of(request))
    views: dict[str, View] = {
        "text": lambda paint: drift_text(found, say, paint),
        "json": lambda _paint: as_json(drift_document(found)),
    }
    deliver(request, outputs, views)
    return Exit.CHANGES if request.own["detailed_exitcode"] and not found.settled else Exit.OK
