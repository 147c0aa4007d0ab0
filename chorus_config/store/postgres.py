"""The store in a PostgreSQL database, shared by a team (design/engine.md, "Store")."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError, NoSuchModuleError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateSchema

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Locked, Unavailable
from chorus_config.model.store_state import Lock
from chorus_config.store.address import shown_address
from chorus_config.store.database import attempts, new_lock, unknown_outcome
from chorus_config.store.tables import META

SCHEMA: Final = "chorus_config"
# Two numbers of our own: advisory locks share one space over the whole database.
_WRITE_KEY: Final = (0x43485243, 1)
_SETUP_KEY: Final = (0x43485243, 2)
_CONNECT_SECONDS: Final = 10
_BUSY_SECONDS: Final = 5
# What an error quotes, in English and in the languages of the portal's people.
_QUOTED: Final = re.compile(r"[\"«“„]\s*(.*?)\s*[\"»”]")
# SQLSTATE classes: 55P03 a lock not granted, 40001 and 40P01 a transaction that lost to another.
_BUSY: Final = frozenset({"55P03", "40001", "40P01"})

# Who holds the store: the advisory lock is the truth, the row only says whose it is.
_LOCKS: Final = Table(
    "locks",
    MetaData(),
    Column("id", String(16), primary_key=True),
    Column("who", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("since", String(32), nullable=False),
    Column("backend", Integer, nullable=False),
)


class PostgresDatabase:
    """A schema of our own in a database that is there already."""

    def __init__(self, url: URL, say: Translator) -> None:
        self.name = shown_address(url)
        self._say = say
        self._url = url
        self._made: Engine | None = None

    def exists(self) -> bool:
        """Tell that there may be anything: only a transaction finds out."""
        return True

    def prepare(self) -> None:
        """Make our schema, once, whoever comes first."""
        if self._has_locks():
            return
        with self._session() as connection, connection.begin():
            self._wait_for_writers(connection)
            if not inspect(connection).has_schema(SCHEMA):
                connection.execute(CreateSchema(SCHEMA))
            if not inspect(connection).has_table("locks", schema=SCHEMA):
                _LOCKS.create(connection)

    @contextmanager
    def begin(self, *, write: bool) -> Iterator[Connection]:
        """Open one transaction; a reader sees one moment of the database and can write nothing."""
        with self._session() as connection:
            options: Any = {} if write else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            ending = False
            try:
                with connection.execution_options(**options).begin():
                    if write:
                        self._wait_for_writers(connection)
                    yield connection
                    ending = write
            except DBAPIError as error:
                raise self._translated(error, ending=ending) from error

    def format_of(self, connection: Connection) -> int:
        """Return what the one row of `meta` says, 0 without our tables; tables of another kind are somebody else's."""
        found = set(inspect(connection).get_table_names(schema=SCHEMA)) - {"locks"}
        if not found:
            return 0
        if "meta" not in found:
            raise self.unavailable(self._say(_("it is not a store of chorus-config")))
        # The first write makes the tables and the row in one transaction: there are both, or neither.
        numbers = connection.execute(select(META.c.format)).scalars().all()
        if len(numbers) != 1 or numbers[0] < 1 or not {"records", "operations", "history"} <= found:
            raise self.unavailable(self._say(_("what it holds is damaged")))
        return int(numbers[0])

    def stamp(self, connection: Connection, number: int) -> None:
        """Nothing to do: the row of `meta`, which every write renews, holds the format."""

    @contextmanager
    def lock(self, who: str, timeout: float) -> Iterator[Lock | None]:
        """Hold the advisory lock on a connection of its own: it is gone the moment that connection is."""
        self.prepare()
        mine = new_lock(who)
        with ExitStack() as stack:
            session = stack.enter_context(self._session()).execution_options(isolation_level="AUTOCOMMIT")
            for _attempt in attempts(timeout):
                if session.execute(select(func.pg_try_advisory_lock(*_WRITE_KEY))).scalar_one():
                    break
            else:
                raise self._locked()
            dead = next(iter(self._rows(session)), None)
            session.execute(delete(_LOCKS))
            backend = session.execute(select(func.pg_backend_pid())).scalar_one()
            row = {"id": mine.id, "who": mine.who, "host": mine.host, "since": mine.since, "backend": backend}
            session.execute(insert(_LOCKS), row)
            try:
                yield None if dead is None else _lock(dead, alive=False)
            finally:
                # The connection may be what failed; then the lock went with it, and the row is taken over by the next.
                _unlock_quietly(session, mine.id)

    def locks(self) -> tuple[Lock, ...]:
        """Return the holder, alive while somebody has the advisory lock."""
        if not self._has_locks():
            return ()
        with self.begin(write=False) as connection:
            alive = self._holders(connection)
            return tuple(_lock(row, alive=row[4] in alive) for row in self._rows(connection))

    def release(self, ident: str) -> bool:
        """Take the row away; somebody alive loses the connection, and with it whatever was not committed."""
        if not self._has_locks():
            return False
        with self._session() as connection, connection.begin():
            row = next((row for row in self._rows(connection) if row[0] == ident), None)
            if row is None:
                return False
            if row[4] in self._holders(connection):
                connection.execute(select(func.pg_terminate_backend(row[4])))
            connection.execute(delete(_LOCKS).where(_LOCKS.c.id == ident))
            return True

    def unavailable(self, why: str) -> Unavailable:
        """Return the error that says why the database cannot be used."""
        return Unavailable(self._say(_("the store {path} cannot be used: {why}"), path=self.name, why=why))

    def _wait_for_writers(self, connection: Connection) -> None:
        """Wait for the other writers, not for ever: two first writes would both make the tables."""
        connection.execute(select(func.set_config("lock_timeout", f"{_BUSY_SECONDS}s", True)))
        connection.execute(select(func.pg_advisory_xact_lock(*_SETUP_KEY)))

    def _has_locks(self) -> bool:
        with self.begin(write=False) as connection:
            return inspect(connection).has_table("locks", schema=SCHEMA)

    def _rows(self, connection: Connection) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.execute(select(_LOCKS))]

    def _holders(self, connection: Connection) -> frozenset[int]:
        # The view is about all the databases of the server.
        query = (
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s AND objsubid = 2 "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return frozenset(connection.exec_driver_sql(query, _WRITE_KEY).scalars())

    @contextmanager
    def _session(self) -> Iterator[Connection]:
        """Open one connection; the database's errors leave as ours, never with its address or a value in them."""
        try:
            # No pool: what is opened here is closed here.
            with self._engine().connect() as connection:
                yield connection.execution_options(schema_translate_map={None: SCHEMA})
        except DBAPIError as error:
            raise self._translated(error) from error

    def _engine(self) -> Engine:
        """Return the engine, made once: a new one asks the server who it is at its first connection."""
        if self._made is None:
            self._made = self._make_engine()
        return self._made

    def _make_engine(self) -> Engine:
        # What its library tells beside its errors is not for the people who read ours.
        logging.getLogger("psycopg").addHandler(logging.NullHandler())
        usual = {"connect_timeout": _CONNECT_SECONDS, "application_name": "chorus-config"}
        try:
            settings = {name: value for name, value in usual.items() if name not in self._url.query}
            return create_engine(self._url, poolclass=NullPool, connect_args=settings)
        except (NoSuchModuleError, ArgumentError, ImportError, InvalidRequestError) as error:
            # The last of them is a driver that is too old.
            message = _("PostgreSQL needs the extra: pip install 'chorus-config[postgres]'")
            raise self.unavailable(self._say(message)) from error

    def _translated(self, error: DBAPIError, *, ending: bool = False) -> Exception:
        if getattr(error.orig, "sqlstate", None) in _BUSY:
            return Locked(self._say(_("somebody else is writing to the store {path}: try again"), path=self.name))
        # The first line only: what follows may quote a row.
        lines = str(error.orig).strip().splitlines()
        why = self._without_names(lines[0]) if lines else type(error.orig).__name__
        return Unavailable(unknown_outcome(self._say, self.name, why)) if ending else self.unavailable(why)

    def _without_names(self, line: str) -> str:
        """Return a line of the server or its library without anybody's name: what it quotes may be one."""
        ours = {self._url.host, self._url.database, SCHEMA}
        kept = _QUOTED.sub(lambda found: found[0] if found[1].partition(".")[0] in ours else "…", line)
        for name in filter(None, (self._url.username, os.environ.get("PGUSER"))):
            kept = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", kept)
        return kept

    def _locked(self) -> Locked:
        found = next((lock for lock in self.locks() if lock.alive), None)
        if found is None:
            return Locked(self._say(_("somebody else is writing to the store {path}: try again"), path=self.name))
        message = _("the store {path} is held by {who} on {host} since {since} (lock {id}): wait, or --lock-timeout SECONDS")
        return Locked(self._say(message, path=self.name, who=found.who, host=found.host, since=found.since, id=found.id))


def _lock(row: tuple[Any, ...], *, alive: bool) -> Lock:
    ident, who, host, since, _backend = row
    return Lock(ident, who, host, since, alive)


def _unlock_quietly(session: Connection, ident: str) -> None:
    try:
        session.execute(delete(_LOCKS).where(_LOCKS.c.id == ident))
        session.execute(select(func.pg_advisory_unlock(*_WRITE_KEY)))
    except DBAPIError:
        session.invalidate()
