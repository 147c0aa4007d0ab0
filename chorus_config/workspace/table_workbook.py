"""A table as a workbook (XLSX): what somebody wrote stays text, and the same table gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Final, Protocol

from chorus_config.workspace.workbook import set_text, without_clock

Cell = str | int | date | None

# What no XML holds.
_UNWRITABLE: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDEST: Final = 60
_LONGEST: Final = 32_767


class Table(Protocol):
    """What a workbook is made of: heads, and rows of as many cells."""

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns in words."""

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows; a cell is None where nothing is known."""


def table_workbook(title: str, table: Table) -> bytes:
    """Return a workbook of one sheet: its heads stay in sight, and each column can be filtered by."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow, and most runs need none
    from openpyxl.styles import Font, numbers  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = title[:31]
    for number, row in enumerate((table.heads, *table.rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                set_text(cell, _UNWRITABLE.sub("\ufffd", value)[:_LONGEST])
            else:
                cell.value = value
            if isinstance(value, date):
                # The built-in form of a day: a spreadsheet shows it as its user's country does.
                cell.number_format = numbers.BUILTIN_FORMATS[14]
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    made = BytesIO()
    book.save(made)
    return without_clock(made)


def _widths(table: Table) -> Sequence[int]:
    columns = zip(table.heads, *table.rows, strict=True)
    return [min(_WIDEST, 2 + max(len(str(value)) for value in column if value is not None)) for column in columns]
