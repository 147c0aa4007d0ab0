"""`apply`: approve. A saved plan exactly, or plan, show, ask, approve. Nothing is ever changed in Chorus Pro from here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from chorus_config.app.plan import again, asked, drafted, load_plan
from chorus_config.app.project import OpenProject, now, open_project, store_of
from chorus_config.app.store_access import by_option, held_for_write, lock_timeout_option
from chorus_config.cli.plan import narrowing
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, deliver, formats
from chorus_config.cli.shared.plan_views import show_plan
from chorus_config.cli.shared.prompts import agreed, yes_option
from chorus_config.engine.ledger.open import history_rows, open_operations
from chorus_config.engine.ledger.pending import ComparedSides, operations_of
from chorus_config.engine.planning.draft import Draft
from chorus_config.engine.planning.plan_file import SavedPlan, differences_since
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import Exit, NoInput, Refused, UsageFault
from chorus_config.model.plan import Plan
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.json import plan_document
from chorus_config.render.plan.text import plan_text
from chorus_config.render.shared.operation_lines import closing_lines
from chorus_config.render.shared.paint import plain
from chorus_config.workspace.git import commit_of
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    face = CommandHelp(
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
            by_option(say),
            lock_timeout_option(say),
        ],
    )  # fmt: skip
    return make_command("apply", run, face, say)


def run(request: Request) -> int:
    """Approve, or refuse and write nothing (4)."""
    wanted = formats(request, ("text", "json"))
    saved = load_plan(request) if request.own["plan"] else None
    if saved is not None:
        _refuse_options(request)
    if saved is not None:
        request = replace(request, as_of=_day(saved.plan), lang=saved.plan.options.language)
    session = open_project(request)
    if saved is not None:
        _refuse_observed(session, saved.plan)
    store = store_of(session)
    held = store.read()
    made = _made(session, held, saved)
    if saved is not None:
        _require_same(session, saved, made.plan, held)
    _require_applyable(session, wanted, made.plan)
    if not made.plan.changes:
        return _done(session, wanted, made.plan, held.snapshot.serial, held.open_operations)
    if saved is None:
        _ask(session, wanted, made.plan)
    # Only now: nobody waits for the store while a person thinks.
    with held_for_write(session, store):
        approval = _approval(session, made, held, store.ledger())
        left = store.write(approval)
    return _done(session, wanted, made.plan, approval.serial + 1, left)


def _refuse_options(request: Request) -> None:
    for name in ("target", "accept", "expect_structures", "expect_removals"):
        if request.own[name] not in ((), None):
            told = _("a saved plan is applied as it is: --{option} goes with `plan --out`")
            raise UsageFault(request.say(told, option=name.replace("_", "-")))


def _refuse_observed(session: OpenProject, plan: Plan) -> None:
    """Refuse a plan made against an observed source: it does not start from what is approved."""
    if plan.observed and plan.before.source != session.home.project.store:
        told = _("nothing was approved: this plan starts from what {source} says. `{command}` takes that over; then plan again")
        command = f"chorus-config observe {printable(plan.before.source)} --record"
        raise Refused(session.setting.say(told, source=printable(plan.before.source), command=command))


def _require_applyable(session: OpenProject, wanted: dict[str, str | None], plan: Plan) -> None:
    """Refuse a blocked plan, after showing it whole to people; a machine gets the reasons in its one document."""
    if plan.applyable:
        return
    if wanted.get("text", "") is None:
        show_plan(session.request, {"text": None}, plan, session.setting.say)
    raise Refused(session.setting.say(_("nothing was approved: {why}"), why="; ".join(plan.reasons)))


def _day(plan: Plan) -> Any:
    from datetime import date  # noqa: PLC0415

    return date.fromisoformat(plan.as_of)


def _made(session: OpenProject, held: StoreState, saved: SavedPlan | None) -> Draft:
    """Make the plan: afresh, or once more with the options of the saved one."""
    if saved is None:
        return drafted(session, held, asked(session))
    desired, options = saved.plan.desired, saved.plan.options
    try:
        return drafted(again(session, saved.plan), held, options, commit=(desired.commit, desired.dirty))
    except NoInput as gone:
        raise _stale(session, (str(gone),)) from gone


def _require_same(session: OpenProject, saved: SavedPlan, made: Plan, held: StoreState) -> None:
    """Refuse a saved plan that is not, to the key, what would be planned now; say what moved and how to go on."""
    say = session.setting.say
    if saved.plan.digest in held.plans:
        raise Refused(say(_("this plan was already approved: nothing was approved again")))
    moved = differences_since(saved, made, say)
    if moved:
        raise _stale(session, moved)


def _stale(session: OpenProject, moved: tuple[str, ...]) -> Refused:
    told = _("nothing was approved: {why}. To go on: chorus-config plan --out {file}, review, then apply it")
    return Refused(session.setting.say(told, why="; ".join(moved), file=session.request.own["plan"]))


def _ask(session: OpenProject, wanted: dict[str, str | None], plan: Plan) -> None:
    """Show the plan and ask, unless told not to; anything but a yes is a no."""
    say = session.setting.say
    if wanted.get("text", "") is None:
        show_plan(session.request, {"text": None}, plan, say)
    elif not session.request.own["yes"]:
        click.echo(plan_text(plan, say, plain), err=True)
    if session.request.own["yes"]:
        return
    if not agreed(say(_("Approve these changes? Nothing is changed in Chorus Pro. [y/N]: "))):
        raise Refused(say(_("nothing was approved: the answer was no")))


def _approval(session: OpenProject, made: Draft, held: StoreState, ledger: Ledger) -> StoreWrite:
    plan = made.plan
    files = {record.path for record in made.records} | {held.snapshot.records[root].path for root in made.forgotten}
    commit, dirty = commit_of(session.home.root, files)
    why = session.setting.say(_("replaced by a later approval"))
    sides = ComparedSides({record.root: record for record in made.records}.get, ledger.confirmed.get)
    opening = open_operations(operations_of(plan), ledger.operations, made.forgotten, sides, why)
    settled = {"operations": history_rows(ledger.operations, opening.closings)} if opening.closings else {}
    return StoreWrite(
        plan=plan.digest,
        lineage=plan.before.lineage,
        serial=plan.before.serial,
        at=now(),
        records=made.records,
        forgotten=made.forgotten,
        operations=opening.operations,
        closings=opening.closings,
        document={**plan_document(plan), **settled, "dirty": dirty},
        commit=commit,
        by=session.request.own["by"],
    )


def _done(session: OpenProject, wanted: dict[str, str | None], plan: Plan, serial: int, left: int) -> int:
    """Say what was approved, and what remains to be entered by hand."""
    say = session.setting.say
    document = {
        "format_version": "1.0", "type": "apply", "plan": plan.digest, "approved": len(plan.changes),
        "serial": serial, "open_operations": left, "portal_changed": False,
    }  # fmt: skip
    if plan.changes:
        lines = [say.count(_("Approved: {n} change."), _("Approved: {n} changes."), len(plan.changes))]
    else:
        lines = [say(_("Nothing to approve: the sheets want what is approved already."))]
    lines += closing_lines(left, say)
    views: dict[str, View] = {"text": lambda _paint: "\n".join(lines) + "\n", "json": lambda _paint: as_json(document)}
    deliver(session.request, wanted, views)
    return Exit.OK
