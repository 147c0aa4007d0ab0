"""`plan`: what approving the sheets would change."""

from __future__ import annotations

import click

from chorus_config.app.plan import make_plan, plan_to
from chorus_config.app.project import OpenProject
from chorus_config.cli.shared.common_options import against_option, narrowing, pace_of, pace_options, requested_options
from chorus_config.cli.shared.effort import effort_of, effort_options
from chorus_config.cli.shared.format_names import PLAN_FORMATS
from chorus_config.cli.shared.numbers import Number
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import formats, write_file
from chorus_config.cli.shared.terminal import opened
from chorus_config.cli.shared.views import show_plan
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, UsageFault
from chorus_config.model.plan import Plan
from chorus_config.model.store_state import StoreState
from chorus_config.render.plan.json import json_pieces
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(_("Show what would change between what is approved and what the sheets want.\n\nNothing is written but --out.")),
        (
            "chorus-config plan",
            "chorus-config plan --out plan.json --detailed-exitcode",
            "chorus-config plan --target '251602785*' --format json",
            "chorus-config plan --to 3",
        ),
        [
            click.Argument(["paths"], nargs=-1, metavar="[PATH]..."),
            click.Option(
                ["--out"], metavar="FILE", envvar="CHORUS_CONFIG_OUT",
                help=say(_("Save the plan, for `chorus-config apply FILE`.")),
            ),
            *narrowing(say),
            against_option(say),
            *pace_options(say),
            click.Option(
                ["--to"], metavar="SERIAL", type=Number(say, 1), envvar="CHORUS_CONFIG_TO",
                help=say(_(
                    "Back to the sheets of an earlier approval, by its number in `history`: those of the git commit noted with "
                    "it. What they do not write stays as it is."
                )),
            ),
            click.Option(
                ["--detailed-exitcode"], is_flag=True, envvar="CHORUS_CONFIG_DETAILED_EXITCODE",
                help=say(_("Exit with 2 when there are changes.")),
            ),
            *effort_options(say),
        ],
    )  # fmt: skip
    return make_command("plan", run, about, say)


def run(request: Request) -> int:
    """Draft and show the plan; 1 when it cannot be applied, 2 for changes when asked."""
    outputs = formats(request, PLAN_FORMATS)
    project = opened(request)
    made = _made(request, project)
    if request.own["out"]:
        # A plan names people and places: for the eyes of whoever made it.
        write_file(request.directory / request.own["out"], json_pieces(made), request, mode=0o600)
    show_plan(request, outputs, made, project.say)
    if not made.applyable:
        return Exit.FINDINGS
    return Exit.CHANGES if made.changes and request.own["detailed_exitcode"] else Exit.OK


def _made(request: Request, project: OpenProject) -> Plan:
    """Return the plan that is asked for; how the sheets of an earlier approval come back is told beside it."""
    options, serial = requested_options(request, project), request.own["to"]
    if serial is None:
        return make_plan(project, options, _observed(request, project), effort=effort_of(request)).plan
    if request.own["against"] or request.paths:
        raise UsageFault(project.say(_("--to goes with neither --against nor a PATH: narrow it with --target")))
    found = plan_to(project, serial, options)
    message = _(
        "note: this plan leads back to the sheets of the commit {commit}; nothing is changed yet. To go that way: {command}, "
        "then {apply}"
    )
    apply = " ".join(filter(None, ("chorus-config apply", printable(request.own["out"] or ""))))
    project.note(message, commit=found.commit[:12], command=found.git_command, apply=apply)
    return found.draft.plan


def _observed(request: Request, project: OpenProject) -> StoreState | None:
    """Return what observed sources say, where the plan starts from them; None for the store.

    An empty name is that of a variable that was not set, and not a wish for the store.
    """
    sources = request.own["against"]
    if "" in sources:
        raise UsageFault(project.say(_("--against needs the name of a source")))
    if not sources:
        return None
    from chorus_config.app.observe import observed_state  # noqa: PLC0415 - most plans ask no source

    return observed_state(project, sources, pace_of(request), request.own["target"])
