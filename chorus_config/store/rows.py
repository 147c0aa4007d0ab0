"""The rows of a store, to and from the model. Bodies and fields are JSON text, in the shape of the sheets."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, null, select, update

from chorus_config.diff.expand import root_of
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import HistoryEntry, StoreWrite
from chorus_config.store.tables import HISTORY, NOTHING, OPERATIONS, RECORDS, missing

# Bound values in one statement: every SQLite takes 999.
_AT_ONCE: Final = 500
# A driver would hold the whole answer of a server beside what is read from it.
_STREAM: Final = {"yield_per": 1000}


class Records(Mapping[str, Record]):
    """Records by root, as a store gave them: of a great state only the texts are held, a body is read each time it is asked."""

    def __init__(self, rows: Iterable[tuple[str, str, str]], trusted: Collection[str] = ()) -> None:
        """Take rows of root, body and path. Raises ValueError for a body that is not the one its root names.

        `trusted` are digests of records that were read before: these are not looked into again.
        """
        self._rows: dict[str, tuple[str, str]] = {}
        for root, text, path in rows:
            if not trusted or _digest(root, text, path) not in trusted:
                _body(root, text)
            self._rows[root] = text, path

    def digest_of(self, root: str) -> str:
        """Return the digest of a record as it stands in the store, "" for none."""
        found = self._rows.get(root)
        return "" if found is None else _digest(root, *found)

    def __getitem__(self, root: str) -> Record:
        """Return a record of its own, whoever asked for it before."""
        text, path = self._rows[root]
        return Record(root, json.loads(text), path)

    def __contains__(self, root: object) -> bool:
        """Tell whether there is a record, without reading it."""
        return root in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _digest(root: str, text: str, path: str) -> str:
    return blake2b(f"{root}\0{path}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def records(connection: Connection, trusted: Collection[str] = ()) -> Records:
    """Return what is approved, by root in their order. Raises ValueError on what no write left, save for `trusted` digests."""
    query = select(RECORDS.c.root, RECORDS.c.approved, RECORDS.c.path).where(RECORDS.c.approved != NOTHING)
    return _records(connection.execute(query, execution_options=_STREAM), trusted)


def confirmed(connection: Connection) -> Records:
    """Return what is confirmed, by root; a structure of which nothing is known has no entry. Raises ValueError."""
    query = select(RECORDS.c.root, RECORDS.c.confirmed, RECORDS.c.path).where(RECORDS.c.confirmed.is_not(null()))
    return _records(connection.execute(query, execution_options=_STREAM))


def seen_only(connection: Connection) -> frozenset[str]:
    """Return the roots of which something is confirmed and nothing approved."""
    query = select(RECORDS.c.root).where(RECORDS.c.confirmed.is_not(null()), RECORDS.c.approved == NOTHING)
    return frozenset(connection.execute(query).scalars())


def operations(connection: Connection, number: int, state: str | None = None) -> tuple[Operation, ...]:
    """Return operations in the order they were opened, from a store of any format that we know. Raises ValueError, KeyError."""
    lacking = missing(number)
    columns = [literal(None).label(c.name) if c.name in lacking else c for c in OPERATIONS.c if c.name != "serial"]
    query = select(*columns).order_by(OPERATIONS.c.id)
    rows = connection.execute(query.where(OPERATIONS.c.state == state) if state else query)
    return tuple(Operation(**{**row, "fields": _fields(row["fields"])}) for row in rows.mappings())


def history(connection: Connection, events: Collection[str] = ()) -> tuple[HistoryEntry, ...]:
    """Return every write, or those of some events, the oldest first. Raises ValueError."""
    query = select(HISTORY).order_by(HISTORY.c.serial)
    rows = connection.execute(query.where(HISTORY.c.event.in_(events)) if events else query).mappings()
    return tuple(HistoryEntry(**{**row, "document": _mapping(json.loads(row["document"]))}) for row in rows)


def count_open(connection: Connection) -> int:
    """Return how many operations are open."""
    counted = select(func.count()).select_from(OPERATIONS).where(OPERATIONS.c.state == "open")
    return int(connection.execute(counted).scalar_one())


def write_records(connection: Connection, write: StoreWrite) -> None:
    """Write what is approved; what is forgotten goes whole."""
    if write.forgotten:
        connection.execute(delete(RECORDS).where(RECORDS.c.root == bindparam("at")), [{"at": root} for root in write.forgotten])
    known = _known(connection, [record.root for record in write.records])
    rows = [{"at": record.root, "path": _storable(record.path), "approved": _text(record.body)} for record in write.records]
    old, new = ([row for row in rows if (row["at"] in known) is there] for there in (True, False))
    if old:
        changed = update(RECORDS).where(RECORDS.c.root == bindparam("at"))
        connection.execute(changed.values(path=bindparam("path"), approved=bindparam("approved")), old)
    if new:
        connection.execute(insert(RECORDS), [{"root": row.pop("at"), **row} for row in new])


def write_confirmed(connection: Connection, write: StoreWrite) -> None:
    """Write what is known to be on the portal, beside what is approved; of some of it nothing may be approved yet."""
    known = _known(connection, [*write.confirmed])
    rows = [{"at": root, "body": None if body is None else _text(body)} for root, body in write.confirmed.items()]
    old = [row for row in rows if row["at"] in known]
    new = [row for row in rows if row["at"] not in known and row["body"] is not None]
    if old:
        found = update(RECORDS).where(RECORDS.c.root == bindparam("at"))
        connection.execute(found.values(confirmed=bindparam("body")), old)
    if new:
        connection.execute(
            insert(RECORDS), [{"root": r["at"], "path": "", "approved": NOTHING, "confirmed": r["body"]} for r in new]
        )


def write_closings(connection: Connection, write: StoreWrite) -> bool:
    """Settle operations, each once; False, and the transaction is to be given up, when one was not open."""
    rows = [
        {
            "at": closing.id, "state": closing.state, "reason": _storable(closing.reason),
            "closed_at": write.at, "closed_by": _storable(write.by),
        }
        for closing in write.closings
    ]  # fmt: skip
    still = (OPERATIONS.c.id == bindparam("at")) & (OPERATIONS.c.state == "open")
    # What is settled twice in one write is found by the second update.
    return not rows or connection.execute(update(OPERATIONS).where(still), rows).rowcount == len(rows)


def write_operations(connection: Connection, write: StoreWrite, serial: int) -> None:
    """Open new operations."""
    rows = [
        {
            "plan": write.plan, "serial": serial, "address": operation.address, "op": operation.op,
            "fields": _text(operation.fields), "state": "open", "opened_at": write.at, "noted": operation.noted,
        }
        for operation in write.operations
    ]  # fmt: skip
    if rows:
        connection.execute(insert(OPERATIONS), rows)


def write_history(connection: Connection, write: StoreWrite, serial: int) -> None:
    """Note the write, for ever."""
    row = {
        "serial": serial, "event": write.event, "at": write.at, "by": _storable(write.by), "plan": write.plan,
        "commit": write.commit, "document": json.dumps(write.document, sort_keys=True),
    }  # fmt: skip
    connection.execute(insert(HISTORY), row)


def _known(connection: Connection, roots: Sequence[str]) -> frozenset[str]:
    """Return those of the roots that have a record."""
    parts = (roots[start : start + _AT_ONCE] for start in range(0, len(roots), _AT_ONCE))
    found = (connection.execute(select(RECORDS.c.root).where(RECORDS.c.root.in_(part))).scalars() for part in parts)
    return frozenset(root for part in found for root in part)


def _records(rows: Iterable[Any], trusted: Collection[str] = ()) -> Records:
    # Sorted here: each database has an order of its own for texts.
    return Records(sorted((root, text, path) for root, text, path in rows), trusted)


def _fields(text: str) -> tuple[Mapping[str, Any], ...]:
    found = json.loads(text)
    if not isinstance(found, list):
        raise TypeError(text)
    return tuple(map(_mapping, found))


def _mapping(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise TypeError(found)
    return found


def _body(root: str, text: str) -> dict[str, Any]:
    """Return a record's body; raise ValueError when it is not the sheet that its root names."""
    body = json.loads(text)
    if not isinstance(body, dict) or str(root_of(body)) != root:
        raise ValueError(root)
    return body


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _storable(text: str | None) -> str | None:
    """Return a text that a database takes: the command line and file names may hold bytes that are no UTF-8."""
    return text if text is None else text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")
