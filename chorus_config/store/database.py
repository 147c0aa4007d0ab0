"""What the store asks of a database, and what SQLite and PostgreSQL share: who locks, how long to wait, the errors."""

from __future__ import annotations

import getpass
import socket
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from secrets import token_hex
from typing import Protocol

from sqlalchemy import Connection

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import ChorusConfigError
from chorus_config.model.store_state import Lock

_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0


class Database(Protocol):
    """One database, reached or not; every failure of it leaves as Unavailable, Locked or Refused."""

    @property
    def name(self) -> str:
        """The address as it may be shown, "" for as it was given."""

    def exists(self) -> bool:
        """Tell whether there may be anything to read. Raises Unavailable."""

    def prepare(self) -> None:
        """Make what the first write needs (a folder, a schema). Raises Unavailable."""

    def begin(self, *, write: bool) -> AbstractContextManager[Connection]:
        """Open one transaction: a writer's waits for the others, a reader's sees one moment. Raises Unavailable, Locked.

        When it is the end of a write that fails, the error says how to find out whether it was written.
        """

    def format_of(self, connection: Connection) -> int:
        """Return the number of the format, 0 for an empty database; leave as `unavailable` what is not ours."""

    def stamp(self, connection: Connection, number: int) -> None:
        """Note the number of the format, in the transaction that made it so."""

    def lock(self, who: str, timeout: float) -> AbstractContextManager[Lock | None]:
        """Hold the store for one write; the lock dies with its holder. Raises Locked when somebody else keeps it.

        Gives whoever died holding it, whose place is taken over, or None.
        """

    def locks(self) -> tuple[Lock, ...]:
        """Return who holds the store, and who died holding it."""

    def release(self, ident: str) -> bool:
        """Take a lock away: of somebody dead its trace, of somebody alive the connection where that can be; False: no such."""

    def unavailable(self, why: str) -> ChorusConfigError:
        """Return the error that says why the store cannot be used."""


def new_lock(who: str) -> Lock:
    """Return a lock for somebody: a name given, else the login; an id that nobody can guess or repeat."""
    return Lock(token_hex(4), who or login(), socket.gethostname(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def login() -> str:
    """Return the name under which this process runs, "?" when the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def unknown_outcome(say: Translator, path: object, why: str) -> str:
    """Return what to tell when it is the very end of a write that failed: then nobody knows, but the store."""
    message = _(
        "the store {path} failed at the very end of the write ({why}): whether it was written, `chorus-config history` tells"
    )
    return say(message, path=path, why=why)


def attempts(timeout: float) -> Iterator[None]:
    """Yield once per attempt, with pauses that double, until so many seconds have passed; at least once."""
    end, pause = time.monotonic() + timeout, _FIRST_PAUSE
    yield
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(pause, left))
        pause = min(pause * 2, _LONGEST_PAUSE)
        yield
