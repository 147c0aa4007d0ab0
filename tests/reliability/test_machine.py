"""An office for a long day: edits, plans, approvals, a second user, confirmations, crashes; the store stays true."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from chorus_config.store import store as store_module
from tests.conftest import Figure
from tests.diff.strategies import Pen, pens
from tests.engine.making import sheet
from tests.postgres import Server
from tests.reliability.office import Office, after
from tests.reliability.running import SOAK
from tests.store.places import BasePlace, FilePlace, Place

_ROOTS = ("21169999600016", "21169999600024", "dgs", "elu")
_STEPS = ("write_records", "write_confirmed", "write_closings", "write_operations", "write_history", "count_open")
_counted = {"steps": 0, "approvals": 0, "refusals": 0, "crashes": 0, "entered": 0}


def settled(examples: int) -> settings:
    """Return how long to try; the same cases each time, but for a soak."""
    return settings(
        max_examples=examples, stateful_step_count=30, deadline=None, derandomize=not SOAK, database=None,
        suppress_health_check=list(HealthCheck), print_blob=False,
    )  # fmt: skip


@contextmanager
def failing(step: str) -> Iterator[None]:
    """Make one step of a write fail."""

    def fail(*_args: object) -> None:
        raise RuntimeError

    kept = getattr(store_module, step)
    setattr(store_module, step, fail)
    try:
        yield
    finally:
        setattr(store_module, step, kept)


class Day(RuleBasedStateMachine):
    """What people do, in any order."""

    make: Callable[[Path], Place] = staticmethod(FilePlace)

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="chorus-office-"))
        self.office = Office(type(self).make(self.folder))
        self.plans: list[str] = []
        self.late: list[tuple[Any, Any]] = []
        self.portal: dict[str, str] = {}

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)

    @initialize(pen=pens)
    def begin(self, pen: Pen) -> None:
        """Begin with sheets, approved."""
        for root in _ROOTS[:3]:
            self.edit(root, pen)
        self.apply()

    @rule(root=st.sampled_from(_ROOTS), pen=pens)
    def edit(self, root: str, pen: Pen) -> None:
        """Write a sheet anew."""
        body = pen.sheet(root) if root.isdigit() else pen.account(root)
        self.office.sheets[f"structures/{root}.yaml" if root.isdigit() else f"comptes/{root}.yaml"] = body

    @rule(root=st.sampled_from(_ROOTS), pen=pens)
    def edit_a_little(self, root: str, pen: Pen) -> None:
        """Replace one block of a sheet."""
        path = f"structures/{root}.yaml"
        if path in self.office.sheets:
            self.office.sheets[path] = {**self.office.sheets[path], "adresse_postale": pen.address(whole=True)}

    @precondition(lambda self: len(self.office.sheets) > 1)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """Take a sheet away."""
        self.office.sheets.pop(data.draw(st.sampled_from(sorted(self.office.sheets))))

    @rule()
    def save(self) -> None:
        """Save a plan."""
        self.plans.append(self.office.saved())

    @rule()
    def apply(self) -> None:
        """Plan and approve in one go: then nothing is left to plan."""
        assert self.office.apply(None)
        _counted["approvals"] += 1
        assert self.office.draft(self.office.store.read()).plan.changes == ()

    @precondition(lambda self: self.plans)
    @rule(data=st.data())
    def apply_saved(self, data: st.DataObject) -> None:
        """Approve a saved plan, fresh or stale."""
        text = data.draw(st.sampled_from(self.plans))
        if self.office.apply(text):
            _counted["approvals"] += 1
            assert self.office.draft(self.office.store.read()).plan.changes == ()
        else:
            _counted["refusals"] += 1

    @rule()
    def second_user_begins(self) -> None:
        """Somebody else plans, passes every check, and goes for a coffee before the write."""
        held = self.office.store.read()
        made = self.office.draft(held)
        if made.plan.changes:
            self.late.append((self.office.approval(held, made), after(held, made)))

    @precondition(lambda self: self.late)
    @rule()
    def second_user_ends(self) -> None:
        """The write comes at last: taken if nothing moved, refused otherwise."""
        _counted["refusals"] += not self.office.write(*self.late.pop(0))

    @rule(pen=pens)
    def second_user_is_overtaken(self, pen: Pen) -> None:
        """Somebody else plans; before the write, an approval is quicker."""
        self.edit(_ROOTS[0], pen)
        self.second_user_begins()
        self.edit(_ROOTS[1], pen)
        self.apply()
        if self.late:
            self.second_user_ends()

    @precondition(lambda self: self.office.serial)
    @rule(data=st.data(), state=st.sampled_from(["entered", "entered", "dropped"]))
    def settle_some(self, data: st.DataObject, state: str) -> None:
        """Enter or drop some of what is open."""
        self.settle(data, state)

    def settle(self, data: st.DataObject, state: str) -> None:
        """Settle some of what is open."""
        waiting = self.office.store.ledger().operations
        if waiting:
            chosen = data.draw(st.lists(st.sampled_from(waiting), min_size=1, max_size=4, unique_by=lambda one: one.id))
            self.office.settle([(one, state) for one in sorted(chosen, key=lambda one: one.id)])
            _counted["entered"] += len(chosen)

    @precondition(lambda self: self.office.serial)
    @rule(data=st.data())
    def enter(self, data: st.DataObject) -> None:
        """Enter the first that is open, after another edit or not."""
        self.settle(data, "entered")

    @rule(step=st.sampled_from(_STEPS))
    def crash(self, step: str) -> None:
        """Lose an approval on the way."""
        if self.office.draft(self.office.store.read()).plan.changes:
            self.office.crash(lambda: failing(step))
            _counted["crashes"] += 1

    @rule(root=st.sampled_from(_ROOTS), text=st.text(max_size=3))
    def hand_edit(self, root: str, text: str) -> None:
        """Somebody changes the portal by hand: nothing here knows."""
        self.portal[root] = text

    @invariant()
    def holds(self) -> None:
        """Whatever was done, the store is true."""
        _counted["steps"] += 1
        self.office.check()


def told() -> str:
    """Return what was done, and begin to count anew."""
    text = ", ".join(f"{number} {name}" for name, number in _counted.items())
    for name in _counted:
        _counted[name] = 0
    return f"{text}; 0 invariants broken"


def test_a_long_day_on_a_file(figure: Figure) -> None:
    run_state_machine_as_test(Day, settings=settled(1000 if SOAK else 15))
    figure(told())


def test_a_long_day_on_a_server(figure: Figure, postgres_server: Server) -> None:
    def make(root: Path) -> Place:
        name = postgres_server.emptied()
        return BasePlace(root, postgres_server.url(name), postgres_server, name)

    day = type("DayOnAServer", (Day,), {"make": staticmethod(make)})
    run_state_machine_as_test(day, settings=settled(200 if SOAK else 3))
    figure(told())


def begun(place: Place) -> tuple[Office, tuple[Any, Any]]:
    """Return an office in which somebody else is about to write what is stale by then."""
    office = Office(place, {f"structures/{root}.yaml": sheet(root) for root in _ROOTS[:2]})
    assert office.apply(None)
    office.sheets[f"structures/{_ROOTS[0]}.yaml"] = sheet(_ROOTS[0], espaces=["Travaux"])
    held = office.store.read()
    made = office.draft(held)
    late = office.approval(held, made), after(held, made)
    office.sheets[f"structures/{_ROOTS[1]}.yaml"] = sheet(_ROOTS[1], espaces=["Achats"])
    assert office.apply(None)
    return office, late


def test_the_model_notices_a_store_without_its_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine is worth what it finds."""
    office, late = begun(FilePlace(tmp_path))
    assert office.write(*late) is False

    def swap(_self: Any, connection: Any, wanted: Any) -> int:
        connection.exec_driver_sql("UPDATE meta SET serial = serial + 1")
        return int(connection.exec_driver_sql("SELECT serial FROM meta").scalar_one())

    monkeypatch.setattr(store_module.Store, "_swap", swap)
    with pytest.raises(AssertionError):
        office.write(*late)


def test_the_model_notices_an_operation_that_is_not_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, _late = begun(FilePlace(tmp_path))
    office.check()
    monkeypatch.setattr(store_module, "write_closings", lambda *_args: True)
    office.settle([(office.store.ledger().operations[0], "entered")])
    with pytest.raises(AssertionError):
        office.check()
