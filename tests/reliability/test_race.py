"""Two and more approvals at once: exactly one wins, the others are told (4 or 75), always."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Figure
from tests.engine.making import OTHER, SIRET
from tests.reliability.running import SOAK, Runner, job
from tests.reliability.works import Work, prepared

# Each has something to approve.
_TARGETS = (SIRET, OTHER, "2116*", "*")
_ROUNDS = 100 if SOAK else 1


def won(work: Work, ends: list[Any], before: int) -> None:
    """Assert that exactly one run won, and that exactly one write is in the store."""
    codes = sorted(end.code for end in ends)
    assert codes[0] == 0, [end.err for end in ends]
    assert set(codes[1:]) <= {4, 75}, [end.err for end in ends]
    assert not any("Traceback" in end.err for end in ends)
    meta, _records, _operations, history = work.state()
    assert [row[0] for row in meta] == [before + 1]
    assert [row[0] for row in history] == list(range(1, before + 2))


@pytest.mark.parametrize("racers", [2, 8])
@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
def test_of_applies_of_one_saved_plan_exactly_one_wins(
    work: Work, runner: Runner, figure: Figure, known: bool, racers: int
) -> None:
    wanted = prepared(work, runner, known=known)
    for number in range(_ROUNDS):
        wait = ("0", "10")[number % 2]
        ends = runner.all([job(work.root, ["apply", "plan.json", "--lock-timeout", wait]) for _ in range(racers)])
        won(work, ends, int(known))
        assert work.state() == wanted
        work.back()
    figure(f"{_ROUNDS} races of {racers}: exactly one won in 100 %")


@pytest.mark.parametrize("racers", [2, 8])
def test_of_applies_of_different_plans_exactly_one_wins(work: Work, runner: Runner, figure: Figure, racers: int) -> None:
    prepared(work, runner, known=True)
    for number in range(racers):
        done = runner.run(work.root, ["plan", "--target", _TARGETS[number % 4], "--out", f"{number}.json"])
        assert done.code == 0, done
    work.keep()
    for number in range(_ROUNDS):
        wait = ("0", "10")[number % 2]
        ends = runner.all([job(work.root, ["apply", f"{racer}.json", "--lock-timeout", wait]) for racer in range(racers)])
        won(work, ends, 1)
        work.back()
    figure(f"{_ROUNDS} races of {racers} plans: exactly one won in 100 %")


def test_an_apply_and_a_confirm_at_once_lose_nothing(work: Work, runner: Runner, figure: Figure) -> None:
    prepared(work, runner, known=True)
    for _number in range(_ROUNDS):
        apply, confirm = runner.all([job(work.root, ["apply", "plan.json"]), job(work.root, ["confirm", "--all"])])
        assert confirm.code in {0, 3}, confirm
        assert apply.code in {0, 4}, apply
        meta, _records, operations, history = work.state()
        assert meta[0][0] == len(history) == 1 + (apply.code == 0) + any(row[1] == "confirm" for row in history)
        opened = [row[2] for row in operations if row[5] == "open"]
        assert len(opened) == len(set(opened))
        work.back()
    figure(f"{_ROUNDS} races of apply and confirm: both written, or one told")
