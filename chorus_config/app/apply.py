"""Approving a plan: a saved one exactly, or one made afresh. Nothing is ever changed in Chorus Pro from here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.app.checking.verdicts import Effort
from chorus_config.app.plan import MAX_PLAN_BYTES, make_plan, plan_age, plan_command, plan_to, remake_plan
from chorus_config.app.project import OpenProject, now
from chorus_config.app.store_access import Writer, signed, write_lock
from chorus_config.engine.ledger.pending import ComparedSides, history_rows, open_operations
from chorus_config.engine.planning.draft import Draft
from chorus_config.engine.planning.plan_file import SavedPlan, differences_since, head_of, is_text_of
from chorus_config.i18n.translator import _
from chorus_config.model.errors import ChorusConfigError, Locked, NoInput, Refused, Unavailable
from chorus_config.model.plan import Options, Plan
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite
from chorus_config.render.plan.json import streamed_document
from chorus_config.workspace.git import commit_of
from chorus_config.yamltext.characters import printable


class ReadyPlan(Struct, frozen=True):
    """A plan that may be approved, and the state of the store that it was made on."""

    draft: Draft
    state: StoreState

    @property
    def plan(self) -> Plan:
        """The plan, to be shown before it is approved."""
        return self.draft.plan


class Approval(Struct, frozen=True):
    """What was approved: how many changes, the serial of the store after, how many operations are to be entered by hand."""

    plan: Plan
    serial: int
    open_operations: int


def plan_to_approve(project: OpenProject, options: Options | None = None, *, processes: int = 1) -> ReadyPlan:
    """Plan from the store. Writes nothing. Raises like `make_plan`."""
    state = project.store().read()
    return ReadyPlan(make_plan(project, options, state, effort=Effort(processes)), state)


def saved_plan_to_approve(project: OpenProject, saved: SavedPlan, name: str, *, processes: int = 1) -> ReadyPlan:
    """Plan again what was saved, and require that it is the same, to the key. Writes nothing.

    `name` is that of the plan's file, for the words of a refusal; the project is to be opened with the day and the language of
    the plan. Raises Refused for a plan that is stale, altered, already approved, too old, or made against an observed source.
    """
    _refuse_observed(project, saved.plan)
    state = project.store().read()
    try:
        made = remake_plan(project, saved.plan, state, Effort(processes))
    except NoInput as gone:
        _refuse_not_back(project, saved.plan, name)
        raise _stale(project, saved.plan, name, (str(gone),)) from gone
    if saved.plan.digest in state.plans:
        raise Refused(project.say(_("this plan was already approved: nothing was approved again")))
    moved = differences_since(saved, made.plan, project.say)
    if moved:
        _refuse_not_back(project, saved.plan, name)
        raise _stale(project, saved.plan, name, moved)
    _refuse_old(project, saved.plan, name)
    return ReadyPlan(made, state)


def saved_head(path: Path) -> Plan | None:
    """Return a saved plan without its changes, None where only `read_plan_file` can tell what the file is."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_PLAN_BYTES:
            return None
        with path.open("rb") as stream:
            return head_of(stream)
    except OSError:
        return None


def untouched_plan_to_approve(
    project: OpenProject, head: Plan, path: Path, name: str, *, processes: int = 1
) -> ReadyPlan | None:
    """Plan again what was saved, and return it when the file holds exactly that, to the byte: most do, and none is held whole.

    None is no refusal yet: `saved_plan_to_approve` judges the plan read whole. Writes nothing, and says nothing on the side
    before it is sure. Raises Refused for a plan that is too old, Locked and Unavailable like the store: nobody waits twice.
    """
    notes: list[str] = []
    try:
        _refuse_observed(project, head)
        state = project.store().read()
        if head.digest in state.plans or (head.before.lineage, head.before.serial) != _place(state):
            return None
        quiet = replace(project, events=replace(project.events, note=notes.append))
        made = remake_plan(quiet, head, state, Effort(processes))
        with path.open("rb") as stream:
            if not is_text_of(stream, made.plan):
                return None
    except (Locked, Unavailable):
        raise
    except (ChorusConfigError, OSError):
        return None
    for note in notes:
        project.events.note(note)
    _refuse_old(project, made.plan, name)
    return ReadyPlan(made, state)


