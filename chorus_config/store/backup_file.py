"""The format of a backup: gzip around lines of JSON, the first about the whole, each other one row of a table.

The first line holds `type`, `format_version`, `store_format`, who the store is (`lineage`, `serial`, `written_at`), how many
rows each table has, and the digest of all of them. The same store gives the same bytes. Values stand in clear: a backup that
hides an IBAN could not bring it back.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from chorus_config.diff.sensitive import canonical
from chorus_config.store.contents import Rows, digest_of
from chorus_config.store.formats import FORMAT
from chorus_config.store.tables import METADATA, OPERATIONS, missing

TYPE: Final = "chorus-config-backup"
VERSION: Final = "1.0"
# What no row of ours reaches; a file may be small and its content without end.
_LONGEST: Final = 256 * 1024 * 1024
# PostgreSQL counts no further in the columns that we number with.
_HIGHEST: Final = 2**31 - 1


class BackupHead(Struct, frozen=True):
    """What a backup says of itself: which store, after which write, of when; its format, rows by table, their digest."""

    lineage: str
    serial: int
    written_at: str
    store_format: int
    rows: Mapping[str, int]
    digest: str


class NotWhole(Exception):
    """The bytes are no backup, or not all of one, or not as it was written."""


class Newer(Exception):
    """A newer version wrote the backup; `args[0]` is its format as it may be shown."""


def head_of(rows: Rows) -> BackupHead:
    """Return the first line of the backup of a store's rows, which are in the current format."""
    (meta,) = rows["meta"]
    counts = {name: len(found) for name, found in rows.items()}
    return BackupHead(meta["lineage"], meta["serial"], meta["written_at"], FORMAT, counts, digest_of(rows))


def packed(rows: Rows) -> bytes:
    """Return a backup of rows, the same for the same."""
    buffer = BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", filename="", mtime=0) as whole:
        whole.write(_line({"type": TYPE, "format_version": VERSION, **asdict(head_of(rows))}))
        for name, found in rows.items():
            for row in found:
                whole.write(_line([name, row]))
    return buffer.getvalue()


def unpacked(raw: bytes) -> tuple[BackupHead, Rows]:
    """Return what a backup says of itself, and its rows in the current format. Raises NotWhole, Newer."""
    try:
        with gzip.GzipFile(fileobj=BytesIO(raw)) as whole:
            lines = _lines(whole)
            head = _head(next(lines, None))
            told = _rows(lines, head.store_format)
    except (OSError, EOFError, ValueError, TypeError, KeyError, RecursionError, zlib.error) as error:
        raise NotWhole from error
    if {name: len(found) for name, found in told.items()} != head.rows or digest_of(told) != head.digest:
        raise NotWhole
    rows = {name: sorted((_complete(name, row) for row in found), key=canonical) for name, found in told.items()}
    _require_fitting(head, rows)
    return head, rows


def _require_fitting(head: BackupHead, rows: Rows) -> None:
    """Raise NotWhole for rows that no database takes, and for those of another store than the first line says."""
    if len(rows["meta"]) != 1 or not all(_fits(name, found) for name, found in rows.items()):
        raise NotWhole
    (meta,) = rows["meta"]
    if (meta["lineage"], meta["serial"], meta["written_at"]) != (head.lineage, head.serial, head.written_at):
        raise NotWhole


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _lines(whole: gzip.GzipFile) -> Iterator[Any]:
    while line := whole.readline(_LONGEST):
        if not line.endswith(b"\n"):
            raise NotWhole
        yield json.loads(line)


def _head(told: Any) -> BackupHead:
    if not isinstance(told, dict) or told.pop("type", None) != TYPE:
        raise NotWhole
    version = str(told.pop("format_version"))
    if version.partition(".")[0] != VERSION.partition(".")[0]:
        raise Newer(version)
    head = BackupHead(**{name: told[name] for name in BackupHead.__struct_fields__})
    if not isinstance(head.store_format, int) or head.store_format < 1:
        raise NotWhole
    if head.store_format > FORMAT:
        raise Newer(str(head.store_format))
    return head


def _rows(lines: Iterator[Any], number: int) -> Rows:
    """Return the rows as they were written, those of each table with the columns of that format and no others."""
    lacking = missing(number)
    columns = {
        table.name: {c.name for c in table.c if table is not OPERATIONS or c.name not in lacking}
        for table in METADATA.sorted_tables
    }
    rows: Rows = {name: [] for name in columns}
    for name, row in lines:
        if set(row) != columns[name]:
            raise NotWhole
        rows[name].append(row)
    return rows


def _complete(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row in the current format: what an older one lacks is empty."""
    full = {column.name: row.get(column.name) for column in METADATA.tables[name].c}
    return {**full, "format": FORMAT} if "format" in full else full


def _fits(name: str, rows: list[dict[str, Any]]) -> bool:
    """Tell whether every value is one that a column takes, in either database, and no key stands there twice."""
    table = METADATA.tables[name]
    keys = [column.name for column in table.primary_key]
    once = {tuple(row[key] for key in keys) for row in rows}
    return len(once) == len(rows) and all(_takes(column, row[column.name]) for column in table.c for row in rows)


def _takes(column: Any, value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    if column.type.python_type is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _HIGHEST
    longest = getattr(column.type, "length", None) or _LONGEST
    return isinstance(value, str) and len(value) <= longest and _storable(value)


def _storable(text: str) -> bool:
    """Tell whether a database takes a text: a NUL and half a surrogate pair it does not."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
