"""kill -9 at every write point: nothing lost, nothing doubled, and going on ends where an undisturbed run ends."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from itertools import count

import pytest

from tests.conftest import Figure
from tests.reliability.running import SOAK, Runner
from tests.reliability.works import Rows, Work, prepared

if not hasattr(signal, "SIGKILL"):
    pytest.skip("no kill -9 here", allow_module_level=True)

_ROUNDS = 4 if SOAK else 1
_PAIRS = [(first, second) for first in (4, 12, 18, 24) for second in (5, 14, 20)]
# Every point once; the lock of the dead is taken over, so that nothing waits.
_MOST = 400


def kill_everywhere(work: Work, runner: Runner, wanted: list[Rows], words: Sequence[str]) -> tuple[int, int]:
    """Kill a command at its n-th point, n = 1, 2, 3… until it passes; each time go on, and compare. Return kills, written."""
    before, written = work.state(), 0
    for number in count(1):
        assert number < _MOST
        done = runner.run(work.root, words, fault=work.fault("kill", number))
        if done.code == 0:
            assert work.state() == wanted
            return number - 1, written
        assert done.code == -signal.SIGKILL, (number, done)
        found = work.state()
        assert found in (before, wanted), number
        written += found == wanted
        again(work, runner, words, done_already=found == wanted)
        assert work.state() == wanted, number
        work.back()
    raise AssertionError


def again(work: Work, runner: Runner, words: Sequence[str], *, done_already: bool) -> None:
    """Go on after a death: the same command; a plan that was approved already is refused, and wants nothing more."""
    done = runner.run(work.root, words)
    if done_already and words[0] == "apply":
        assert done.code == 4, done
        assert "already approved" in done.err
    else:
        assert done.code == 0, done
    assert "Traceback" not in done.err


@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
def test_apply_killed_at_every_write_point(work: Work, runner: Runner, figure: Figure, known: bool) -> None:
    wanted = prepared(work, runner, known=known)
    start = time.monotonic()
    for _round in range(_ROUNDS):
        kills, written = kill_everywhere(work, runner, wanted, ["apply", "plan.json"])
        work.back()
    done = runner.run(work.root, ["apply", "plan.json"], ["plan", "--detailed-exitcode"])
    assert done.code == 0, done
    assert kills > 12
    assert written > 0
    figure(f"{kills} kills of apply, 0 lost, 0 doubled; {written} came after the commit; {time.monotonic() - start:.0f} s")


def test_confirm_killed_at_every_write_point(work: Work, runner: Runner, figure: Figure) -> None:
    prepared(work, runner, known=True)
    assert runner.run(work.root, ["apply", "plan.json"]).code == 0
    work.keep()
    words = ["confirm", "--all"]
    assert runner.run(work.root, words).code == 0
    wanted = work.state()
    work.back()
    kills, _written = kill_everywhere(work, runner, wanted, words)
    assert kills > 12
    assert {row[5] for row in wanted[2]} == {"entered", "dropped"}
    figure(f"{kills} kills of a confirmation, 0 lost, 0 doubled")


def test_a_second_kill_while_going_on(work: Work, runner: Runner, figure: Figure) -> None:
    wanted = prepared(work, runner, known=True)
    pairs = [(first, second) for first in range(3, 90, 2) for second in range(2, 90, 3)] if SOAK else _PAIRS
    kills = 0
    for first, second in pairs:
        ends = [runner.run(work.root, ["apply", "plan.json"], fault=work.fault("kill", at)) for at in (first, second)]
        kills += sum(end.code == -signal.SIGKILL for end in ends)
        done = runner.run(work.root, ["apply", "plan.json"])
        assert done.code in {0, 4}, done
        assert work.state() == wanted, (first, second)
        work.back()
    figure(f"{len(pairs)} pairs of kills ({kills} kills), 0 lost, 0 doubled")