def _place(state: StoreState) -> tuple[str | None, int]:
    return state.snapshot.lineage, state.snapshot.serial


def require_applyable(project: OpenProject, made: Plan) -> None:
    """Raise Refused for a plan against which something stands, with the reasons."""
    if not made.applyable:
        raise Refused(project.say(_("nothing was approved: {why}"), why=project.say(_("; ")).join(made.reasons)))


def approve_plan(project: OpenProject, ready: ReadyPlan, writer: Writer | None = None) -> Approval:
    """Approve a plan in one transaction, and open its operations; without a change there is nothing to write.

    Raises Refused when something stands against the plan or the store moved, Locked, Unavailable.
    """
    made = ready.plan
    require_applyable(project, made)
    if not made.changes:
        return Approval(made, ready.state.snapshot.serial, ready.state.open_operations)
    store, chosen = project.store(), writer or Writer()
    with write_lock(project, store, chosen):
        write = _write(project, ready, store.ledger())
        left = store.write(signed(project, chosen, write))
    return Approval(made, write.serial + 1, left)


def _refuse_observed(project: OpenProject, saved: Plan) -> None:
    """Refuse a plan made against an observed source: it does not start from what is approved."""
    if saved.observed and saved.before.source != project.config.store:
        message = _(
            "nothing was approved: this plan starts from what {source} says. `{command}` takes that over; then plan again"
        )
        command = f"chorus-config observe {printable(saved.before.source)} --record"
        raise Refused(project.say(message, source=printable(saved.before.source), command=command))


def _refuse_old(project: OpenProject, saved: Plan, name: str) -> None:
    """Refuse a plan that is older than the project allows, however little moved since."""
    age, most = plan_age(project, saved), project.config.plan_days
    if age is None or most is None or 0 <= age <= most:
        return
    say = project.say
    if age < 0:
        why = say(_("the plan says that it was made on a day to come ({day})"), day=saved.made_on)
    else:
        limit = say.count(_("{n} day at most"), _("{n} days at most"), most)
        why = say.count(_("the plan is {n} day old: {limit} (seuils.age_du_plan)"),
                        _("the plan is {n} days old: {limit} (seuils.age_du_plan)"), age, limit=limit)  # fmt: skip
    raise _stale(project, saved, name, (why,))


def _refuse_not_back(project: OpenProject, saved: Plan, name: str) -> None:
    """Refuse a plan back to an earlier approval whose sheets are not on the disk: git brings them, no other plan does."""
    if saved.options.to is None:
        return
    try:
        again = plan_to(project, saved.options.to, saved.options)
    except ChorusConfigError:
        return
    wanted = again.draft.plan
    if (wanted.before, wanted.desired.digest) == (saved.before, saved.desired.digest):
        message = _(
            "nothing was approved: the plan leads back to the sheets of approval {serial}, and those on the disk are others. "
            "Commit your own changes; then {command} brings those sheets back, and chorus-config apply {name} approves them"
        )
        raise Refused(project.say(message, serial=saved.options.to, command=again.git_command, name=printable(name)))


def _stale(project: OpenProject, saved: Plan, name: str, moved: tuple[str, ...]) -> Refused:
    message = _("nothing was approved: {why}. To go on: {command}, review, then apply it")
    return Refused(project.say(message, why=project.say(_("; ")).join(moved), command=plan_command(project, saved, name)))


def _write(project: OpenProject, ready: ReadyPlan, ledger: Ledger) -> StoreWrite:
    made, draft = ready.plan, ready.draft
    files = draft.records.paths | {ready.state.snapshot.records[root].path for root in draft.forgotten}
    commit, dirty = commit_of(project.root, files)
    why = project.say(_("replaced by a later approval"))
    sides = ComparedSides(draft.records.finder(), ledger.confirmed.get, date.fromisoformat(made.as_of))
    opening = open_operations(made, ledger.operations, draft.forgotten, sides, why)
    settled = {"operations": history_rows(ledger.operations, opening.closings)} if opening.closings else {}
    return StoreWrite(
        plan=made.digest,
        lineage=made.before.lineage,
        serial=made.before.serial,
        at=now(),
        records=draft.records,
        forgotten=draft.forgotten,
        operations=opening.operations,
        closings=opening.closings,
        document={**streamed_document(made), **settled, "dirty": dirty},
        commit=commit,
    )
