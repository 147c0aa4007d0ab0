"""Lists that come in pages: all of them, or an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.sources.piste.values import number

PER_PAGE: Final = 100
_MOST_PAGES: Final = 1000

Entry = Mapping[str, Any]


class ListFault(Exception):
    """A list that cannot be taken for whole: `message` says why (a message id). `moved`: it may be whole the next time."""

    def __init__(self, message: str, *, moved: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.moved = moved


def whole(ask: Callable[[int], Entry], rows_at: str, id_at: str) -> list[Entry]:
    """Return all rows of a list. `ask` asks for a page, from 1; rows stand at `rows_at`, their technical numbers at `id_at`.

    A list that changed while it was read is read once more. Raises ListFault.
    """
    try:
        return _read(ask, rows_at, id_at)
    except ListFault as fault:
        if not fault.moved:
            raise
    return _read(ask, rows_at, id_at)


def _read(ask: Callable[[int], Entry], rows_at: str, id_at: str) -> list[Entry]:
    found: dict[int, Entry] = {}
    first: tuple[int | None, int | None] | None = None
    for page in range(1, _MOST_PAGES + 1):
        answer = ask(page)
        counts = _counts(answer, page)
        first = first or counts
        if counts != first:
            raise ListFault(_("the number of its pages or rows changed while it was read: try again"), moved=True)
        rows = {_id(row, id_at): row for row in _rows(answer.get(rows_at))}
        over = _is_last(page, counts[0], rows, nothing_new=rows.keys() <= found.keys())
        found |= rows
        if over:
            return _counted(found, counts[1])
    raise ListFault(_("it has more pages than is credible"))


def _is_last(page: int, pages: int | None, rows: Mapping[int, Entry], *, nothing_new: bool) -> bool:
    """Tell whether a page is the last one: of so many, or, where it does not say how many there are, one with nothing new."""
    if pages is None:
        return nothing_new
    if page < pages and not rows:
        raise ListFault(_("a page is empty before the last one: try again"), moved=True)
    return page >= pages


def _counted(found: Mapping[int, Entry], total: int | None) -> list[Entry]:
    if total is not None and total != len(found):
        raise ListFault(_("it has more or fewer rows than it says: try again"), moved=True)
    return [*found.values()]


def _rows(rows: Any) -> list[Entry]:
    """Return the rows of a page: of one alone an API may make an object, of none nothing."""
    if rows is None:
        return []
    listed = [rows] if isinstance(rows, Mapping) else rows
    if not isinstance(listed, list) or not all(isinstance(row, Mapping) for row in listed):
        raise ListFault(_("there is no list where one is due"))
    return listed


def _counts(answer: Entry, page: int) -> tuple[int | None, int | None]:
    """Return how many pages and rows there are, None where it does not say."""
    told = answer.get("parametresRetour")
    if not isinstance(told, Mapping):
        return None, None
    current = number(told.get("pageCourante"))
    pages, total = number(told.get("pages")), number(told.get("total"))
    # Of an empty list there may be no page 1.
    if current is not None and current != page and total != 0:
        raise ListFault(_("another page came than was asked for"))
    return pages, total


def _id(row: Entry, at: str) -> int:
    found = number(row.get(at))
    if found is None:
        raise ListFault(_("a row has no technical number"))
    return found
