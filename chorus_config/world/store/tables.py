"""The tables of the store, format 1, and the numbered steps that lead to each format."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text

FORMAT: Final = 1
# "CHRC" in ASCII: tells our file from any other SQLite database.
APPLICATION_ID: Final = 0x43485243

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
    Column("root", String(200), primary_key=True),
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
