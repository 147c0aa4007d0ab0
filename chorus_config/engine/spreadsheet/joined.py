"""Where joined cells hide others of a table; a workbook may have many of them, and any size."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from chorus_config.model.table import Joined


def hiding(joined: Sequence[Joined], rows: Collection[int], columns: Collection[int]) -> Iterator[Joined]:
    """Yield the joined cells that hide one of these cells at least."""
    numbers, places = sorted(rows), sorted(columns)
    for one in joined:
        inside = _between(numbers, one.row, one.last_row), _between(places, one.column, one.last_column)
        # The first of them hides nothing.
        if all(inside) and inside != ([one.row], [one.column]):
            yield one


def _between(numbers: Sequence[int], first: int, last: int) -> list[int]:
    """Return two of some sorted numbers between two others, fewer where there are no more."""
    start = bisect_left(numbers, first)
    return list(numbers[start : min(start + 2, bisect_right(numbers, last))])


class JoinedColumns:
    """Finds what hides a cell, column by column; in no whole workbook do joined cells overlap."""

    def __init__(self, joined: Sequence[Joined]) -> None:
        self._joined = sorted(joined, key=lambda one: one.row)
        self._columns: dict[int, tuple[list[int], list[Joined]]] = {}

    def at(self, row: int, column: int) -> Joined | None:
        """Return the joined cells that hide a cell, None for none."""
        if column not in self._columns:
            found = [one for one in self._joined if one.column <= column <= one.last_column]
            self._columns[column] = [one.row for one in found], found
        rows, found = self._columns[column]
        index = bisect_right(rows, row) - 1
        return found[index] if index >= 0 and found[index].hides(row, column) else None
