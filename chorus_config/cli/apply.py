"""`apply`: approve. A saved plan exactly, or plan, show, ask, approve. Nothing is ever changed in Chorus Pro from here."""

from __future__ import annotations

from datetime import date

import click
from msgspec.structs import replace

from chorus_config.app.apply import (
    Approval,
    ReadyPlan,
    approve_plan,
    plan_to_approve,
    require_applyable,
    saved_head,
    saved_plan_to_approve,
    untouched_plan_to_approve,
)
from chorus_config.app.plan import read_plan_file
from chorus_config.app.project import OpenProject
from chorus_config.cli.shared.common_options import (
    by_option,
    lock_timeout_option,
    narrowing,
    requested_options,
    writer_of,
    yes_option,
)
from chorus_config.cli.shared.effort import jobs_option, processes_of
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats, tell
from chorus_config.cli.shared.terminal import agreed, opened
from chorus_config.cli.shared.views import show_plan
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import ChorusConfigError, Exit, Locked, Refused, Unavailable, UsageFault
from chorus_config.model.plan import Plan
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.text import plan_text
from chorus_config.render.shared.paint import plain
from chorus_config.render.shared.text import closing_lines


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Approve what the sheets want, and open the operations to enter on the portal.\n\n"
                "With PLAN, exactly that saved plan; without, plan, show and ask. Nothing is changed in Chorus Pro."
            )
        ),
        ("chorus-config apply", "chorus-config apply plan.json", "chorus-config apply --target 25160278500015 --yes"),
        [
            click.Argument(["plan"], required=False, metavar="[PLAN]"),
            yes_option(say),
            *narrowing(say),
            jobs_option(say),
            by_option(say),
            lock_timeout_option(say),
        ],
    )  # fmt: skip
    return make_command("apply", run, about, say)


def run(request: Request) -> int:
    """Approve, or refuse and write nothing (4)."""
    outputs = formats(request, ("text", "json"))
    if request.own["plan"]:
        project, ready = _untouched(request) or _saved(request)
    else:
        project = opened(request)
        ready = plan_to_approve(project, requested_options(request, project), processes=processes_of(request))
    _require_applyable(request, outputs, project, ready.plan)
    if not request.own["plan"] and ready.plan.changes:
        # Nobody waits for the store while a person thinks.
        _ask(request, outputs, ready.plan, project.say)
    return _done(request, outputs, approve_plan(project, ready, writer_of(request)), project.say)


def _untouched(request: Request) -> tuple[OpenProject, ReadyPlan] | None:
    """Return a saved plan that stands in its file as it is planned now; None for one that is to be read whole."""
    path = request.directory / request.own["plan"]
    head = None if _unfit_options(request) else saved_head(path)
    if head is None:
        return None
    try:
        project = opened(_as_planned(request, head))
    except ChorusConfigError:
        # As below: it will be read whole.
        return None
    try:
        ready = untouched_plan_to_approve(project, head, path, request.own["plan"], processes=processes_of(request))
    except (Locked, Unavailable):
        # Whatever is wrong with the file is told first.
        read_plan_file(request.directory, request.own["plan"], request.say)
        raise
    return (project, ready) if ready is not None else None


def _saved(request: Request) -> tuple[OpenProject, ReadyPlan]:
    """Return a saved plan, read whole. Raises Refused for what it is not, or not any more."""
    saved = read_plan_file(request.directory, request.own["plan"], request.say)
    _refuse_options(request)
    project = opened(_as_planned(request, saved.plan))
    return project, saved_plan_to_approve(project, saved, request.own["plan"], processes=processes_of(request))


def _as_planned(request: Request, plan: Plan) -> Request:
    """Return the request of the day and in the language of a plan."""
    return replace(request, as_of=date.fromisoformat(plan.as_of), lang=plan.options.language)


def _unfit_options(request: Request) -> list[str]:
    names = ("target", "accept", "expect_structures", "expect_removals")
    return [name for name in names if request.own[name] not in ((), None)]


def _refuse_options(request: Request) -> None:
    for name in _unfit_options(request):
        message = _("a saved plan is applied as it is: --{option} goes with `plan --out`")
        raise UsageFault(request.say(message, option=name.replace("_", "-")))


def _require_applyable(request: Request, outputs: dict[str, str | None], project: OpenProject, plan: Plan) -> None:
    """Refuse a blocked plan, after showing it whole to people; a machine gets the reasons in its one document."""
    if not plan.applyable and outputs.get("text", "") is None:
        show_plan(request, {"text": None}, plan, project.say)
    require_applyable(project, plan)


def _ask(request: Request, outputs: dict[str, str | None], plan: Plan, say: Translator) -> None:
    """Show the plan and ask, unless told not to; anything but a yes is a no."""
    if outputs.get("text", "") is None:
        show_plan(request, {"text": None}, plan, say)
    elif not request.own["yes"]:
        tell(plan_text(plan, say, plain))
    if request.own["yes"]:
        return
    if not agreed(say(_("Approve these changes? Nothing is changed in Chorus Pro. [y/N]: "))):
        raise Refused(say(_("nothing was approved: the answer was no")))


def _done(request: Request, outputs: dict[str, str | None], approval: Approval, say: Translator) -> int:
    """Say what was approved, and what remains to be entered by hand."""
    count = len(approval.plan.changes)
    document = {
        "format_version": "1.0", "type": "apply", "plan": approval.plan.digest, "approved": count,
        "serial": approval.serial, "open_operations": approval.open_operations, "portal_changed": False,
    }  # fmt: skip
    if count:
        lines = [say.count(_("Approved: {n} change."), _("Approved: {n} changes."), count)]
    else:
        lines = [say(_("Nothing to approve: the sheets want what is approved already."))]
    lines += closing_lines(approval.open_operations, say)
    views: dict[str, View] = {"text": lambda _paint: "\n".join(lines) + "\n", "json": lambda _paint: as_json(document)}
    deliver(request, outputs, views)
    return Exit.OK
