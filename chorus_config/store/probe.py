"""Whether a store can be read and written: a write of nothing, begun and taken back."""

from __future__ import annotations

from typing import NoReturn

from msgspec import Struct
from sqlalchemy import Connection, inspect, select, update
from sqlalchemy.schema import CreateSchema

from chorus_config.store.formats import FORMAT
from chorus_config.store.store import Store
from chorus_config.store.tables import META, make_tables


class Probed(Struct, frozen=True):
    """What a store says of itself: its format (0 before the first approval), the number of its last write, and its instant."""

    format: int
    serial: int = 0
    written_at: str = ""

    @property
    def is_current(self) -> bool:
        """Whether no write has to bring it up to date first."""
        return self.format in {0, FORMAT}


class _TakenBack(Exception):
    """Ends a transaction that nobody is to see."""


def probe(store: Store) -> Probed | None:
    """Return what a store says of itself, after a write that was taken back; None when there is none yet.

    Raises Unavailable (unreachable, damaged, not writable), Refused (a newer format), Locked.
    """
    if not store.database.exists():
        return None
    with store.database.begin(write=False) as connection:
        number = store.format_of(connection)
        meta = connection.execute(select(META.c.serial, META.c.written_at)).one() if number else None
    try:
        with store.database.begin(write=True) as connection:
            _write_and_take_back(connection, number)
    except _TakenBack:
        pass
    return Probed(number) if meta is None else Probed(number, meta.serial, meta.written_at)


def _write_and_take_back(connection: Connection, number: int) -> NoReturn:
    schema = connection.get_execution_options().get("schema_translate_map", {}).get(None)
    if number:
        # What does not change a row, SQLite does not write.
        connection.execute(update(META).values(serial=META.c.serial + 1))
    else:
        if schema and not inspect(connection).has_schema(schema):
            connection.execute(CreateSchema(schema))
        make_tables(connection)
    raise _TakenBack
