"""What the store asks of a database: SQLite and PostgreSQL answer alike."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection

from chorus_config.model.errors import ChorusConfigError
from chorus_config.model.store_state import Lock


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
