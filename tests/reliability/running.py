"""The runner as the tests use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
# As often as a release wants it; a submission has less time.
SOAK: Final = bool(os.environ.get("CHORUS_CONFIG_SOAK"))


@dataclass(frozen=True, slots=True)
class Done:
    """How a child ended: an exit code, or minus the signal that killed it; whether a fault that it survives hit it."""

    code: int
    out: str
    err: str
    hit: bool = False


class Runner:
    """Runs command lines in children of a process that has the program loaded."""

    def __init__(self, **env: str) -> None:
        spoken = ("CHORUS_CONFIG_", "GIT_", "PG", "CI")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(spoken)}
        kept |= {"CHORUS_CONFIG_LANG": "en", "CHORUS_CONFIG_BY": "Ada", "LANGUAGE": "en", "SOAK": "1" if SOAK else "", **env}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.runner"],
            cwd=ROOT, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip

    def all(self, jobs: Sequence[Mapping[str, Any]]) -> list[Done]:
        """Start jobs at one moment, each in a process of its own, and return how they ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([*jobs]) + "\n")
        self._process.stdin.flush()
        return [Done(**row) for row in json.loads(self._process.stdout.readline())]

    def run(self, at: Path, *runs: Sequence[str], fault: Mapping[str, Any] | None = None) -> Done:
        """Run command lines one after the other in one process, as long as they end with 0."""
        return self.all([job(at, *runs, fault=fault)])[0]

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def job(at: Path, *runs: Sequence[str], fault: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """Return a job of the runner."""
    return {"at": str(at), "runs": [[*words] for words in runs], "fault": fault}
