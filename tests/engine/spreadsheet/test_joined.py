"""Joined cells: which hide a cell of a table; a hostile workbook with many of them costs nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chorus_config.engine.spreadsheet.joined import JoinedColumns, hiding
from chorus_config.model.table import Joined

small = st.integers(0, 6)
cells = st.builds(lambda r, c, h, w: Joined(r + 1, c, r + 1 + h, c + w), small, small, st.integers(0, 3), st.integers(0, 3))


@given(cells, st.sets(st.integers(1, 9)), st.sets(small))
def test_what_hides_a_cell_is_found(one: Joined, rows: set[int], columns: set[int]) -> None:
    hidden = any(one.hides(row, column) for row in rows for column in columns)
    assert [*hiding([one], rows, columns)] == ([one] if hidden else [])
    for row in range(1, 12):
        for column in range(11):
            assert JoinedColumns([one]).at(row, column) == (one if one.hides(row, column) else None)


def test_among_many_the_right_one_is_found() -> None:
    many = [Joined(2 * n, 0, 2 * n + 1, 1) for n in range(1, 5000)]
    found = JoinedColumns([*reversed(many)])
    assert found.at(4001, 1) == Joined(4000, 0, 4001, 1)
    assert found.at(4000, 0) is None
    assert len([*hiding(many, range(1, 50_000), range(50))]) == 4999
