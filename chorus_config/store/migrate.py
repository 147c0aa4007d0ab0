"""Moving a store to another database, whole: who it is, what it holds, its operations with their numbers, its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, literal, select

from chorus_config.diff.sensitive import canonical, digest
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Refused
from chorus_config.store.store import Store
from chorus_config.store.tables import FORMAT, METADATA, OPERATIONS, missing

Rows = dict[str, list[dict[str, Any]]]
# What differs between two copies of one store: an old one has an old format.
_FORMAT_COLUMN: Final = "format"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was copied: how many rows of each table, and the digest of all of them, found equal on both sides."""

    counts: Mapping[str, int]
    digest: str


def move(source: Store, target: Store, say: Translator) -> Moved:
    """Copy a store into an empty one, in one transaction, and read it back; the source is only read.

    Raises NoInput when there is no source, Refused when the target holds something or the copy is not the same.
    """
    rows = require_movable(source, target, say)
    target.database.prepare()
    with target.database.begin(write=True) as connection:
        if target.format_of(connection):
            raise _not_empty(target, say)
        METADATA.create_all(connection)
        _insert(connection, rows)
        target.database.stamp(connection, FORMAT)
        _require_same(rows, _read(connection, FORMAT), say)
        # Whoever wrote to the source meanwhile would be lost.
        _require_same(rows, _rows_of(source), say)
    _require_same(rows, _rows_of(target), say)
    return Moved({name: len(found) for name, found in rows.items()}, _digest(rows))


def _rows_of(store: Store) -> Rows | None:
    if not store.database.exists():
        return None
    with store.database.begin(write=False) as connection:
        number = store.format_of(connection)
        return _read(connection, number) if number else None


def require_movable(source: Store, target: Store, say: Translator) -> Rows:
    """Return what is to be copied. Raises NoInput when there is nothing, Refused when the target holds something."""
    rows = _rows_of(source)
    if rows is None:
        raise NoInput(say(_("there is no store at {path}"), path=source.database.name or source.url))
    if _rows_of(target) is not None:
        raise _not_empty(target, say)
    return rows


def _not_empty(target: Store, say: Translator) -> Refused:
    message = _("nothing was copied: {path} holds a store already; give the address of an empty one")
    return Refused(say(message, path=target.database.name or target.url))


def _read(connection: Connection, number: int) -> Rows:
    """Return every row of every table; what an old format lacks is empty."""
    lacking = missing(number)
    return {table.name: _table(connection, table, lacking) for table in METADATA.sorted_tables}


def _table(connection: Connection, table: Table, lacking: frozenset[str]) -> list[dict[str, Any]]:
    columns = [literal(None).label(c.name) if table is OPERATIONS and c.name in lacking else c for c in table.c]
    rows = [dict(row) for row in connection.execute(select(*columns)).mappings()]
    # Each database sorts texts in its own way.
    return sorted(({**row, _FORMAT_COLUMN: FORMAT} if _FORMAT_COLUMN in row else row for row in rows), key=canonical)


def _insert(connection: Connection, rows: Rows) -> None:
    for table in METADATA.sorted_tables:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
    highest = max((row["id"] for row in rows[OPERATIONS.name]), default=0)
    if highest and connection.dialect.name == "postgresql":
        # Rows that bring their number do not move the sequence on; SQLite goes on from the highest by itself.
        schema = connection.get_execution_options()["schema_translate_map"][None]
        sequence = func.pg_get_serial_sequence(f"{schema}.{OPERATIONS.name}", "id")
        connection.execute(select(func.setval(sequence, highest)))


def _require_same(one: Rows, other: Rows | None, say: Translator) -> None:
    if other is None or _digest(one) != _digest(other):
        message = _("nothing was copied: the copy differs from the store, which somebody else may be writing; try again")
        raise Refused(say(message))


def _digest(rows: Rows) -> str:
    return digest(rows)
