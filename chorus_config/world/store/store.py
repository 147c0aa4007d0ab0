"""Reading and writing a store. Every write is one transaction and a compare-and-swap on (lineage, serial)."""

from __future__ import annotations

import json
import secrets
import sqlite3
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from chorus_config.resources.expand import root_of
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.errors import Locked, Refused, Unavailable
from chorus_config.words.held import Approval, Held
from chorus_config.words.snapshot import Record, Snapshot
from chorus_config.world.store.address import sqlite_path
from chorus_config.world.store.engine import engine_for, prepare_folder
from chorus_config.world.store.tables import (
    APPLICATION_ID,
    FORMAT,
    HISTORY,
    META,
    METADATA,
    OPERATIONS,
    RECORDS,
)


class Store:
    """The embedded store of a project; the file need not exist until the first approval."""

    def __init__(self, url: str, root: Path, say: Texts) -> None:
        self.url = url
        self._say = say
        self._path = sqlite_path(url, root, say)

    def read(self) -> Held:
        """Return what is approved. Writes nothing. Raises Unavailable, Locked, Refused (a newer format)."""
        # A first approval that was killed can leave an empty file: it holds nothing, like no file.
        if not self._exists():
            return Held(Snapshot(source=self.url))
        with self._connection(write=False) as connection:
            if self._format(connection) == 0:
                return Held(Snapshot(source=self.url))
            try:
                return self._held(connection)
            except (ValueError, TypeError, InvalidRequestError) as error:
                raise self._unavailable(self._say(_("what it holds is damaged"))) from error

    def approve(self, approval: Approval) -> int:
        """Write an approval in one transaction; return how many operations are open. Raises Refused when the store moved."""
        if self._exists():
            # Whose file it is must be known before the settings of a writer touch it.
            with self._connection(write=False) as connection:
                self._format(connection)
        else:
            prepare_folder(self._path, self._say)
        with self._connection(write=True) as connection:
            self._migrate(connection)
            serial = self._swap(connection, approval)
            _write_records(connection, approval)
            _write_operations(connection, approval, serial)
            row = {
                "serial": serial, "event": "apply", "at": approval.at, "by": approval.by, "plan": approval.plan,
                "commit": approval.commit, "document": json.dumps(approval.document, sort_keys=True),
            }  # fmt: skip
            connection.execute(insert(HISTORY), row)
            return _open(connection)

    def _held(self, connection: Connection) -> Held:
        """Return all that the store holds. Raises ValueError, TypeError or InvalidRequestError on what no apply wrote."""
        meta = connection.execute(select(META)).one()
        rows = connection.execute(select(RECORDS.c.root, RECORDS.c.approved, RECORDS.c.path).order_by(RECORDS.c.root))
        records = {row.root: Record(row.root, _body(row.root, row.approved), row.path) for row in rows}
        plans = frozenset(connection.execute(select(HISTORY.c.plan)).scalars())
        snapshot = Snapshot(records, self.url, meta.written_at, meta.lineage, meta.serial)
        return Held(snapshot, bytes.fromhex(meta.secret), _open(connection), plans)

    def _exists(self) -> bool:
        try:
            found = self._path.lstat()
        except FileNotFoundError:
            return False
        except (OSError, ValueError) as error:
            raise self._unavailable(getattr(error, "strerror", None) or "?") from error
        if stat.S_ISLNK(found.st_mode):
            raise self._unavailable(self._say(_("it is a symbolic link: give the address of the file itself")))
        if not stat.S_ISREG(found.st_mode):
            raise self._unavailable(self._say(_("it is not a file")))
        return found.st_size > 0

    @contextmanager
    def _connection(self, *, write: bool) -> Iterator[Connection]:
        """Open one transaction; the database's errors leave as ours."""
        engine = engine_for(self._path, write=write)
        try:
            with engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise self._translated(error.orig) from error
        except sqlite3.Error as error:
            raise self._translated(error) from error
        finally:
            engine.dispose()

    def _translated(self, error: BaseException | None) -> Exception:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return Locked(self._say(_("somebody else is writing to the store {path}: try again"), path=self._path))
        return self._unavailable(str(error))

    def _unavailable(self, why: str) -> Unavailable:
        return Unavailable(self._say(_("the store {path} cannot be used: {why}"), path=self._path, why=why))

    def _format(self, connection: Connection) -> int:
        """Return the format of the file, 0 for an empty one. Refuses what is not ours and what is newer."""
        ours = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        empty = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if ours != APPLICATION_ID and not empty:
            raise self._unavailable(self._say(_("it is not a store of chorus-config")))
        if found > FORMAT:
            raise Refused(
                self._say(
                    _("the store {path} has format {found}, this version knows {known}: update chorus-config"),
                    path=self._path,
                    found=found,
                    known=FORMAT,
                )
            )
        if not empty and found < 1:
            raise self._unavailable(self._say(_("what it holds is damaged")))
        return 0 if empty else found

    def _migrate(self, connection: Connection) -> None:
        """Bring the file to the current format, inside the transaction of the write that needs it."""
        if self._format(connection) == 0:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            METADATA.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={FORMAT}")

    def _swap(self, connection: Connection, approval: Approval) -> int:
        """Step the serial if the store is still the one that was planned against; return the new serial."""
        stamp = {"serial": approval.serial + 1, "format": FORMAT, "written_at": approval.at}
        if approval.lineage is None and connection.execute(select(func.count()).select_from(META)).scalar_one() == 0:
            first = {**stamp, "lineage": str(uuid.uuid4()), "secret": secrets.token_hex(32)}
            connection.execute(insert(META), first)
            return approval.serial + 1
        here = (META.c.lineage == approval.lineage) & (META.c.serial == approval.serial)
        if connection.execute(update(META).where(here).values(**stamp)).rowcount != 1:
            raise Refused(self._say(_("the store changed since the plan was made: plan again")))
        return approval.serial + 1


def _body(root: str, text: str) -> dict[str, Any]:
    """Return a record's body; raise ValueError when it is not the sheet that its root names."""
    body = json.loads(text)
    if not isinstance(body, dict) or str(root_of(body)) != root:
        raise ValueError(root)
    return body


def _write_records(connection: Connection, approval: Approval) -> None:
    for root in approval.forgotten:
        connection.execute(delete(RECORDS).where(RECORDS.c.root == root))
    known = set(connection.execute(select(RECORDS.c.root)).scalars())
    for record in approval.records:
        row = {"path": record.path, "approved": json.dumps(record.body, ensure_ascii=False)}
        if record.root in known:
            connection.execute(update(RECORDS).where(RECORDS.c.root == record.root).values(**row))
        else:
            connection.execute(insert(RECORDS), {"root": record.root, **row})


def _write_operations(connection: Connection, approval: Approval, serial: int) -> None:
    rows = [
        {
            "plan": approval.plan, "serial": serial, "address": operation.address, "op": operation.op,
            "fields": json.dumps(operation.fields, ensure_ascii=False), "state": "open", "opened_at": approval.at,
        }
        for operation in approval.operations
    ]  # fmt: skip
    if rows:
        connection.execute(insert(OPERATIONS), rows)


def _open(connection: Connection) -> int:
    counted = select(func.count()).select_from(OPERATIONS).where(OPERATIONS.c.state == "open")
    return int(connection.execute(counted).scalar_one())
