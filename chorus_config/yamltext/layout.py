"""What a syntax error is really about when the lines look right: a blank that is no space, a line in a column of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from msgspec import Struct

from chorus_config.model.finding import Fault, Span

# Every blank of Unicode that has a width and is no space: to YAML, letters like any other.
_ODD: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_OPENING: Final = frozenset("\"'[{")
_ABOUT_COLUMNS: Final = ("mapping values are not allowed", "did not find expected key", "did not find expected '-'")


# Compiled when a file is at fault: most runs never need them.
@cache
def _odd_places() -> tuple[re.Pattern[str], ...]:
    """Return where such a blank does harm: before a line, behind its dash, before or behind the colon of its key."""
    start = r"[ \t]*(?:-[ \t]+)*"
    return (
        re.compile(rf"{start}-?(?P<odd>[{_ODD}])"),
        re.compile(rf"{start}\w+[ \t]*(?P<odd>[{_ODD}])[ \t{_ODD}]*:"),
        re.compile(rf"{start}\w+[ \t]*:[ \t]*(?P<odd>[{_ODD}])"),
    )


@cache
def _behind_odd_blank() -> re.Pattern[str]:
    return re.compile(rf"[ \t{_ODD}]+(?:-? *\w+[ \t{_ODD}]*(?=:))?")


@cache
def _key_line() -> re.Pattern[str]:
    return re.compile(r" *(?:- +)*(?P<word>[\"']?\w[\w-]*[\"']?)(?P<colon> *:)(?=[ \r]|$)")


@cache
def _header_line() -> re.Pattern[str]:
    return re.compile(r"(?:^|[ :])[|>][-+]?(?: +#.*)?[ \r]*$")


@cache
def _item_line() -> re.Pattern[str]:
    return re.compile(r" *(?P<word>-)(?=[ \r]|$)")


def odd_blank_in(value: str, span: Span, *, key: bool) -> Fault | None:
    """Return the CP001 of a blank that is no space in what libyaml took for a key, or for a text without quotation marks.

    It stands at an end of the key, behind the dash of a list item, or before a quotation mark or bracket. `span` is where
    the value stands.
    """
    at = 1 if value.startswith("-") else 0
    if value[at : at + 1] not in _ODD or not (key or at or value.lstrip(f" {_ODD}")[:1] in _OPENING):
        at = len(value.rstrip(_ODD)) if key else len(value)
    if at >= len(value):
        return None
    return _odd_blank(f"{value}:" if key else value, at, Span(span.line, span.column + at, span.line, span.column + at + 1))


def layout_fault(text: str, error: Any) -> Fault | None:
    """Return the CP001 of a blank or an indentation which a `yaml.YAMLError` in a text comes from, or None."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return None
    lines = text.split("\n")[: mark.line + 1]
    for number in range(len(lines) - 1, -1, -1):
        match = next((found for place in _odd_places() if (found := place.match(lines[number]))), None)
        if match is not None:
            at = match.start("odd")
            return _odd_blank(lines[number], at, Span(number + 1, at + 1, number + 1, at + 2))
    blank = _long_blank_line(lines)
    if blank is not None:
        return blank
    complaint = str(getattr(error, "problem", ""))
    return _out_of_column(lines, mark.column) if any(sign in complaint for sign in _ABOUT_COLUMNS) else None


def _long_blank_line(lines: Sequence[str]) -> Fault | None:
    """Return the CP001 of a line of spaces that parts a block of text from its sign, and is longer than its indentation."""
    last = len(lines) - 1
    first = next((number + 1 for number in range(last - 1, -1, -1) if lines[number].strip(" \r")), last)
    if first == last or not _header_line().search(lines[first - 1]):
        return None
    longest = max(range(first, last), key=lambda number: len(lines[number]))
    width = len(lines[longest].rstrip("\r"))
    if width <= len(lines[last]) - len(lines[last].lstrip(" ")):
        return None
    return Fault("CP001", case="blanks", span=Span(longest + 1, 1, longest + 1, width + 1))


def _odd_blank(line: str, at: int, span: Span) -> Fault:
    """Return the fault of a blank at an offset of a line; of the line only what is no value is shown: that may be secret."""
    key = _behind_odd_blank().match(line, at)
    shown = line[: key.end()].lstrip(" \t") if key else line
    visible = "".join(f"[U+{ord(sign):04X}]" if sign in _ODD else sign for sign in shown)
    args = {"codepoint": f"U+{ord(line[at]):04X}", "name": unicodedata.name(line[at], "-"), "shown": f"{visible} …"}
    return Fault("CP001", case="odd", args=args, span=span)


class _Entry(Struct, frozen=True):
    """The word that a line begins with, a key or a dash, the column where it begins, and where its colon stands.

    `opens` tells of a key that nothing stands behind it: its value is a block of its own.
    """

    line: int
    column: int
    word: str
    colon: int = -1
    opens: bool = False


def _out_of_column(lines: Sequence[str], column: int) -> Fault | None:
    """Return the CP001 of the last of some lines if it begins in a column that no open block above it has.

    `column` is where libyaml stumbled: at the beginning of the line or of its key, or at its first colon.
    """
    last = len(lines) - 1
    entries = [(entry, look) for look in (_item, _key) if (entry := look(lines, last))]
    if not any(column in {entry.column, entry.colon} for entry, _look in entries):
        return None
    here, look = entries[0]
    open_blocks = list(_open_above(lines, last, look))
    if not open_blocks or any(one.column == here.column for one in open_blocks):
        return None
    # Between two blocks as near, a key that opens one of its own belongs to the outer, another to the inner.
    outwards = 1 if any(entry.opens for entry, _look in entries) else -1
    near = min(open_blocks, key=lambda one: (abs(one.column - here.column), outwards * one.line))
    args = {"found": here.column, "wanted": near.column, "word": here.word, "other": near.word, "line": near.line + 1}
    return Fault("CP001", case="indent", args=args, span=Span(last + 1, 1, last + 1, here.column + 1))


def _open_above(lines: Sequence[str], below: int, look: Callable[[Sequence[str], int], _Entry | None]) -> Iterator[_Entry]:
    """Yield, upwards from a line, the entries whose blocks are still open: each further out than the one before."""
    column = len(max(lines, key=len)) + 1
    for number in range(below - 1, -1, -1):
        entry = look(lines, number)
        if entry is not None and entry.column < column:
            column = entry.column
            yield entry


def _key(lines: Sequence[str], number: int) -> _Entry | None:
    match = _key_line().match(lines[number])
    if match is None:
        return None
    opens = not lines[number][match.end() :].strip()
    return _Entry(number, match.start("word"), match["word"], match.end("colon") - 1, opens)


def _item(lines: Sequence[str], number: int) -> _Entry | None:
    match = _item_line().match(lines[number])
    return _Entry(number, match.start("word"), "-") if match else None
