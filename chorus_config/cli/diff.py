"""`diff`: what a branch changes, for whom, and what it may break; from git alone, without state or credential."""

from __future__ import annotations

import click

from chorus_config.app.diff import diff_revisions
from chorus_config.app.revisions import DiffRange
from chorus_config.cli.shared.common_options import target_option
from chorus_config.cli.shared.format_names import PLAN_FORMATS
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import formats
from chorus_config.cli.shared.terminal import open_options
from chorus_config.cli.shared.views import show_plan
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Show what a branch changes, and what it may break.\n\n"
                "BASE is compared with HEAD or, without it, with the working tree; BASE...HEAD compares since the two parted. "
                "Without BASE: from where this branch left the default one."
            )
        ),
        (
            "chorus-config diff",
            "chorus-config diff origin/main...HEAD --format markdown:diff.md",
            "chorus-config diff HEAD~1..HEAD --target '251602785*'",
            "chorus-config diff --staged",
        ),
        [
            click.Argument(["range"], required=False, metavar="[BASE[..HEAD]]"),
            click.Option(
                ["--staged"], is_flag=True, envvar="CHORUS_CONFIG_STAGED",
                help=say(_("Compare with what is staged for the next commit; BASE is then HEAD.")),
            ),
            click.Option(
                ["--from-pre-commit"], is_flag=True, envvar="CHORUS_CONFIG_FROM_PRE_COMMIT",
                help=say(_("Compare what pre-commit says is being pushed.")),
            ),
            target_option(say),
            click.Option(
                ["--detailed-exitcode"], is_flag=True, envvar="CHORUS_CONFIG_DETAILED_EXITCODE",
                help=say(_("Exit with 2 when there are changes.")),
            ),
        ],
    )  # fmt: skip
    return make_command("diff", run, about, say)


def run(request: Request) -> int:
    """Compare and show; 1 for a blocked change, 2 for changes when asked."""
    outputs = formats(request, PLAN_FORMATS)
    own = request.own
    wished = DiffRange(own["range"] or "", own["staged"], own["from_pre_commit"])
    done = diff_revisions(open_options(request), wished, own["target"])
    show_plan(request, outputs, done.plan, done.project.say)
    if not done.plan.applyable:
        return Exit.FINDINGS
    return Exit.CHANGES if done.plan.changes and own["detailed_exitcode"] else Exit.OK
