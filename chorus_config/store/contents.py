"""All that a store holds, as plain rows: what is copied to another store, and what stands in a backup."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Table, delete, func, insert, literal, select

from chorus_config.diff.sensitive import canonical, digest
from chorus_config.store.formats import FORMAT
from chorus_config.store.store import Store
from chorus_config.store.tables import METADATA, OPERATIONS, missing

Rows = dict[str, list[dict[str, Any]]]
# What differs between two copies of one store: an old one has an old format.
_FORMAT_COLUMN: Final = "format"


def rows_of(store: Store) -> Rows | None:
    """Return every row of a store, of one moment, None without one. Raises like `Store.read`."""
    if not store.database.exists():
        return None
    with store.database.begin(write=False) as connection:
        number = store.format_of(connection)
        return read_rows(connection, number) if number else None


def read_rows(connection: Connection, number: int) -> Rows:
    """Return every row of every table of a format; what an old one lacks is empty."""
    lacking = missing(number)
    return {table.name: _table(connection, table, lacking) for table in METADATA.sorted_tables}


def insert_rows(connection: Connection, rows: Rows) -> None:
    """Write all rows into tables that hold nothing; the numbers of operations go on behind them."""
    for table in METADATA.sorted_tables:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
    highest = max((row["id"] for row in rows[OPERATIONS.name]), default=0)
    if highest and connection.dialect.name == "postgresql":
        # Rows that bring their number do not move the sequence on; SQLite goes on from the highest by itself.
        schema = connection.get_execution_options()["schema_translate_map"][None]
        sequence = func.pg_get_serial_sequence(f"{schema}.{OPERATIONS.name}", "id")
        connection.execute(select(func.setval(sequence, highest)))


def delete_rows(connection: Connection) -> None:
    """Take all rows away; the tables stay."""
    for table in METADATA.sorted_tables:
        connection.execute(delete(table))


def digest_of(rows: Rows) -> str:
    """Return the digest of all rows."""
    return digest(rows)


def _table(connection: Connection, table: Table, lacking: frozenset[str]) -> list[dict[str, Any]]:
    columns = [literal(None).label(c.name) if table is OPERATIONS and c.name in lacking else c for c in table.c]
    rows = [dict(row) for row in connection.execute(select(*columns)).mappings()]
    # Each database sorts texts in its own way.
    return sorted(({**row, _FORMAT_COLUMN: FORMAT} if _FORMAT_COLUMN in row else row for row in rows), key=canonical)
