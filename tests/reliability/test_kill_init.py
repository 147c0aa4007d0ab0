"""kill -9 at every write point of `init`: all files of the new project or none, and a second run ends it."""

from __future__ import annotations

import signal
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import Figure
from tests.reliability.running import Runner
from tests.reliability.works import FileWork

if not hasattr(signal, "SIGKILL"):
    pytest.skip("no kill -9 here", allow_module_level=True)

_MOST = 400
_WORDS = (
    "init", "--siret", "21160999500017", "--raison-sociale", "COMMUNE DE VALMONT", "--email", "factures@valmont.example",
    "--ci", "github",
)  # fmt: skip


def files(root: Path) -> dict[str, bytes]:
    """Return the files of a project, without what the store's folder keeps."""
    found = (path for path in root.rglob("*") if path.is_file() and path.parent.name != ".chorus-config")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_an_init_killed_at_every_write_point_wrote_all_or_nothing(file_work: FileWork, runner: Runner, figure: Figure) -> None:
    work = file_work
    work.keep()
    assert files(work.root) == {}
    assert runner.run(work.root, _WORDS).code == 0
    whole = files(work.root)
    assert len(whole) == 8
    work.back()
    halves = ended = 0
    for number in count(1):
        assert number < _MOST
        done = runner.run(work.root, _WORDS, fault=work.fault("kill", number))
        if done.code == 0:
            break
        assert done.code == -signal.SIGKILL, (number, done)
        halves += files(work.root) not in ({}, whole)
        # Any other command ends it, one way or the other.
        assert runner.run(work.root, ("validate",)).code in {0, 66}
        assert files(work.root) in ({}, whole), number
        ended += files(work.root) == whole
        assert runner.run(work.root, _WORDS).code == 0
        assert files(work.root) == whole, number
        work.back()
    assert halves > 0
    assert ended > 0
    figure(f"{number - 1} kills of an init of {len(whole)} files, {halves} between two of them: 0 left half done")
