"""Running a program once: how long it took, how much memory it and its own processes took, how it ended."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Byte code must be kept, as any installation does: a checkout compiles its modules once, not at every start.
ENVIRONMENT: Final = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Command:
    """A command to measure: the name it is shown under, its words, where it runs, and what must be done before each run.

    `codes` are the exit codes with which it did its work; `before` is handed the number of the run.
    """

    label: str
    words: Sequence[str]
    folder: Path
    codes: tuple[int, ...] = (0,)
    before: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall seconds; MiB of its largest process; MiB of all its processes together, 0 where nobody looked."""

    seconds: float
    largest: float
    together: float


class UnexpectedEnd(Exception):
    """A command did not do what is measured."""


def environment_in(folder: Path) -> dict[str, str]:
    """Return what a command finds around it: what it remembers lies beside what it works on."""
    return {**ENVIRONMENT, "CHORUS_CONFIG_CACHE_DIR": str(folder / ".cache")}


def run(command: Command, turn: int = 0, *, watched: bool = False) -> Run:
    """Run a command; `watched` looks at the memory of all its processes, which may slow it a little.

    Raises `UnexpectedEnd` when it ends with another code than it should.
    """
    if command.before is not None:
        command.before(turn)
    environment = environment_in(command.folder)
    start = time.perf_counter()
    child = subprocess.Popen(
        command.words, cwd=command.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    watch = _Watch(child.pid) if watched else None
    _pid, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    seen = watch.end() if watch else Seen(0.0, 0.0)
    if child.returncode not in command.codes:
        raise UnexpectedEnd(f"{command.label}: {child.returncode}: {' '.join(command.words[:8])[:300]}")
    return Run(seconds, _largest(used.ru_maxrss, seen), seen.together)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of the memory of a process and its own ones, in MiB: the largest one's peak, the highest sum."""

    largest: float
    together: float


def _largest(counted: int, seen: Seen) -> float:
    """Return the MiB of the largest process: what the system counted, which is never less than what this process takes itself.

    A new process begins as a copy of this one, and the system counts that, too: a smaller one is only known by looking at it.
    """
    # Linux counts in KiB, macOS in bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seen.largest if seen.largest and counted <= own * 1.05 else counted / unit


class _Watch:
    """Looks at a process and its own ones from time to time, in a thread, until the end."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._over = threading.Event()
        self._largest = self._together = 0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> Seen:
        """Stop looking and return what was seen."""
        self._over.set()
        self._thread.join()
        return Seen(self._largest / 1024, self._together / 1024)

    def _look(self) -> None:
        start = time.perf_counter()
        pause = 0.005
        while not self._over.wait(pause):
            family = _family(self._process)
            # What processes share is counted in part in each of them (Pss): the sum has it once.
            self._together = max(self._together, sum(_kibibytes(one, "smaps_rollup", "Pss:") for one in family))
            self._largest = max(self._largest, *(_kibibytes(one, "status", "VmHWM:") for one in family))
            # The longer a run, the rarer a look: watching stays a small part of it.
            pause = max(0.005, (time.perf_counter() - start) / 50)


def _family(process: int) -> list[int]:
    """Return a process and those that come of it; none where the system does not tell."""
    found = [process]
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text(encoding="ascii").split():
                found += _family(int(child))
    return found


def _kibibytes(process: int, file: str, name: str) -> int:
    """Return what the system says of the memory of a process under a name; 0 for one that is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/{file}").read_text(encoding="utf-8").splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0
