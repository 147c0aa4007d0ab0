"""The store in a SQLite file (design/engine.md, "Store")."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Locked, Unavailable
from chorus_config.model.store_state import Lock
from chorus_config.store.database import attempts, new_lock, unknown_outcome
from chorus_config.store.filelock import clear_file, file_holder, hold_file
from chorus_config.store.formats import APPLICATION_ID

_BUSY_SECONDS = 5


def engine_for(path: Path, *, write: bool) -> Engine:
    """Return an engine on a SQLite file; a reader sets `query_only`, a writer begins with the write lock.

    Readers open read-write too: a journal left by a crash must be rolled back before anything is read.
    """
    # Not through a text: a `?` or `%` in the path would lead to another file.
    address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _settings(write=write))
    event.listen(engine, "begin", _begin_writer if write else _begin_reader)
    return engine


def prepare_folder(path: Path, say: Translator) -> None:
    """Make the folder of a new store, kept out of git, and the file itself, readable by its owner alone. Raises Unavailable."""
    try:
        # Only a folder of our own is kept out of git: somebody else's may hold what belongs there.
        own = not path.parent.exists() or path.parent.name == ".chorus-config"
        path.parent.mkdir(parents=True, exist_ok=True)
        ignore = path.parent / ".gitignore"
        # An empty one is what a full disk or a kill left of ours.
        if own and not (ignore.exists() and ignore.stat().st_size):
            ignore.write_text("*\n", encoding="utf-8")
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except OSError as error:
        raise Unavailable(say(_("the store {path} cannot be written: {why}"), path=path, why=os_reason(error, say))) from error


def _settings(*, write: bool) -> Any:
    def _apply(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: our begin event does, with the lock that we want.
        connection.isolation_level = None
        for setting in ("journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "trusted_schema=OFF"):
            # Turning a file to another journal mode is a write: a reader takes the mode as it finds it.
            if write or not setting.startswith("journal_mode"):
                connection.execute(f"PRAGMA {setting}")
        if not write:
            connection.execute("PRAGMA query_only=ON")

    return _apply


def _begin_writer(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reader(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


class SqliteDatabase:
    """A file, which need not exist until the first write."""

    name = ""

    def __init__(self, path: Path, say: Translator) -> None:
        self.path = path
        self._say = say
        self._beside = path.with_name(f"{path.name}.lock")

    def exists(self) -> bool:
        """Tell whether the file holds anything; a first approval that was killed can leave an empty one."""
        try:
            found = self.path.lstat()
        except FileNotFoundError:
            return False
        except (OSError, ValueError) as error:
            raise self.unavailable(os_reason(error, self._say)) from error
        if stat.S_ISLNK(found.st_mode):
            raise self.unavailable(self._say(_("it is a symbolic link: give the address of the file itself")))
        if not stat.S_ISREG(found.st_mode):
            raise self.unavailable(self._say(_("it is not a file")))
        if found.st_size == 1:
            # SQLite takes it for an empty file, and would write over it.
            raise self.unavailable(self._say(_("what it holds is damaged")))
        return found.st_size > 0

    def prepare(self) -> None:
        """Make the folder and the file, readable by its owner alone."""
        prepare_folder(self.path, self._say)

    @contextmanager
    def begin(self, *, write: bool) -> Iterator[Connection]:
        """Open one transaction; the database's errors leave as ours."""
        engine, ending = engine_for(self.path, write=write), False
        try:
            with engine.begin() as connection:
                yield connection
                ending = write
        except DBAPIError as error:
            raise self._translated(error.orig, ending=ending) from error
        except sqlite3.Error as error:
            raise self._translated(error) from error
        finally:
            engine.dispose()

    def format_of(self, connection: Connection) -> int:
        """Return what `user_version` says; a file with tables and without our mark is somebody else's."""
        ours = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        empty = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if ours != APPLICATION_ID and not empty:
            raise self.unavailable(self._say(_("it is not a store of chorus-config")))
        if not empty and found < 1:
            raise self.unavailable(self._say(_("what it holds is damaged")))
        return 0 if empty else found

    def stamp(self, connection: Connection, number: int) -> None:
        """Write our mark and the format into the header of the file."""
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={int(number)}")

    @contextmanager
    def lock(self, who: str, timeout: float) -> Iterator[Lock | None]:
        """Hold the file beside the store."""
        self.prepare()
        mine = new_lock(who)
        with ExitStack() as stack:
            for _attempt in attempts(timeout):
                try:
                    dead = stack.enter_context(hold_file(self._beside, mine))
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise self.unavailable(os_reason(error, self._say)) from error
                break
            else:
                raise self._locked()
            yield dead

    def locks(self) -> tuple[Lock, ...]:
        """Return the one who holds the file beside, or died holding it."""
        try:
            found = file_holder(self._beside)
        except OSError as error:
            raise self.unavailable(os_reason(error, self._say)) from error
        return () if found is None else (found,)

    def release(self, ident: str) -> bool:
        """Clear the trace of somebody dead; somebody alive holds on (Locked): end that program."""
        if not any(lock.id == ident for lock in self.locks()):
            return False
        try:
            if clear_file(self._beside):
                return True
        except OSError as error:
            raise self.unavailable(os_reason(error, self._say)) from error
        raise self._locked()

    def unavailable(self, why: str) -> Unavailable:
        """Return the error that says why the file cannot be used."""
        return Unavailable(self._say(_("the store {path} cannot be used: {why}"), path=self.path, why=why))

    def _translated(self, error: BaseException | None, *, ending: bool = False) -> Exception:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return Locked(self._say(_("somebody else is writing to the store {path}: try again"), path=self.path))
        if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
            message = (
                _("it is not a store of chorus-config") if code == sqlite3.SQLITE_NOTADB else _("what it holds is damaged")
            )
            return self.unavailable(self._say(message))
        return Unavailable(unknown_outcome(self._say, self.path, str(error))) if ending else self.unavailable(str(error))

    def _locked(self) -> Locked:
        found = next((lock for lock in self.locks() if lock.alive), None)
        if found is None:
            return Locked(self._say(_("somebody else is writing to the store {path}: try again"), path=self.path))
        message = _("the store {path} is held by {who} on {host} since {since} (lock {id}): wait, or --lock-timeout SECONDS")
        return Locked(self._say(message, path=self.path, who=found.who, host=found.host, since=found.since, id=found.id))
