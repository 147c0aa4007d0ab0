"""The rows of a store, to and from the model. Bodies and fields are JSON text, packed, in the shape of the sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, bindparam, case, delete, func, insert, literal, null, select, update

from chorus_config.diff.sensitive import canonical_pieces
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import HistoryEntry, StoreWrite
from chorus_config.store.formats import NOTHING
from chorus_config.store.packed import packed, packed_fields, packed_stream, unpacked, unpacked_fields
from chorus_config.store.records import Records
from chorus_config.store.tables import HISTORY, OF_THE_WRITE, OPERATIONS, RECORDS, missing

# Bound values in one statement: every SQLite takes 999.
_AT_ONCE: Final = 500
# A driver would hold the whole answer of a server beside what is read from it.
_STREAM: Final = {"yield_per": 1000}

_T = TypeVar("_T")


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
    columns = [_operation_column(c, lacking) for c in OPERATIONS.c if c.name != "serial"]
    query = select(*columns).outerjoin(HISTORY, HISTORY.c.serial == OPERATIONS.c.serial).order_by(OPERATIONS.c.id)
    rows = connection.execute(query.where(OPERATIONS.c.state == state) if state else query)
    return tuple(Operation(**{**row, "fields": unpacked_fields(row["fields"])}) for row in rows.mappings())


def _operation_column(column: Column[Any], lacking: Collection[str]) -> ColumnElement[Any]:
    """Return what is read of a column of operations: what it leaves to the write that opened the operation stands there."""
    if column.name in lacking:
        return literal(None).label(column.name)
    if column.name not in OF_THE_WRITE:
        return column
    of_the_write = HISTORY.c[OF_THE_WRITE[column.name]]
    return case((column == "", func.coalesce(of_the_write, "")), else_=column).label(column.name)


def history(connection: Connection, events: Collection[str] = ()) -> tuple[HistoryEntry, ...]:
    """Return every write, or those of some events, the oldest first. Raises ValueError."""
    query = select(HISTORY).order_by(HISTORY.c.serial)
    rows = connection.execute(query.where(HISTORY.c.event.in_(events)) if events else query).mappings()
    return tuple(HistoryEntry(**{**row, "document": _mapping(unpacked(row["document"]))}) for row in rows)


def count_open(connection: Connection) -> int:
    """Return how many operations are open."""
    counted = select(func.count()).select_from(OPERATIONS).where(OPERATIONS.c.state == "open")
    return int(connection.execute(counted).scalar_one())


def write_records(connection: Connection, write: StoreWrite) -> None:
    """Write what is approved; what is forgotten goes whole."""
    if write.forgotten:
        connection.execute(delete(RECORDS).where(RECORDS.c.root == bindparam("at")), [{"at": root} for root in write.forgotten])
    for some in _parts(write.records):
        _write_some(connection, some)


def _write_some(connection: Connection, some: Sequence[Record]) -> None:
    known = _known(connection, [record.root for record in some])
    rows = [{"at": record.root, "path": _storable(record.path), "approved": packed(record.body)} for record in some]
    old, new = ([row for row in rows if (row["at"] in known) is there] for there in (True, False))
    if old:
        changed = update(RECORDS).where(RECORDS.c.root == bindparam("at"))
        connection.execute(changed.values(path=bindparam("path"), approved=bindparam("approved")), old)
    if new:
        connection.execute(insert(RECORDS), [{"root": row.pop("at"), **row} for row in new])


def write_confirmed(connection: Connection, write: StoreWrite) -> None:
    """Write what is known to be on the portal, beside what is approved; of some of it nothing may be approved yet."""
    known = _known(connection, [*write.confirmed])
    rows = [{"at": root, "body": None if body is None else packed(body)} for root, body in write.confirmed.items()]
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
    """Open new operations. What each says of the write that opened it stands there once, in the history."""
    for some in _parts(write.operations):
        rows = [
            {
                "plan": "", "serial": serial, "address": operation.address, "op": operation.op,
                "fields": packed_fields(operation.fields), "state": "open", "opened_at": "", "noted": operation.noted,
            }
            for operation in some
        ]  # fmt: skip
        connection.execute(insert(OPERATIONS), rows)


def write_history(connection: Connection, write: StoreWrite, serial: int) -> None:
    """Note the write, for ever."""
    row = {
        "serial": serial, "event": write.event, "at": write.at, "by": _storable(write.by), "plan": write.plan,
        "commit": write.commit, "document": packed_stream(canonical_pieces(write.document)),
    }  # fmt: skip
    connection.execute(insert(HISTORY), row)


def _parts(items: Iterable[_T]) -> Iterator[list[_T]]:
    """Yield items a few hundred at a time: of a great write, no more rows are held."""
    left = iter(items)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _known(connection: Connection, roots: Sequence[str]) -> frozenset[str]:
    """Return those of the roots that have a record."""
    parts = (roots[start : start + _AT_ONCE] for start in range(0, len(roots), _AT_ONCE))
    found = (connection.execute(select(RECORDS.c.root).where(RECORDS.c.root.in_(part))).scalars() for part in parts)
    return frozenset(root for part in found for root in part)


def _records(rows: Iterable[Any], trusted: Collection[str] = ()) -> Records:
    return Records(((root, text, path) for root, text, path in rows), trusted)


def _mapping(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise TypeError(found)
    return found


def _storable(text: str | None) -> str | None:
    """Return a text that a database takes: the command line and file names may hold bytes that are no UTF-8."""
    return text if text is None else text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")
