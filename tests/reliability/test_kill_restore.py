"""kill -9 while a store is saved and brought back: the file is whole or not there, the store as before or as in the backup."""

from __future__ import annotations

import signal
from itertools import count

import pytest

from tests.conftest import Figure
from tests.reliability.running import Runner
from tests.reliability.works import Work, prepared

if not hasattr(signal, "SIGKILL"):
    pytest.skip("no kill -9 here", allow_module_level=True)

_MOST = 400
_RESTORE = ["state", "restore", "b", "--force", "--yes"]


@pytest.mark.parametrize("empty", [False, True], ids=["in its place", "into nothing"])
def test_restore_killed_at_every_write_point(work: Work, runner: Runner, figure: Figure, empty: bool) -> None:
    """What is killed leaves all or nothing, and going on ends where an undisturbed run ends."""
    prepared(work, runner, known=True)
    wanted = work.state()
    assert runner.run(work.root, ["state", "backup", "b"]).code == 0
    if empty:
        nothing(work)
    else:
        assert runner.run(work.root, ["apply", "plan.json"]).code == 0
    work.keep()
    before, written = work.state(), 0
    assert before != wanted
    for number in count(1):
        assert number < _MOST
        done = runner.run(work.root, _RESTORE, fault=work.fault("kill", number))
        if done.code == 0:
            break
        assert done.code == -signal.SIGKILL, (number, done)
        found = work.state()
        assert found in (before, wanted), number
        written += found == wanted
        again = runner.run(work.root, _RESTORE, ["plan"])
        assert again.code == 0, (number, again)
        assert work.state() == wanted, number
        work.back()
    assert work.state() == wanted
    assert number > 8
    figure(f"{number - 1} kills of a restore, 0 by half; {written} came after the commit")


def test_backup_killed_at_every_write_point(work: Work, runner: Runner, figure: Figure) -> None:
    prepared(work, runner, known=True)
    assert runner.run(work.root, ["state", "backup", "whole"]).code == 0
    expected, before = (work.root / "whole").read_bytes(), work.state()
    for number in count(1):
        assert number < _MOST
        done = runner.run(work.root, ["state", "backup", "b"], fault=work.fault("kill", number))
        file = work.root / "b"
        assert not file.exists() or file.read_bytes() == expected, number
        assert work.state() == before
        if done.code == 0:
            break
        assert done.code == -signal.SIGKILL, (number, done)
        file.unlink(missing_ok=True)
    assert (work.root / "b").read_bytes() == expected
    figure(f"{number - 1} kills of a backup, no file by half")


def nothing(work: Work) -> None:
    """Take the store away."""
    import shutil

    from tests.reliability.works import BaseWork

    if isinstance(work, BaseWork):
        work.server.execute("DROP SCHEMA IF EXISTS chorus_config CASCADE", database=work.database)
        work.server.execute("DROP SCHEMA IF EXISTS kept CASCADE", database=work.database)
    else:
        shutil.rmtree(work.root / ".chorus-config")
