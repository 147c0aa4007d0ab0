"""What is to be entered on the portal: the open operations of the store, or those that a saved plan would open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chorus_config.app.dropped import dropped_of_store
from chorus_config.app.names import known_names
from chorus_config.app.project import OpenProject
from chorus_config.engine.ledger.confirm import targeted
from chorus_config.engine.ledger.pending import operations_of
from chorus_config.i18n.translator import Translator
from chorus_config.model.address import parse_address
from chorus_config.model.plan import Plan
from chorus_config.render.worksheet.view import Worksheet, worksheet_structures


def worksheet_of_store(project: OpenProject, targets: Sequence[str] = (), *, dropped: bool = False) -> Worksheet:
    """Return the open operations by structure; `targets` are identifiants, patterns of them, or addresses.

    What was dropped is beside them; with `dropped`, it alone is meant.
    """
    store = project.store()
    state = store.read()
    approved = state.snapshot
    waiting = () if dropped else targeted(store.operations(only_open=True), targets)
    given_up = targeted(dropped_of_store(project, state), targets)
    names = known_names(project, (parse_address(one.address) for one in (*waiting, *given_up)), approved)
    found, left = (
        worksheet_structures(some, approved.records, names, project.settings.day, project.say) for some in (waiting, given_up)
    )
    return Worksheet(approved.source, found, targets=tuple(targets), dropped=left, only_dropped=dropped)


def worksheet_of_plan(plan: Plan, name: str, say: Translator, targets: Sequence[str] = ()) -> Worksheet:
    """Return what a plan would open, in the same form; neither project nor store is needed. `name` is that of its file."""
    operations = targeted(operations_of(plan), targets)
    found = worksheet_structures(operations, {}, plan.names, date.fromisoformat(plan.as_of), say)
    return Worksheet(name, found, planned=True, targets=tuple(targets))
