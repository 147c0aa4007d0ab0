"""PostgreSQL ends the program's connections at every write point: 69, all or nothing, and how to find out."""

from __future__ import annotations

import time
from itertools import count

from tests.conftest import Figure
from tests.reliability.running import Runner
from tests.reliability.works import BaseWork, prepared


def test_apply_whose_connections_are_ended_at_every_write_point(base_work: BaseWork, runner: Runner, figure: Figure) -> None:
    wanted, ended, unsure, start = prepared(base_work, runner, known=True), 0, 0, time.monotonic()
    before = base_work.state()
    for number in count(1):
        done = runner.run(base_work.root, ["apply", "plan.json"], fault=base_work.fault("terminate", number))
        found = base_work.state()
        if done.code == 0:
            # After the commit: the lock's connection, or no point any more.
            assert found == wanted
            if not done.hit:
                break
        else:
            assert done.code == 69, (number, done)
            assert done.err.count("\n") == 1, done.err
            assert "Traceback" not in done.err
            assert "postgres@" not in done.err
            ended += 1
            told = "chorus-config history" in done.err
            unsure += told
            assert found == before or (told and found == wanted), number
            done = runner.run(base_work.root, ["apply", "plan.json"])
            assert done.code == (4 if found == wanted else 0), (number, done)
            assert base_work.state() == wanted
        base_work.back()
    assert ended > 10
    assert unsure > 0
    figure(f"connections ended at {ended} points: 69 each time, all or nothing, {unsure} named history; "
           f"{time.monotonic() - start:.0f} s")  # fmt: skip
