"""The tables of the store, and the numbered steps that lead to each format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Column, Connection, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.schema import CreateColumn

from chorus_config.store.formats import FORMAT

METADATA: Final = MetaData()

# One row: who this store is, how often it was written, and the key of its digests.
META: Final = Table(
    "meta",
    METADATA,
    Column("lineage", String(36), primary_key=True),
    Column("serial", Integer, nullable=False),
    Column("format", Integer, nullable=False),
    Column("written_at", String(32), nullable=False),
    Column("secret", String(64), nullable=False),
)

# One row per structure or account: what was approved and what was confirmed are never mixed.
RECORDS: Final = Table(
    "records",
    METADATA,
    Column("root", Text, primary_key=True),
    Column("path", Text, nullable=False),
    Column("approved", Text, nullable=False),
    Column("confirmed", Text, nullable=True),
)

# One row per approved change that somebody must enter on the portal.
OPERATIONS: Final = Table(
    "operations",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("plan", String(64), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("op", String(8), nullable=False),
    Column("fields", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("closed_at", String(32), nullable=True),
    Column("closed_by", Text, nullable=True),
    Column("reason", Text, nullable=True),
    # The gesture noted when it was opened; empty where it follows from the rest.
    Column("noted", String(8), nullable=True),
    Index("operations_state", "state"),
)

# One row per write, for ever: who approved which plan, from which commit, with which changes.
HISTORY: Final = Table(
    "history",
    METADATA,
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("event", String(16), nullable=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=True),
    Column("plan", String(64), nullable=False, index=True),
    Column("commit", String(64), nullable=True),
    Column("document", Text, nullable=False),
)

# What an operation leaves empty, from format 4 on, where the write of its serial says the same.
OF_THE_WRITE: Final = {"plan": "plan", "opened_at": "at"}

# What each format added to the one before: columns that old rows leave empty. Format 4 packs what is JSON (packed.py); rows
# that were written before stay as they are.
_ADDED: Final[Mapping[int, tuple[tuple[Table, str], ...]]] = {
    2: ((OPERATIONS, "closed_at"), (OPERATIONS, "closed_by"), (OPERATIONS, "reason")),
    3: ((OPERATIONS, "noted"),),
    4: (),
}


def make_tables(connection: Connection) -> None:
    """Make the tables of the current format in an empty database."""
    METADATA.create_all(connection)


def migrate(connection: Connection, found: int) -> None:
    """Lead a database from a format to the current one, inside the transaction of the write that needs it."""
    for step in range(found + 1, FORMAT + 1):
        for table, name in _ADDED[step]:
            column = CreateColumn(table.c[name]).compile(dialect=connection.dialect)
            prepared = connection.dialect.identifier_preparer.format_table(table)
            schema = connection.get_execution_options().get("schema_translate_map", {}).get(None)
            place = f"{schema}.{prepared}" if schema else prepared
            connection.exec_driver_sql(f"ALTER TABLE {place} ADD COLUMN {column}")


def missing(found: int) -> frozenset[str]:
    """Return the columns of operations that a format does not have yet: a reader of an old store takes them as empty."""
    return frozenset(name for step, added in _ADDED.items() if step > found for _table, name in added)
