"""Places in a table, as a spreadsheet names them."""

from __future__ import annotations

import pytest

from chorus_config.model.table import TableFault, letters


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_a_column_has_letters(column: int, name: str) -> None:
    assert letters(column) == name


def test_a_fault_has_a_place() -> None:
    assert TableFault("Services", 14, 2, "").place == "Services!C14"
    assert TableFault("Services", 14, None, "").place == "Services!14"
