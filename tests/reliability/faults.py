"""Where a run can be hit, and with what: the n-th write point kills the process, or its connections to the server."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

# What changes nothing and takes nothing.
_READS: Final = re.compile(r"\s*(SELECT(?!.*(advisory|set_config))|PRAGMA \w+$|PRAGMA main)", re.DOTALL | re.IGNORECASE)
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass
class Points:
    """Counts the points a run passes; the n-th one acts."""

    at: int
    act: Callable[[], object]
    passed: int = 0
    last: str = ""

    def hit(self, name: str) -> None:
        """Pass a point."""
        self.passed += 1
        self.last = name
        if self.passed == self.at:
            self.act()


def kill() -> None:
    """End this process as a power cut does: no handler, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)


def terminate(host: str, database: str) -> Callable[[], object]:
    """Return what ends every connection of the program to a database, from the server's side."""
    import psycopg

    def act() -> None:
        with psycopg.connect(host=host, user="postgres", dbname=database, autocommit=True) as base:
            base.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND application_name = 'chorus-config'"
            )

    return act


def arm(points: Points, *, every: bool) -> None:
    """Make every write point of this process pass `points`: each statement, commit, end of a transaction, file.

    `every`: what only reads too, and each statement once more when it is done.
    """
    from sqlalchemy import Engine, event
    from sqlalchemy.pool import Pool

    from chorus_config.store import filelock

    def statement(_connection: Any, _cursor: Any, words: str, *_rest: Any) -> None:
        if every or not _READS.match(words):
            points.hit(words)

    event.listen(Engine, "before_cursor_execute", statement)
    if every:
        event.listen(Engine, "after_cursor_execute", statement)
    event.listen(Engine, "commit", lambda *_args: points.hit("commit"))
    event.listen(Pool, "checkin", lambda *_args: points.hit("ended"))
    written = filelock._write

    def write(handle: int, text: bytes) -> None:
        points.hit("before the lock file is written")
        written(handle, text)
        points.hit("after the lock file is written")

    filelock._write = write
    here = os.getcwd()  # noqa: PTH109

    def audit(name: str, given: tuple[Any, ...]) -> None:
        if name in {"os.mkdir", "os.rename", "os.remove"} or (
            name == "open" and isinstance(given[2], int) and given[2] & _WRITES
        ):
            path = os.path.abspath(os.fsdecode(given[0])) if isinstance(given[0], (str, bytes, os.PathLike)) else ""  # noqa: PTH100
            if path.startswith(here):
                points.hit(f"{name} {path}")

    sys.addaudithook(audit)
