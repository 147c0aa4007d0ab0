"""What stands in the columns of a store, packed texts as the JSON they hold."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from chorus_config.store.packed import unpacked


def raw_rows(path: Path, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
    """Return what a SQLite store answers."""
    with closing(sqlite3.connect(path)) as base:
        return [tuple(map(_plain, row)) for row in base.execute(query, values).fetchall()]


def _plain(value: Any) -> Any:
    is_packed = isinstance(value, str) and value.startswith(("z0:", "z1:"))
    return json.dumps(unpacked(value), ensure_ascii=False) if is_packed else value
