"""A compiled catalogue that is read message by message: a run says some dozens of its thousands."""

from __future__ import annotations

from bisect import bisect_left
from struct import unpack_from
from typing import Final

# The first four bytes of a file that is written with its low bytes first, as ours is everywhere.
_MAGIC: Final = 0x950412DE
_END_OF_FORM: Final = b"\0"


class Catalogue:
    """The messages of one language, out of a compiled catalogue (`.mo`).

    Source: GNU gettext manual, "The Format of GNU MO Files": two tables of lengths and offsets, the ids in the order of their
    bytes, the forms of a plural with a NUL between.
    """

    __slots__ = ("_ids", "_known", "_raw", "_texts")

    def __init__(self, raw: bytes) -> None:
        """Take the bytes of a file. Raises ValueError for one that is no catalogue."""
        magic, _version, count, ids, texts = unpack_from("<5I", raw)
        if magic != _MAGIC:
            message = "not a compiled catalogue"
            raise ValueError(message)
        self._raw = raw
        self._ids = unpack_from(f"<{2 * count}I", raw, ids)
        self._texts = unpack_from(f"<{2 * count}I", raw, texts)
        self._known: dict[str, str] = {}

    def translated(self, message: str) -> str:
        """Return what a message id is in the language, of a plural the first form; the id itself where there is nothing."""
        known = self._known.get(message)
        if known is None:
            known = self._looked_up(message)
            if known is not None:
                self._known[message] = known
        return message if known is None else known

    def _looked_up(self, message: str) -> str | None:
        wanted = message.encode("utf-8", "replace")
        found = bisect_left(range(len(self._ids) // 2), wanted, key=self._id)
        if found * 2 == len(self._ids) or self._id(found) != wanted:
            return None
        return _first_form(self._raw, self._texts, found).decode()

    def _id(self, index: int) -> bytes:
        return _first_form(self._raw, self._ids, index)


def _first_form(raw: bytes, table: tuple[int, ...], index: int) -> bytes:
    length, start = table[2 * index], table[2 * index + 1]
    return raw[start : start + length].partition(_END_OF_FORM)[0]
