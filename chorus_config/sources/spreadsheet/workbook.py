"""The pages of a workbook (XLSX) as tables; nothing in it is computed or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, time, timedelta
from itertools import islice
from typing import Any, Final

from msgspec.structs import replace

from chorus_config.i18n.translator import _
from chorus_config.model.table import CellValue, Table, TableRow, UnusableCell
from chorus_config.sources.annuaire.faults import unusable
from chorus_config.sources.annuaire.files import WORKBOOK, checked_archive
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.annuaire.workbook import has_formulas, load_book, seekable
from chorus_config.sources.request import SourceRequest
from chorus_config.sources.spreadsheet.joined import joined_cells

_MOST_ROWS: Final = 50_000
_MOST_COLUMNS: Final = 500
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_COMPUTED: Final = _(
    "the cell holds a formula whose result is not stored: open the workbook with a spreadsheet and save it, or paste the "
    "values only"
)
_ERROR: Final = _("the cell holds the error {value} of the spreadsheet: type the value itself")
_NO_VALUE: Final = _("the cell holds neither a text, a number nor a date: type the value itself")


def workbook_tables(file: SourceFile, request: SourceRequest) -> tuple[Table, ...]:
    """Return the pages of a workbook. Raises Unavailable for one that cannot be read, or is too large."""
    if WORKBOOK not in checked_archive(file, request.say):
        raise unusable(request.say, file.name, request.say(_("it is no workbook: save it as XLSX, or as « CSV UTF-8 »")))
    with ExitStack() as stack:
        handle = stack.enter_context(seekable(file, request))
        joined = joined_cells(handle)
        formulas = load_book(file, handle, request, stored=False) if has_formulas(handle) else None
        book = load_book(file, handle, request, stored=True)
        stack.callback(book.close)
        tables = ((one, formulas[one.title] if formulas is not None else None) for one in book.worksheets)
        return tuple(
            replace(_table(sheet, computed, file, request), joined=joined.get(getattr(sheet, "_worksheet_path", ""), ()))
            for sheet, computed in tables
        )


def _table(sheet: Any, computed: Any, file: SourceFile, request: SourceRequest) -> Table:
    rows = []
    try:
        for number, cells in enumerate(_rows(sheet, computed), start=1):
            if number > _MOST_ROWS:
                break
            if any(cell is not None for cell in cells):
                rows.append(TableRow(number, cells))
    except Exception as error:  # whatever the library stumbles over, the workbook is damaged
        message = _("the workbook cannot be read: open it with a spreadsheet, and save it as XLSX or « CSV UTF-8 »")
        raise unusable(request.say, file.name, request.say(message)) from error
    if rows and rows[-1].number == _MOST_ROWS:
        message = _("the page has more than {n} rows: delete those that are not meant")
        raise unusable(request.say, file.name, request.say(message, n=_MOST_ROWS - 1), sheet.title)
    return Table(sheet.title, tuple(rows))


def _rows(sheet: Any, computed: Any) -> Iterator[tuple[CellValue | UnusableCell, ...]]:
    """Yield the cells of each row. What a workbook says of its own size is not believed: people leave formats behind."""
    sheet.reset_dimensions()
    others: Iterator[Any] = iter(())
    if computed is not None:
        computed.reset_dimensions()
        others = computed.iter_rows()
    for row in sheet.iter_rows():
        formulas = next(others, ())
        cells = [
            _value(cell, formulas[index] if index < len(formulas) else None)
            for index, cell in enumerate(islice(row, _MOST_COLUMNS))
        ]
        while cells and cells[-1] is None:
            cells.pop()
        yield tuple(cells)


def _value(cell: Any, formula: Any) -> CellValue | UnusableCell:
    value = cell.value
    if value is None:
        is_formula = formula is not None and formula.value is not None and formula.data_type == "f"
        return UnusableCell(_COMPUTED) if is_formula else None
    if cell.data_type == "e":
        return UnusableCell(_ERROR, str(value))
    if isinstance(value, str):
        # Only what stands between two line ends of a Windows machine, and what was escaped because it looks so.
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value).replace("\r\n", "\n") if "_x" in value else value
    if isinstance(value, time | timedelta):
        return UnusableCell(_NO_VALUE)
    return value if isinstance(value, int | float | bool | date) else UnusableCell(_NO_VALUE)
