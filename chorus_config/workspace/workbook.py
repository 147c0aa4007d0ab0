"""Workbooks (XLSX) as bytes: locked heads, lists of words, texts that stay texts. The same content gives the same bytes."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Unavailable
from chorus_config.model.progress import Follow, unfollowed
from chorus_config.model.table import HeaderCell, Workbook, WorkbookPage
from chorus_config.workspace.replace import prepared
from chorus_config.yamltext.characters import cleaned, printable

# No clock has a say in the bytes.
_INSTANT: Final = (1980, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_FIXED: Final = rb"\g<1>1980-01-01T00:00:00Z\g<3>"
# So many rows below the last are ready to be filled in.
_SPARE_ROWS: Final = 2000
_HEAD_HEIGHT: Final = 48
# A reader of workbooks takes `_x0041_` in a text for the letter A.
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMATS: Final = {"text": "@", "date": "DD/MM/YYYY"}
_RUNS: Final = ("=", "+", "-", "@")


def workbook_bytes(content: Workbook, say: Translator, follow: Follow = unfollowed) -> bytes:
    """Return a workbook as the bytes of its file; somebody may follow how far it is."""
    from openpyxl import Workbook as Book  # noqa: PLC0415 - slow to import

    book = Book()
    book.properties.creator = "chorus-config"
    for sheet in book.worksheets:
        book.remove(sheet)
    sheets = {id(one): book.create_sheet(one.name) for one in content.pages}
    for one in content.pages:
        _head_of_page(sheets[id(one)], one, say)
    rows = [(one, number, row) for one in content.pages for number, row in enumerate(one.rows, start=2)]
    for one, number, row in follow(rows, len(rows), say(_("Writing the workbook"))):
        _row(sheets[id(one)], number, row, one)
    _help(book.create_sheet(content.help_name), content)
    raw = io.BytesIO()
    book.save(raw)
    return without_clock(raw)


def write_workbook(path: Path, raw: bytes, say: Translator, *, mode: int = 0o644) -> None:
    """Write a workbook whole or not at all. Raises Unavailable."""
    try:
        made = prepared(path, raw, mode)
        try:
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
    except OSError as error:
        message = _("{path} cannot be written: {why}")
        raise Unavailable(say(message, path=printable(os.fspath(path)), why=os_reason(error, say))) from error


def _head_of_page(sheet: Any, content: WorkbookPage, say: Translator) -> None:
    from openpyxl.styles import Protection  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.sheet_view.zoomScale = 100
    for index, head in enumerate(content.columns, start=1):
        column = sheet.column_dimensions[get_column_letter(index)]
        column.width = head.width
        column.number_format = _FORMATS[head.form]
        column.protection = Protection(locked=False)
        _head(sheet.cell(1, index), head)
        _validate(sheet, index, head, len(content.rows), say)
    sheet.row_dimensions[1].height = _HEAD_HEIGHT
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(content.columns))}{len(content.rows) + 1}"
    _protect(sheet)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"


def _row(sheet: Any, number: int, row: Sequence[str | date | None], content: WorkbookPage) -> None:
    for index, value in enumerate(row, start=1):
        if value is not None:
            _cell(sheet.cell(number, index), value, content.columns[index - 1])


def _protect(sheet: Any) -> None:
    """Lock the heads, without a password; all that people do with rows stays possible."""
    own = sheet.protection
    own.sheet = True
    own.formatColumns = own.formatRows = own.formatCells = own.insertRows = own.deleteRows = own.sort = own.autoFilter = False


def _head(cell: Any, head: HeaderCell) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill, Protection  # noqa: PLC0415

    set_text(cell, head.title)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="1F3A5F")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.protection = Protection(locked=True)
    if head.hint:
        # As high as the text is long.
        cell.comment = Comment(head.hint, "chorus-config", width=360, height=60 + len(head.hint) // 50 * 18)


def _cell(cell: Any, value: str | date, head: HeaderCell) -> None:
    from openpyxl.styles import Alignment, Protection  # noqa: PLC0415

    if isinstance(value, str):
        set_text(cell, value)
        cell.number_format = "@"
        if "\n" in value:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value
        cell.number_format = _FORMATS[head.form]
    cell.protection = Protection(locked=False)


def set_text(cell: Any, value: str) -> None:
    """Set a text that nothing ever computes, whatever it begins with.

    Source: ECMA-376, part 1, 18.3.1.4 (cells) and 18.8.45 (quotePrefix).
    """
    cell.value = _ESCAPE.sub("_x005F_", cleaned(value))
    # Whatever the library guessed: a formula, an error.
    cell.data_type = "s"
    if value.startswith(_RUNS):
        cell.quotePrefix = True


def _validate(sheet: Any, index: int, head: HeaderCell, rows: int, say: Translator) -> None:
    """Offer the words of a list, refuse others; ask for a day where one is due."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    if head.choices:
        rule = DataValidation(type="list", formula1=f'"{",".join(head.choices)}"', allow_blank=True)
        rule.error = say(_("Please choose one of the words of the list, or leave the cell empty."))
    elif head.form == "date":
        rule = DataValidation(type="date", operator="greaterThan", formula1="367", allow_blank=True)
        rule.error = say(_("A date is expected, such as 31/12/2026."))
    else:
        return
    rule.errorStyle = "stop" if head.strict else "warning"
    rule.errorTitle = head.title[:32]
    rule.showErrorMessage = True
    letter = get_column_letter(index)
    rule.add(f"{letter}2:{letter}{rows + 1 + _SPARE_ROWS}")
    sheet.add_data_validation(rule)


def _help(sheet: Any, content: Workbook) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(content.help_lines, start=1):
        cell = sheet.cell(number, 1)
        set_text(cell, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if number == 1:
            cell.font = Font(bold=True, size=14)
    _protect(sheet)


def without_clock(raw: io.BytesIO) -> bytes:
    """Return a package with fixed dates."""
    made = io.BytesIO()
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(made, "w") as after:
        for name, data in _members(before):
            info = zipfile.ZipInfo(name, _INSTANT)
            info.create_system, info.compress_type, info.external_attr = 3, zipfile.ZIP_DEFLATED, 0o600 << 16
            after.writestr(info, data)
    return made.getvalue()


def _members(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for info in package.infolist():
        data = package.read(info)
        yield info.filename, _MODIFIED.sub(_FIXED, data) if info.filename == "docProps/core.xml" else data
