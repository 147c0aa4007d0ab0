"""Where in a table its header stands, and which column is which: by the names of the columns, or as a mapping says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct, field

from chorus_config.engine.spreadsheet.cells import text_of
from chorus_config.engine.spreadsheet.columns import Column, ColumnPath, TableKind, plain_title, table_kinds
from chorus_config.model.table import Table, TableRow
from chorus_config.schema.lookup import nearest

# A title, a date, a logo may stand above a header, and no more.
_WITHIN: Final = 30
# A cell that is merged over several rows has its text in the first of them.
_ROWS_MERGED: Final = 3


class ColumnMapping(Struct, frozen=True):
    """What a mapping file says: by list, the page that holds it (plain), and titles (plain) with the path they mean.

    A path of None says that a column is knowingly left aside.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Mapping[str, ColumnPath | None]] = field(default_factory=dict)


class Header(Struct, frozen=True):
    """The header of a table: its kind, the row, which column stands where; the others: unknown ones, and those named twice."""

    kind: TableKind
    row: int
    columns: Mapping[int, Column]
    strangers: Mapping[int, str] = field(default_factory=dict)
    repeated: Mapping[int, Column] = field(default_factory=dict)

    def at(self, path: ColumnPath) -> int | None:
        """Return where the column of a path stands, None for nowhere."""
        return next((index for index, one in self.columns.items() if one.path == path), None)

    def nearest(self, title: str) -> str:
        """Return the title of the column that a stranger probably is, of those that are not there; "" for none."""
        there = {one.path for one in self.columns.values()}
        return nearest(title, (one.title for one in self.kind.columns if one.path not in there))


def header_of(table: Table, mapping: ColumnMapping) -> Header | None:
    """Return the header of a table, None where no row is one: what is needed to read anything is not there."""
    best: Header | None = None
    for kind in _candidates(table.name, mapping):
        for index, _row in enumerate(table.rows[:_WITHIN]):
            found = _header(kind, table.rows[: index + 1], mapping)
            has_all = all(found.at(path) is not None for path in kind.needed)
            if has_all and len(found.columns) > max(1, len(best.columns) if best is not None else 1):
                best = found
    return best


def _candidates(name: str, mapping: ColumnMapping) -> Iterable[TableKind]:
    """Return the tables that a page may hold: the one it is named after, else any that no other is named after."""
    kinds = table_kinds()
    wanted = plain_title(name)
    mapped = [kind for kind in kinds if mapping.pages.get(kind.group) == wanted]
    named = [kind for kind in kinds if wanted in {plain_title(kind.name), plain_title(kind.group)}]
    return mapped or named or [kind for kind in kinds if kind.group not in mapping.pages]


def _header(kind: TableKind, rows: tuple[TableRow, ...], mapping: ColumnMapping) -> Header:
    """Return the last of some rows as a header; a cell that is empty may be the rest of a merged one above."""
    titles = mapping.titles.get(kind.group, {})
    columns: dict[int, Column] = {}
    strangers: dict[int, str] = {}
    repeated: dict[int, Column] = {}
    for index, title in _titles(kind, rows, titles):
        path = titles.get(plain_title(title), ())
        meant = kind.meant(title) if path == () else kind.column(path) if path is not None else None
        if meant is None:
            # What is knowingly left aside is no stranger.
            strangers |= {index: title} if path is not None else {}
        elif any(one.path == meant.path for one in columns.values()):
            repeated[index] = meant
        else:
            columns[index] = meant
    return Header(kind, rows[-1].number, columns, strangers, repeated)


def _titles(kind: TableKind, rows: tuple[TableRow, ...], titles: Mapping[str, ColumnPath | None]) -> Iterator[tuple[int, str]]:
    above = rows[-_ROWS_MERGED - 1 : -1]
    for index in range(max((len(row.cells) for row in (*above, rows[-1])), default=0)):
        own = _cell(rows[-1], index)
        if own:
            yield index, own
            continue
        merged = next((text for row in reversed(above) if (text := _cell(row, index))), "")
        if merged and (kind.meant(merged) is not None or plain_title(merged) in titles):
            yield index, merged


def _cell(row: TableRow, index: int) -> str:
    return text_of(row.cells[index]) if index < len(row.cells) else ""
