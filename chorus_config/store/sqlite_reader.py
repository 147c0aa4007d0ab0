"""What a plan asks of a store in a SQLite file, read by the driver alone: SQLAlchemy costs more than the reading.

It answers only where nothing is out of the ordinary: the current format, nobody writing, every row as a write of ours left it.
For all else it answers None, and `Store` is asked, which waits, knows older formats and says what is wrong.
"""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from chorus_config.i18n.translator import Translator
from chorus_config.model.snapshot import Snapshot
from chorus_config.model.store_state import StoreState
from chorus_config.store.address import is_postgres, sqlite_path
from chorus_config.store.formats import APPLICATION_ID, FORMAT, NOTHING
from chorus_config.store.records import Records

_T = TypeVar("_T")


def read_file(url: str, root: Path, say: Translator, trusted: Collection[str] = ()) -> StoreState | None:
    """Return what `Store.read` returns, None where it is to be asked. Writes nothing. Raises ProjectFault like it."""

    def _state(base: sqlite3.Connection) -> StoreState:
        ((lineage, serial, written_at, secret),) = base.execute("SELECT lineage, serial, written_at, secret FROM meta")
        if not isinstance(serial, int):
            raise TypeError(serial)
        plans = frozenset(plan for (plan,) in base.execute("SELECT plan FROM history WHERE event = 'apply'"))
        rows = base.execute("SELECT root, approved, path FROM records WHERE approved != ?", (NOTHING,))
        seen = base.execute("SELECT root FROM records WHERE confirmed IS NOT NULL AND approved = ?", (NOTHING,))
        ((count,),) = base.execute("SELECT count(*) FROM operations WHERE state = 'open'")
        snapshot = Snapshot(Records(rows, trusted), url, written_at, lineage, serial)
        return StoreState(snapshot, bytes.fromhex(secret), count, plans, frozenset(name for (name,) in seen))

    return _read(url, root, say, _state)


def has_dropped(url: str, root: Path, say: Translator) -> bool | None:
    """Tell whether any operation was ever dropped, None where `Store.dropped` is to be asked. Raises ProjectFault like it."""

    def _any(base: sqlite3.Connection) -> bool:
        return base.execute("SELECT 1 FROM operations WHERE state = 'dropped' LIMIT 1").fetchone() is not None

    return _read(url, root, say, _any)


def _read(url: str, root: Path, say: Translator, read: Callable[[sqlite3.Connection], _T]) -> _T | None:
    """Return what is read in one transaction, None for a file that is not wholly as it should be."""
    if is_postgres(url):
        return None
    path = sqlite_path(url, root, say)
    try:
        if not stat.S_ISREG((found := path.lstat()).st_mode) or not found.st_size:
            return None
        # Read-write, as `Store` opens it: what a crash left in a journal is rolled back first. Nobody is waited for.
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as base:
            for setting in ("trusted_schema=OFF", "query_only=ON"):
                base.execute(f"PRAGMA {setting}")
            base.execute("BEGIN")
            marks = [base.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
            return read(base) if marks == [(APPLICATION_ID,), (FORMAT,)] else None
    except (OSError, sqlite3.Error, ValueError, TypeError, KeyError, RecursionError):
        return None
