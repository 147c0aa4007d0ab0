"""A list as a table: its header, its rows as they stream by, where a row stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from functools import cached_property
from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.sources.annuaire.cells import identifiant, is_scientific
from chorus_config.sources.annuaire.faults import FileNotes, unusable
from chorus_config.sources.annuaire.kinds import Kind, columns_of
from chorus_config.sources.request import SourceRequest

HEADER_WITHIN = 10
_FOURTEEN: Final = re.compile("[0-9]{14}").fullmatch


class Table(Struct, frozen=True, dict=True):
    """A list that is being read. `place` says where the row at hand (and a column of it, None for none) stands.

    `notes` take what is to be told of it, once it is read to its end.
    """

    name: str
    kind: Kind
    header: tuple[str, ...]
    rows: Iterator[list[str]]
    place: Callable[[int | None], str]
    notes: FileNotes

    @cached_property
    def columns(self) -> dict[str, int]:
        """Where its columns stand; found once."""
        return columns_of(self.kind, self.header)


class Listing(Struct, frozen=True):
    """A list that was found: kind, header, the instant it was written, how to open it as a table."""

    name: str
    kind: Kind
    header: tuple[str, ...]
    written: str
    table: Callable[[], Table]


class Watched(Struct):
    """A text looked for in one column of every row, asked for or not."""

    column: int
    text: str
    seen: bool = False

    def over(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        """Yield rows, and see whether the text is in one of them."""
        column, text = self.column, self.text
        for row in rows:
            if len(row) > column and row[column] == text:
                self.seen = True
                yield row
                break
            yield row
        yield from rows


class Counted(Struct):
    """How many rows a list has, and how many were asked for."""

    rows: int = 0
    kept: int = 0


class _Everything:
    """Holds whatever it is asked about."""

    def __contains__(self, _item: object) -> bool:
        """Say yes."""
        return True


def selected(
    table: Table, key: str, request: SourceRequest, counted: Counted, watched: Watched | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows that are asked for, each with the identifiant that is in its column `key`.

    Raises Unavailable for a row that is damaged.
    """
    sirens: Container[str] = _Everything() if request.asked.everything else request.asked.sirens
    wanted = request.asked.identifiants
    at, width = table.columns[key], len(table.header)
    rows = kept = 0
    for row in watched.over(table.rows) if watched else table.rows:
        rows += 1
        # This is what every row of a long list pays: no call, no exception.
        if len(row) != width and not _fits(table, row, at, request):
            continue
        owner = row[at]
        if _FOURTEEN(owner) is None:
            owner = _restored(table, row, at, request)
        if owner and (owner[:9] in sirens or owner in wanted):
            kept += 1
            yield owner, row
    counted.rows += rows
    counted.kept += kept


def _fits(table: Table, row: list[str], key: int, request: SourceRequest) -> bool:
    """Tell whether a row of another width is to be read: what lacks or is over is blank.

    One that is damaged is passed over where nobody asks for it; not where a quotation mark may have swallowed others.
    """
    width = len(table.header)
    if not any(row):
        return False
    over = row[width:]
    if len(row) > width and not any(map(str.strip, over)):
        del row[width:]
        return True
    is_swallowing = any("\n" in cell for cell in row)
    if not is_swallowing and key < len(row) and not request.asked.covers(identifiant(row[key])):
        table.notes.add(
            _("note: {name}: rows with too few or too many cells, of structures that are not asked for: {n} (first: {first})"),
            table.place(None),
        )
        return False
    message = _(
        "the row has {found} cells, {expected} are expected: a separator inside a text, or a quotation mark, is in the way;"
        " correct the row, or fetch the list again"
    )
    raise unusable(request.say, table.name, request.say(message, found=len(row), expected=width), table.place(None))


def _restored(table: Table, row: list[str], key: int, request: SourceRequest) -> str:
    """Return an identifiant that is not written in fourteen digits, "" for none."""
    cell = row[key]
    at = table.columns.get("typeidentifiant", -1)
    kind = row[at] if at >= 0 else ""
    if is_scientific(cell, kind):
        message = _(
            "{value} is what a spreadsheet left of a number: its last digits are lost. Fetch the list again and do not save it"
            " with a spreadsheet, or format the column as text before"
        )
        raise unusable(request.say, table.name, request.say(message, value=cell.strip()), table.place(key))
    if cell in request.asked.identifiants:
        # Where a list says no type: who asks for a number of fewer digits knows that it is one of another type.
        return cell
    owner = identifiant(cell, kind)
    if not owner and any(row):
        table.notes.add(_("note: {name}: rows without an identifiant, left aside: {n} (first: {first})"), table.place(key))
    return owner
