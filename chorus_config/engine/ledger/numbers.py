"""Operations by the numbers that a worksheet shows: `12`, `14-17`, `3,5`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from chorus_config.model.operation import Operation

_ONE: Final = re.compile(r"(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?")


class NotANumber(ValueError):
    """A word is neither a number nor a range that leads upwards; the word is its only argument."""


class Numbered(Struct, frozen=True):
    """The operations that numbers name: those still to settle, those that were settled before, the words that name none."""

    waiting: tuple[Operation, ...]
    settled: tuple[Operation, ...]
    unknown: tuple[str, ...]


def numbered(operations: Iterable[Operation], words: Sequence[str]) -> Numbered:
    """Return what numbers name among all operations of a store. Raises NotANumber.

    A range names those of its numbers that are open; it is unknown where no operation has its first or its last number.
    """
    ranges = _ranges(words)
    every = sorted(operations, key=lambda one: one.id)
    named = [one for one in every if any(one.id in numbers for numbers in ranges.values())]
    singly = {numbers.start for numbers in ranges.values() if len(numbers) == 1}
    return Numbered(
        tuple(one for one in named if one.state == "open"),
        tuple(one for one in named if one.state != "open" and one.id in singly),
        _unknown(ranges, every),
    )


def _unknown(ranges: Mapping[str, range], operations: Sequence[Operation]) -> tuple[str, ...]:
    known = {one.id for one in operations}
    return tuple(word for word, numbers in ranges.items() if not {numbers[0], numbers[-1]} <= known)


def _ranges(words: Iterable[str]) -> dict[str, range]:
    return {word: _range(word) for text in words for word in text.split(",")}


def _range(word: str) -> range:
    found = _ONE.fullmatch(word.strip())
    if found is None:
        raise NotANumber(word)
    first = int(found["first"])
    last = int(found["last"] or first)
    if last < first:
        raise NotANumber(word)
    return range(first, last + 1)
