"""A disk that fails: the n-th call, once and for ever; a file that may not grow; a full or read-only file system."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.cli.desk import unprivileged
from tests.conftest import Figure
from tests.reliability.running import SOAK, Done, Runner
from tests.reliability.works import FileWork, Rows, prepared

_SOURCE = Path(__file__).with_name("failing_io.c")
_ALL = [("EIO once", errno.EIO, False), ("ENOSPC for ever", errno.ENOSPC, True),
        ("EIO for ever", errno.EIO, True), ("ENOSPC once", errno.ENOSPC, False)]  # fmt: skip
_FAULTS = _ALL if SOAK else _ALL[:2]
# So many calls in a row that are overcome: there are no more.
_ENOUGH = 4


@pytest.fixture(scope="session")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """A process whose file calls can be made to fail."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not Path("/proc/self/fd").is_dir():
        pytest.skip("NO C COMPILER: nothing was proved about failing calls")
    library = tmp_path_factory.mktemp("io") / "failing_io.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl"], check=True)
    made = Runner(LD_PRELOAD=str(library))
    yield made
    made.close()


def whole(work: FileWork, done: Done, before: list[Rows], wanted: list[Rows]) -> bool:
    """Assert that a run ended well or with one line and 69, and that the store is as before or as wanted. Return which."""
    found = work.state()
    assert done.code in {0, 69}, done
    assert "Traceback" not in done.err
    if done.code == 0:
        assert found == wanted, done
    else:
        assert done.err.count("\n") == 1, done.err
        assert found == before or (found == wanted and "chorus-config history" in done.err), done
    return found == wanted


def going_on(work: FileWork, runner: Runner, wanted: list[Rows], *, written: bool) -> None:
    """Assert that the same command, on a disk that works again, ends where it should."""
    done = runner.run(work.root, ["apply", "plan.json"])
    assert done.code == (4 if written else 0), done
    assert work.state() == wanted
    work.back()


@pytest.mark.parametrize(("number", "for_ever"), [row[1:] for row in _FAULTS], ids=[row[0] for row in _FAULTS])
def test_the_nth_call_fails(file_work: FileWork, failing: Runner, figure: Figure, number: int, for_ever: bool) -> None:
    wanted, failed, overcome = prepared(file_work, failing, known=True), 0, 0
    before = file_work.state()
    for at in count(1):
        fault = {"how": "io", "at": at, "for_ever": for_ever, "errno": number, "match": "/.chorus-config"}
        done = failing.run(file_work.root, ["apply", "plan.json"], fault=fault)
        failed += done.code != 0
        overcome = 0 if done.code else overcome + 1
        written = whole(file_work, done, before, wanted)
        going_on(file_work, failing, wanted, written=written)
        if overcome == _ENOUGH:
            break
    assert failed > 5
    figure(f"{failed} of {at - _ENOUGH} calls failed in turn with 69; quick_check ok, 0 half-written")


@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
def test_a_file_that_may_not_grow(file_work: FileWork, runner: Runner, figure: Figure, known: bool) -> None:
    wanted, failed = prepared(file_work, runner, known=known), 0
    before = file_work.state()
    sizes = [0, 1, 100, 511, 512, 4095, 4096, 5000, 8192, 12288, 16384, 20480, 32768, 65536, 1 << 20]
    for size in sizes:
        done = runner.run(file_work.root, ["apply", "plan.json"], fault={"how": "size", "at": size})
        failed += done.code == 69
        written = whole(file_work, done, before, wanted)
        going_on(file_work, runner, wanted, written=written)
    assert failed > 5
    assert done.code == 0
    figure(f"{len(sizes)} limits of size: {failed} times 69, 0 half-written")


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """Mount a small file system on a folder, where that is allowed."""
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("size", ["4k", "8k", "16k", "24k", "32k", "40k", "48k"])
def test_a_full_file_system(file_work: FileWork, runner: Runner, size: str) -> None:
    wanted = prepared(file_work, runner, known=False)
    folder = file_work.root / ".chorus-config"
    folder.mkdir()
    with mounted(folder, size):
        done = runner.run(file_work.root, ["apply", "plan.json"])
        whole(file_work, done, [[], [], [], []], wanted)


@pytest.mark.parametrize("closed", ["file", "folder"])
def test_what_may_not_be_written(file_work: FileWork, runner: Runner, closed: str) -> None:
    before = unprivileged()
    wanted = prepared(file_work, runner, known=True)
    state = file_work.state()
    path = file_work.root / ".chorus-config" / ("registre.sqlite3" if closed == "file" else "")
    path.chmod(0o400 if closed == "file" else 0o500)
    words = [*before, sys.executable, "-m", "chorus_config", "apply", "plan.json"]
    try:
        done = subprocess.run(words, cwd=file_work.root, check=False, capture_output=True, encoding="utf-8")
    finally:
        path.chmod(0o600 if closed == "file" else 0o700)
    assert done.returncode == 69
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert file_work.state() == state
    going_on(file_work, runner, wanted, written=False)
