"""What is to be entered on the portal: the open operations of the store, or those that a saved plan would open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from chorus_config.app.dropped import dropped_of_store
from chorus_config.app.names import known_names
from chorus_config.app.project import OpenProject
from chorus_config.diff.operations import operations_of
from chorus_config.engine.drift.compare import matches_target
from chorus_config.engine.ledger.confirm import targeted
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.errors import NoInput
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Plan
from chorus_config.render.worksheet.view import Worksheet, first_access, worksheet_structures
from chorus_config.yamltext.characters import printable


def refuse_unmatched(targets: Sequence[str], roots: Iterable[str], operations: Iterable[Operation], say: Translator) -> None:
    """Raise NoInput when targets name neither a structure nor an operation, open or settled."""
    if targets and not targeted(operations, targets) and not any(matches_target(root, targets) for root in roots):
        message = _("no operation and no approved structure matches {targets}")
        raise NoInput(say(message, targets=", ".join(map(printable, targets))))


def worksheet_of_store(project: OpenProject, targets: Sequence[str] = (), *, dropped: bool = False) -> Worksheet:
    """Return the open operations by structure; `targets` are identifiants, patterns of them, or addresses.

    What was dropped is beside them; with `dropped`, it alone is meant. Raises NoInput for targets that name nothing.
    """
    store = project.store()
    state = store.read()
    approved = state.snapshot
    waiting = () if dropped else targeted(store.operations(only_open=True), targets)
    given_up = targeted(dropped_of_store(project, state), targets)
    if not (waiting or given_up):
        refuse_unmatched(targets, approved.records, store.operations(), project.say)
    names = known_names(project, (parse_address(one.address) for one in (*waiting, *given_up)), approved)
    found, left = (
        worksheet_structures(some, approved.records, names, project.settings.day, project.say) for some in (waiting, given_up)
    )
    access = first_access(project.settings.day, project.say)
    return Worksheet(approved.source, found, targets=tuple(targets), dropped=left, only_dropped=dropped, access=access)


def worksheet_of_plan(plan: Plan, name: str, say: Translator, targets: Sequence[str] = ()) -> Worksheet:
    """Return what a plan would open, in the same form; neither project nor store is needed. `name` is that of its file."""
    planned = operations_of(plan)
    operations = targeted(planned, targets)
    if not operations:
        refuse_unmatched(targets, {change.address.root for change in plan.changes}, planned, say)
    day = date.fromisoformat(plan.as_of)
    found = worksheet_structures(operations, {}, plan.names, day, say)
    return Worksheet(name, found, planned=True, targets=tuple(targets), access=first_access(day, say))
