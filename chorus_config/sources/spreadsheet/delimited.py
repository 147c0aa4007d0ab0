"""A text with separators (CSV) as a table: the separator is found, a line that is not UTF-8 is read as Windows-1252."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.table import Table, TableRow
from chorus_config.sources.annuaire.faults import FileNotes, unusable
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.annuaire.stream import text_lines
from chorus_config.sources.request import SourceRequest

_SEPARATORS: Final = (";", ",", "\t")
_LOOKED_AT: Final = 50


def delimited_table(file: SourceFile, request: SourceRequest) -> Table:
    """Return the table of a text; rows are counted as a spreadsheet shows them. Raises Unavailable."""
    notes = FileNotes(request.say, request.note, file.name)
    text = "".join(text_lines(file, request, notes))
    notes.tell()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows = []
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                rows.append(TableRow(number, tuple(cell or None for cell in cells)))
    except csv.Error:
        message = _(
            "the row cannot be read: a quotation mark is probably not closed, or stands inside a text, where it is to be "
            "doubled; open the file with the spreadsheet, correct it, and save it again"
        )
        place = request.say(_("line {line}"), line=reader.line_num)
        raise unusable(request.say, file.name, request.say(message), place) from None
    return Table(file.name.rpartition("/")[2], tuple(rows))


def _separator(text: str) -> str:
    """Return the sign that cuts most rows into the same number of columns; French spreadsheets write semicolons."""
    start = "".join(text.splitlines(keepends=True)[:_LOOKED_AT])
    return max(_SEPARATORS, key=lambda separator: _regular_rows(start, separator))


def _regular_rows(start: str, separator: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(start, newline=""), delimiter=separator) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    width, count = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return (count, width)
