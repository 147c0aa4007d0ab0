"""What is to be entered, and what was: worksheet, confirm, state, history, locks, from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.app import (
    ConfirmRun,
    OpenProject,
    approve_plan,
    confirm_operations,
    dropped_of_store,
    lock_list,
    lock_release,
    plan_to_approve,
    read_history,
    reopen_operations,
    state_forget,
    state_forgettable,
    state_list,
    state_migrate,
    state_show,
    worksheet_of_plan,
    worksheet_of_store,
)
from chorus_config.model.errors import Locked, NoInput, UsageFault
from chorus_config.model.operation import SettledOperation
from chorus_config.render.history.view import History
from tests.app.conftest import Open
from tests.cli.desk import SECOND, SIRET


@pytest.fixture
def project(opened: Open) -> OpenProject:
    """The example, approved as it stands."""
    made = opened()
    approve_plan(made, plan_to_approve(made))
    return made


def test_a_worksheet_is_the_same_before_and_after(opened: Open) -> None:
    project = opened()
    ready = plan_to_approve(project)
    planned = worksheet_of_plan(ready.plan, "plan.json", project.say, [SIRET])
    approve_plan(project, ready)
    waiting = worksheet_of_store(project, [SIRET])
    assert planned.planned is not waiting.planned
    tasks = [[str(task.item.change.address) for place in one.structures for task in place.tasks] for one in (planned, waiting)]
    assert tasks[0] == tasks[1] != []


def test_operations_are_settled_once(project: OpenProject) -> None:
    run = confirm_operations(project, [SIRET])
    assert isinstance(run, ConfirmRun)
    waiting = run.open()
    run.settle([SettledOperation(one, "entered") for one in waiting])
    assert [one.operation for one in run.settled] == list(waiting)
    assert run.left()[0] == 0 < run.left()[1]
    late = confirm_operations(project)
    late.settle([SettledOperation(waiting[0], "dropped", "too late")])
    assert (late.settled, late.elsewhere) == ([], [waiting[0]])


def test_what_is_recorded_is_listed_shown_and_forgotten(project: OpenProject) -> None:
    source, listed = state_list(project)
    assert [status.record.root for status in listed][:2] == [SIRET, SECOND]
    shown = state_show(project, SECOND)
    assert (shown[0], shown[1].record.root, shown[1].is_confirmed) == (source, SECOND, "no")
    about = state_forgettable(project, SECOND)
    assert about.open_operations == len(shown[1].waiting) > 0
    assert state_forget(project, SECOND) == about.open_operations
    for ask in (state_show, state_forgettable, state_forget):
        with pytest.raises(NoInput):
            ask(project, SECOND)


def test_history_names_each_write(project: OpenProject) -> None:
    state_forget(project, SECOND)
    found = read_history(project)
    assert isinstance(found, History)
    assert [write.entry.event for write in found.writes] == ["apply", "forget"]
    assert [write.entry.event for write in read_history(project, "2").writes] == ["forget"]
    with pytest.raises(NoInput):
        read_history(project, "9" * 14)


def test_a_store_moves_whole(project: OpenProject, tmp_path: Path) -> None:
    moved = state_migrate(project, project.config.store, f"sqlite:///{tmp_path / 'autre.sqlite3'}")
    assert moved.counts["history"] == 1
    with pytest.raises(UsageFault):
        state_migrate(project, "mysql://x", "sqlite:///y")


def test_a_lock_of_somebody_alive_is_theirs_on_a_file(project: OpenProject) -> None:
    assert lock_list(project) == ()
    with pytest.raises(NoInput):
        lock_release(project, "00000000")
    with project.store().locked("Ada", 1):
        (lock,) = lock_list(project)
        assert (lock.who.startswith("Ada"), lock.alive) == (True, True)
        with pytest.raises(Locked, match="wait for it to end"):
            lock_release(project, lock.id, lambda _lock: True)


def test_what_was_dropped_is_found_and_opened_again(project: OpenProject) -> None:
    run = confirm_operations(project, [SIRET])
    (first, *_others) = run.open()
    run.settle([SettledOperation(first, "dropped", "by mistake")])
    assert [(one.id, one.reason) for one in dropped_of_store(project)] == [(first.id, "by mistake")]
    assert [one.address for one in reopen_operations(project, [first.address])] == [first.address]
    assert dropped_of_store(project) == ()
    with pytest.raises(NoInput):
        reopen_operations(project, [first.address])
