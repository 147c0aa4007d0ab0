"""Tables of spreadsheets: as they are read, what is wrong with them, and as they are to be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

# What a cell holds. A text, where the file knows nothing else (CSV).
CellValue = str | int | float | bool | date | None


class UnusableCell(Struct, frozen=True):
    """A cell without a value of its own: an error of the spreadsheet, a formula whose result is not stored.

    `why` is a message id, `shown` what stands there.
    """

    why: str
    shown: str = ""


class TableRow(Struct, frozen=True):
    """A row: its number as the spreadsheet shows it, from 1, and its cells from the first column on."""

    number: int
    cells: tuple[CellValue | UnusableCell, ...]


class Joined(Struct, frozen=True):
    """Cells that somebody joined, of which only the first holds a value: rows from 1, columns from 0, the last included."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def name(self) -> str:
        """The name that a spreadsheet gives them: `A5:A7`."""
        return f"{letters(self.column)}{self.row}:{letters(self.last_column)}{self.last_row}"

    def hides(self, row: int, column: int) -> bool:
        """Tell whether a cell is one of them, and not the first."""
        inside = self.row <= row <= self.last_row and self.column <= column <= self.last_column
        return inside and (row, column) != (self.row, self.column)


class Table(Struct, frozen=True):
    """A page of a workbook, or a text with separators; `name` is the page's, or the file's."""

    name: str
    rows: tuple[TableRow, ...]
    joined: tuple[Joined, ...] = ()


class TableFault(Struct, frozen=True):
    """What is wrong (or, of a note, told) of a cell: a message id with its places, and where it is.

    `column` counts from 0, None for the whole row; `label` is what the portal calls the field. `root` is what the row
    describes, "" where nobody knows. `blocks`: not even the rest can be imported, since what it lacks is not known.
    """

    table: str
    row: int
    column: int | None
    message: str
    places: Mapping[str, object] = field(default_factory=dict)
    label: str = ""
    root: str = ""
    blocks: bool = False

    @property
    def place(self) -> str:
        """The place as a spreadsheet names it: `Services!C14`."""
        return f"{self.table}!{letters(self.column) if self.column is not None else ''}{self.row}"


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A, …, Z, AA."""
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """Return the number of a column, counted from 0, that a spreadsheet calls so."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


class HeaderCell(Struct, frozen=True):
    """The head of a column to be written: what stands there, what is told beside it, how wide it is (in letters).

    `choices` are the words that may be entered; `strict` says that nothing else may. `form` is that of the cells below.
    """

    title: str
    hint: str = ""
    width: int = 16
    form: Literal["text", "date"] = "text"
    choices: tuple[str, ...] = ()
    strict: bool = True


class WorkbookPage(Struct, frozen=True):
    """A page to be written: its name, the head of each column, the rows below, as wide as the head."""

    name: str
    columns: tuple[HeaderCell, ...]
    rows: tuple[tuple[str | date | None, ...], ...] = ()


class Workbook(Struct, frozen=True):
    """A workbook to be written: its pages, and the page of help before them: its name, its lines, the first a title."""

    pages: tuple[WorkbookPage, ...]
    help_name: str
    help_lines: tuple[str, ...]


class Exported(Struct, frozen=True):
    """What was written into a workbook: the file as it was named, how many rows each page has, by its name.

    `without_bank` counts the structures whose bank details were left out, `lost` the values that the workbook cannot hold.
    """

    path: str
    rows: Mapping[str, int]
    without_bank: int = 0
    lost: int = 0
