"""Workbooks (XLSX): rows stream by, numbers become texts; nothing in them is computed or run."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from functools import partial
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.sources.annuaire.faults import FileNotes, unusable
from chorus_config.sources.annuaire.files import WORKBOOK, checked_archive
from chorus_config.sources.annuaire.kinds import Kind, kind_of
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.annuaire.stream import PIECE, pieces
from chorus_config.sources.annuaire.tables import HEADER_WITHIN, Listing, Table
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

_LABEL: Final = _("reading the workbook")
_FORMULA: Final = (b"<f>", b"<f ", b"<f/", b":f>", b":f ")


def listings(file: SourceFile, request: SourceRequest, stack: ExitStack) -> Iterator[Listing]:
    """Yield the lists in a workbook, a sheet each; the workbook is open as long as the stack. Raises Unavailable."""
    handle = stack.enter_context(seekable(file, request))
    if WORKBOOK not in checked_archive(file, request.say):
        message = _("it is a ZIP inside a ZIP, and no workbook: unpack it, and give the folder")
        raise unusable(request.say, file.name, request.say(message))
    formulas = load_book(file, handle, request, stored=False) if has_formulas(handle) else None
    book = load_book(file, handle, request, stored=True)
    stack.callback(book.close)
    for sheet in book.worksheets:
        found = _header_of(sheet)
        if found is None:
            continue
        name = f"{file.name} ({sheet.title})"
        other = formulas[sheet.title] if formulas is not None else None
        open_sheet = partial(_open_sheet, name, sheet, other, found, request)
        yield Listing(name, found[2], found[1], file.written, open_sheet)


def text_of_cell(value: object) -> str:
    """Return the value of a cell as a text: whole numbers without a point, days as the sheets write them."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.time().min else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def seekable(file: SourceFile, request: SourceRequest) -> IO[bytes]:
    """Return a workbook as a file of its own: one that is inside a ZIP cannot be read to and fro."""
    copy: IO[bytes] = TemporaryFile()  # noqa: SIM115 - the caller closes it
    for piece in pieces(file, request):
        copy.write(piece)
    copy.seek(0)
    return copy


def load_book(file: SourceFile, handle: IO[bytes], request: SourceRequest, *, stored: bool) -> Any:
    """Return a workbook whose rows stream by: with the results of formulas (`stored`), else with the formulas themselves.

    Raises Unavailable.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    try:
        return load_workbook(handle, read_only=True, data_only=stored, keep_links=False, keep_vba=False)
    except Exception as error:  # whatever the library stumbles over, the workbook is damaged
        message = _("the workbook cannot be read: open it with a spreadsheet, and save it as XLSX or « CSV UTF-8 »")
        raise unusable(request.say, file.name, request.say(message)) from error


def has_formulas(handle: IO[bytes]) -> bool:
    """Tell whether any sheet of a workbook computes anything."""
    with zipfile.ZipFile(handle) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        for name in sheets:
            with archive.open(name) as member:
                tail = b""
                while piece := member.read(PIECE * 8):
                    text = tail + piece
                    if any(sign in text for sign in _FORMULA):
                        return True
                    tail = piece[-3:]
    return False


_Found = tuple[int, tuple[str, ...], Kind]


def _header_of(sheet: Any) -> _Found | None:
    """Return how many rows stand before the header of a sheet, its names and the kind of list; None for no list."""
    for before, row in enumerate(islice(sheet.iter_rows(values_only=True), HEADER_WITHIN)):
        header = [text_of_cell(value) for value in row]
        while header and not header[-1].strip():
            header.pop()
        kind = kind_of(header)
        if kind is not None:
            return before, tuple(header), kind
    return None


def _open_sheet(name: str, sheet: Any, other: Any, found: _Found, request: SourceRequest) -> Table:
    before, header, kind = found
    at = [before + 1]

    def _place(column: int | None) -> str:
        return f"{sheet.title}!{_letters(column)}{at[0]}" if column is not None else _line(request.say, at[0])

    count = sheet.max_row - before - 1 if sheet.max_row else None
    values = islice(sheet.iter_rows(values_only=True), before + 1, None)
    computed = islice(other.iter_rows(values_only=True), before + 1, None) if other is not None else None
    followed = request.follow(values, count, request.say(_LABEL))
    rows = _rows(followed, computed, at, len(header))
    notes = FileNotes(request.say, request.note, name)
    checked = _checked(rows, name, _place, request.say)
    return Table(name, kind, header, checked, _place, notes)


_Row = tuple[list[str], Sequence[Any] | None]


def _rows(
    values: Iterable[Sequence[Any]], computed: Iterator[Sequence[Any]] | None, at: list[int], width: int
) -> Iterator[_Row]:
    """Yield the rows as texts, each with its formulas where there are any."""
    for row in values:
        at[0] += 1
        cells = [value if value.__class__ is str else text_of_cell(value) for value in row]
        if len(cells) < width:
            # A row ends with its last cell that holds something.
            cells += [""] * (width - len(cells))
        yield cells, next(computed, None) if computed is not None else None


def _checked(rows: Iterator[_Row], name: str, place: Any, say: Translator) -> Iterator[list[str]]:
    """Yield the cells of each row. Raises Unavailable where one holds a formula instead of a value."""
    for cells, formulas in rows:
        if any(cell[:1] == "=" for cell in cells):
            raise _computed(name, place(next(column for column, cell in enumerate(cells) if cell[:1] == "=")), say)
        for column, formula in enumerate(formulas or ()):
            if isinstance(formula, str) and formula.startswith("=") and not cells[column]:
                raise _computed(name, place(column), say)
        yield cells


def _computed(name: str, where: str, say: Translator) -> Exception:
    message = _(
        "the cell holds a formula whose result is not stored: open the workbook with a spreadsheet and save it,"
        " or paste the values only"
    )
    return unusable(say, name, say(message), where)


def _line(say: Translator, number: int) -> str:
    return say(_("line {line}"), line=number)


def _letters(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return printable(letters)
