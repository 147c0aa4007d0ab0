"""Reading and writing a store. Every write is one transaction and a compare-and-swap on (lineage, serial)."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import InvalidRequestError

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Refused
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Snapshot
from chorus_config.model.store_state import HistoryEntry, Ledger, Lock, StoreState, StoreWrite
from chorus_config.store.address import is_postgres, postgres_url, sqlite_path
from chorus_config.store.database import Database
from chorus_config.store.formats import FORMAT
from chorus_config.store.rows import (
    confirmed,
    count_open,
    history,
    operations,
    records,
    seen_only,
    write_closings,
    write_confirmed,
    write_history,
    write_operations,
    write_records,
)
from chorus_config.store.sqlite import SqliteDatabase
from chorus_config.store.tables import HISTORY, META, make_tables, migrate


class Store:
    """The store of a project, in SQLite or PostgreSQL; it need not exist until the first approval."""

    def __init__(self, url: str, root: Path, say: Translator) -> None:
        self._say = say
        self.database = _database(url, root, say)
        # As it may be shown, and kept in plans: nobody's name stands in it.
        self.url = self.database.name or url

    def read(self, trusted: Collection[str] = ()) -> StoreState:
        """Return what is approved. Writes nothing. Raises Unavailable, Locked, Refused (a newer format).

        `trusted` are the digests of records (`Records.digest_of`) that were found whole before.
        """
        with self._reading() as found:
            if found is None:
                return StoreState(Snapshot(source=self.url))
            connection, _format = found
            meta = connection.execute(select(META)).one()
            plans = frozenset(connection.execute(select(HISTORY.c.plan).where(HISTORY.c.event == "apply")).scalars())
            # SQLite keeps any text where a number should stand.
            if not isinstance(meta.serial, int):
                raise TypeError(meta.serial)
            snapshot = Snapshot(records(connection, trusted), self.url, meta.written_at, meta.lineage, meta.serial)
            return StoreState(snapshot, bytes.fromhex(meta.secret), count_open(connection), plans, seen_only(connection))

    def ledger(self) -> Ledger:
        """Return the open operations and what is confirmed. Writes nothing. Raises like `read`."""
        with self._reading() as found:
            if found is None:
                return Ledger()
            connection, number = found
            return Ledger(operations(connection, number, "open"), confirmed(connection))

    def operations(self, *, only_open: bool = False) -> tuple[Operation, ...]:
        """Return every operation there ever was, or the open ones, in the order they were opened. Raises like `read`."""
        with self._reading() as found:
            return () if found is None else operations(*found, "open" if only_open else None)

    def dropped(self) -> tuple[Operation, ...]:
        """Return every operation that was dropped, whyever, in the order they were opened. Raises like `read`."""
        with self._reading() as found:
            return () if found is None else operations(*found, "dropped")

    def history(self) -> tuple[HistoryEntry, ...]:
        """Return every write, the oldest first. Writes nothing. Raises like `read`."""
        with self._reading() as found:
            return () if found is None else history(found[0])

    def confirmations(self) -> tuple[HistoryEntry, ...]:
        """Return the writes that noted something of the portal, the oldest first: entries, and readings. Raises like `read`."""
        with self._reading() as found:
            return () if found is None else history(found[0], ("confirm", "record", "import"))

    def write(self, write: StoreWrite) -> int:
        """Write in one transaction; return how many operations are then open. Raises Refused when the store moved."""
        # Whose database it is must be known before the settings of a writer touch it.
        if not self._exists():
            self.database.prepare()
        with self.database.begin(write=True) as connection:
            self._migrate(connection)
            serial = self._swap(connection, write)
            write_records(connection, write)
            write_confirmed(connection, write)
            if not write_closings(connection, write):
                raise Refused(self._say(_("an operation was settled since it was read: nothing was written")))
            write_operations(connection, write, serial)
            write_history(connection, write, serial)
            return count_open(connection)

    @contextmanager
    def locked(self, who: str, timeout: float) -> Iterator[Lock | None]:
        """Hold the store for one write: a courtesy to those who wait, the swap is what protects. Gives who died holding it."""
        with self.database.lock(who, timeout) as dead:
            yield dead

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, int] | None]:
        """Open a reader's transaction, None when there is nothing; what no write of ours left is told as damage."""
        if not self.database.exists():
            yield None
            return
        with self.database.begin(write=False) as connection:
            number = self.format_of(connection)
            try:
                yield (connection, number) if number else None
            except (ValueError, TypeError, KeyError, RecursionError, InvalidRequestError) as error:
                raise self.database.unavailable(self._say(_("what it holds is damaged"))) from error

    def _exists(self) -> bool:
        """Tell whether there is a store of ours. Raises like `read`."""
        if not self.database.exists():
            return False
        with self.database.begin(write=False) as connection:
            return self.format_of(connection) > 0

    def format_of(self, connection: Connection) -> int:
        """Return the format of the store, 0 for an empty one. Refuses a newer one."""
        found = self.database.format_of(connection)
        if found > FORMAT:
            message = _("the store {path} has format {found}, this version knows {known}: update chorus-config")
            raise Refused(self._say(message, path=self.url, found=found, known=FORMAT))
        return found

    def _migrate(self, connection: Connection) -> None:
        """Bring the store to the current format, inside the transaction of the write that needs it."""
        found = self.format_of(connection)
        if found == FORMAT:
            return
        if found == 0:
            make_tables(connection)
        else:
            migrate(connection, found)
        self.database.stamp(connection, FORMAT)

    def _swap(self, connection: Connection, write: StoreWrite) -> int:
        """Step the serial if the store is still the one that was worked on; return the new serial."""
        stamp = {"serial": write.serial + 1, "format": FORMAT, "written_at": write.at}
        if (write.lineage, write.serial) == (None, 0) and connection.execute(
            select(func.count()).select_from(META)
        ).scalar_one() == 0:
            first = {**stamp, "lineage": str(uuid.uuid4()), "secret": secrets.token_hex(32)}
            connection.execute(insert(META), first)
            return write.serial + 1
        here = (META.c.lineage == write.lineage) & (META.c.serial == write.serial)
        if connection.execute(update(META).where(here).values(**stamp)).rowcount != 1:
            raise Refused(self._say(_("the store changed since the plan was made: plan again")))
        return write.serial + 1


def _database(url: str, root: Path, say: Translator) -> Database:
    """Return the database of an address. Raises ProjectFault."""
    if is_postgres(url):
        from chorus_config.store.postgres import PostgresDatabase  # noqa: PLC0415 - most projects have a file

        return PostgresDatabase(postgres_url(url, say), say)
    return SqliteDatabase(sqlite_path(url, root, say), say)
