"""Reading a search of the directory to its end: what is not known to be whole is never taken as whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct, field

# What every platform serves on a page; many serve more, none may serve less.
PAGE: Final = 100
# Ten times the routing codes of the largest body; who sends more pages than that never stops.
_MOST_PAGES: Final = 2_000
_MOST_READINGS: Final = 3

PARTIAL: Final = 206
NOTHING: Final = 204


class Page(Struct, frozen=True):
    """An answer to a search: its status, its entries, how many there are in all (None: the platform does not say)."""

    status: int
    entries: tuple[Mapping[str, Any], ...] = ()
    total: int | None = None


class NotWhole(Exception):
    """A search could not be read to its end; `total` were told, `got` came."""

    def __init__(self, got: int, total: int | None) -> None:
        super().__init__(f"{got} of {total}")
        self.got = got
        self.total = total


class _Moved(Exception):
    """What is read changed while it was read: another total, or an entry that comes a second time."""


Ask = Callable[[int, int], Page]


def read_pages(ask: Ask) -> list[Mapping[str, Any]]:
    """Return all entries of a search; `ask` is given a limit, and how many entries to pass over. Raises NotWhole.

    When the search changes under way it is read again from the start: a page may have slid past the reader.
    """
    got = 0
    for _reading in range(_MOST_READINGS):
        try:
            return _one_reading(ask)
        except _Moved as moved:
            got = moved.args[0]
    raise NotWhole(got, None)


def _one_reading(ask: Ask) -> list[Mapping[str, Any]]:
    reading = _Reading()
    for _number in range(_MOST_PAGES):
        # Not by the limit that was asked for: a platform may serve less than that, and the rest would be passed over.
        if reading.ends_with(ask(PAGE, len(reading.found))):
            return reading.found
    raise NotWhole(len(reading.found), reading.total)


class _Reading(Struct):
    """What came so far; `begun` once a page did, `partial` when the last one was cut short."""

    found: list[Mapping[str, Any]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    total: int | None = None
    begun: bool = False
    partial: bool = False

    def ends_with(self, page: Page) -> bool:
        """Take a page, and tell whether nothing is behind it. Raises NotWhole, _Moved."""
        self._take_total(page)
        if not page.entries:
            self._refuse_part()
            return True
        self._take_entries(page)
        self.partial = page.status == PARTIAL
        return not self.partial and self.total is not None and len(self.found) >= self.total

    def _take_total(self, page: Page) -> None:
        if self.begun and page.total is not None and page.total != self.total:
            raise _Moved(len(self.found))
        self.total = self.total if self.begun else page.total
        self.begun = True

    def _take_entries(self, page: Page) -> None:
        keys = {json.dumps(entry, sort_keys=True) for entry in page.entries}
        if keys & self.known:
            raise _Moved(len(self.found))
        self.known |= keys
        self.found += page.entries

    def _refuse_part(self) -> None:
        """Raise NotWhole unless an empty page is the end: behind a page cut short, a total has to say so."""
        if self.partial if self.total is None else len(self.found) < self.total:
            raise NotWhole(len(self.found), self.total)
