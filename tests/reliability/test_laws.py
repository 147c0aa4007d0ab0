"""A plan after its approval is empty, and planning is pure: in a thousand generated cases, and through a real store."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from chorus_config.diff.sensitive import canonical
from chorus_config.engine.planning.draft import Draft
from chorus_config.render.plan.json import plan_document
from tests.conftest import Figure
from tests.diff.strategies import Pair, pairs
from tests.engine.making import approved, plan_of
from tests.reliability.office import Office
from tests.reliability.running import SOAK
from tests.store.places import FilePlace

_CASES = 10_000 if SOAK else 1_000
_usual = settings(deadline=None, derandomize=not SOAK, database=None, suppress_health_check=list(HealthCheck))


def test_a_plan_after_its_approval_is_empty(figure: Figure) -> None:
    seen = {"cases": 0, "changes": 0}

    @settings(_usual, max_examples=_CASES)
    @given(pairs())
    def holds(pair: Pair) -> None:
        first = plan_of({"f.yaml": pair.before})
        state = approved(first)
        made = plan_of({"f.yaml": pair.after}, state)
        again = plan_of({"f.yaml": pair.after}, state)
        assert same(made, again)
        assert plan_of({"f.yaml": pair.after}, approved(made, state)).plan.changes == ()
        seen["cases"] += 1
        seen["changes"] += len(made.plan.changes)

    holds()
    assert seen["cases"] >= _CASES * 0.9
    figure(
        f"{seen['cases']} cases with {seen['changes']} changes: the plan after is empty, the same input gives the same bytes"
    )


def same(one: Draft, other: Draft) -> bool:
    """Tell whether two plans are the same to the byte."""
    return canonical(plan_document(one.plan)) == canonical(plan_document(other.plan))


def test_a_plan_after_its_approval_is_empty_through_a_store(tmp_path: Path, figure: Figure) -> None:
    numbers = count(1)

    @settings(_usual, max_examples=1_000 if SOAK else 100)
    @given(pairs())
    def holds(pair: Pair) -> None:
        root = tmp_path / str(next(numbers))
        root.mkdir()
        office = Office(FilePlace(root))
        for body in (pair.before, pair.after):
            office.sheets = {"f.yaml": body}
            text = office.saved()
            assert office.apply(text)
            # An approval of nothing writes nothing, and can be done again.
            assert office.draft(office.store.read()).plan.changes == ()
        office.check()

    holds()
    figure(f"{next(numbers) - 1} cases through a SQLite store: the plan after is empty")
