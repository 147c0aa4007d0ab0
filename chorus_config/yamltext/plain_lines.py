"""A reader for the one form in which nearly every sheet is written: a key, or an entry of a list, and its value a line.

It takes a fifth of the time of the strict reader (`parse`), and must say the same to the letter: what is not plainly in this
form is refused, and left to that one. Texts stand between double quotes without escapes, or are plain words; blocks are
indented by blanks; lists hold blocks, texts, or stand between brackets on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from chorus_config.model.finding import Path, Span
from chorus_config.yamltext.characters import is_usual
from chorus_config.yamltext.parsed_text import AlteredScalar, ParsedText
from chorus_config.yamltext.values import altered

# Neither the limit of nodes nor that of nested brackets can be met below this size.
_MAX_CHARACTERS: Final = 64 * 1024
_MAX_DEPTH: Final = 16

_WORD: Final = r"[0-9A-Za-zÀ-ÖØ-öø-ÿŒœ_.,'()/+@-]+"
_PLAIN: Final = rf"[0-9A-Za-zÀ-ÖØ-öø-ÿŒœ_](?:{_WORD})?(?:\ {_WORD})*"
_QUOTED: Final = r'"[^"\\\n]*"'
# What stands between brackets on one line: texts and words alone.
_SIMPLE: Final = rf"(?:{_QUOTED}|[0-9A-Za-z][0-9A-Za-z_-]*)"
_KEY: Final = r"[a-z][a-z0-9_]{0,62}"
_LISTED: Final = rf"\[(?:{_SIMPLE}(?:,\ ?{_SIMPLE})*)?\]"
_PAIRED: Final = rf"\{{{_KEY}:\ {_SIMPLE}(?:,\ ?{_KEY}:\ {_SIMPLE})*\}}"
# Each line of a text, whatever it holds: what no other branch takes ends in the last group.
LINE: Final = re.compile(
    rf"""
    ^(?:
      (\ *)(-\ )?({_KEY}):(?:\ +({_QUOTED})|\ ({_PLAIN})|\ +({_LISTED}|{_PAIRED}))?(?:\ +\#[^\n]*|\ *)
      |(\ *)-\ (?:({_QUOTED})|({_PLAIN})|({_LISTED}|{_PAIRED}))(?:\ +\#[^\n]*|\ *)
      |\ *(?:\#[^\n]*)?
      |(.+)
    )$
    """,
    re.MULTILINE | re.VERBOSE,
)
_Line = tuple[str, str, str, str, str, str, str, str, str, str, str]
# A line without content, or a comment.
_NOTHING: Final[_Line] = ("",) * 11
IN_LIST: Final = re.compile(r'"([^"]*)"|([0-9A-Za-z_-]+)')
IN_PAIRS: Final = re.compile(r'([a-z0-9_]+):\ (?:"([^"]*)"|([0-9A-Za-z_-]+))')
_FLAGS: Final = {"true": True, "false": False}

# The block or list that holds a value, and under what key or number.
_Holder = tuple[Any, Any]
# Line and column, from 0.
_Place = tuple[int, int]
_Altered = tuple[_Holder, str, _Place]


class _OtherForm(Exception):
    """The text is not plainly in the form that is read here."""


def read_plain(text: str) -> ParsedText | None:
    """Return the data of a document, None when it is not in the plain form."""
    # In this form no value reaches over the end of a line: it does not matter how lines end.
    lines = with_line_feeds(text)
    if len(lines) > _MAX_CHARACTERS or not is_usual(lines):
        return None
    tree = _Tree(lines)
    try:
        for number, line in enumerate(LINE.findall(lines)):
            if line[2]:
                tree.pair(line, number)
            elif line != _NOTHING:
                tree.item(line, number)
        return tree.whole()
    except _OtherForm:
        return None


def with_line_feeds(text: str) -> str:
    """Return a text with a line feed alone at the end of each line."""
    return text.replace("\r\n", "\n") if "\r" in text else text


class _Tree:
    """What gathers line by line: the open blocks and lists with their columns, and the key that waits for its value."""

    __slots__ = ("_altered", "_column", "_key", "_open", "_root", "_text", "_waiting")

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: dict[str, Any] = {}
        self._open: list[tuple[int, Any]] = [(0, self._root)]
        self._altered: list[_Altered] = []
        self._waiting: dict[str, Any] | None = None
        self._key = ""
        self._column = 0

    def block(self, column: int) -> dict[str, Any]:
        """Return the block whose keys stand at a column. Raises _OtherForm."""
        if self._waiting is not None:
            opened_block: dict[str, Any] = self._opened(column, self._column + 1, {})
            return opened_block
        opened = self._open
        while (last := opened[-1])[0] > column or last[1].__class__ is list:
            opened.pop()
        if last[0] != column:
            raise _OtherForm
        found: dict[str, Any] = last[1]
        return found

    def items(self, column: int) -> list[Any]:
        """Return the list whose dashes stand at a column. Raises _OtherForm."""
        if self._waiting is not None:
            opened_list: list[Any] = self._opened(column, self._column, [])
            return opened_list
        opened = self._open
        while opened[-1][0] > column:
            opened.pop()
        at, found = opened[-1]
        if at != column or found.__class__ is not list:
            raise _OtherForm
        listed: list[Any] = found
        return listed

    def pair(self, line: _Line, number: int) -> None:
        """Take a line with a key. Raises _OtherForm."""
        indent, dash, key, quoted, plain, inner = line[:6]
        column = len(indent)
        block = self.entry(column) if dash else self.block(column)
        if key in block:
            raise _OtherForm
        if quoted:
            block[key] = quoted[1:-1]
        elif plain:
            # Behind the key stand a colon and one blank.
            block[key] = self.word(plain, (block, key), (number, column + len(dash) + len(key) + 2))
        elif inner:
            block[key] = self.inside(inner, (number, column + len(dash) + len(key)))
        else:
            # What is indented further in than the key, or a list whose dashes may stand at its own column.
            self._waiting, self._key, self._column = block, key, column + len(dash)

    def item(self, line: _Line, number: int) -> None:
        """Take a line with a text, a word or brackets behind a dash. Raises _OtherForm, for any other line as well."""
        bullet, quoted, plain, inner, other = line[6:]
        if other:
            raise _OtherForm
        items, column = self.items(len(bullet)), len(bullet) + 2
        if inner:
            items.append(self.inside(inner, (number, column)))
        else:
            items.append(quoted[1:-1] if quoted else self.word(plain, (items, len(items)), (number, column)))

    def inside(self, brackets: str, near: _Place) -> Any:
        """Return the list or the block that stands between brackets, on the line and not before the column of `near`."""
        if brackets[0] == "[":
            texts: list[Any] = []
            for found in IN_LIST.finditer(brackets):
                text, word = found.groups()
                texts.append(self._word_inside(found, brackets, (texts, len(texts)), near) if word else text)
            return texts
        made: dict[str, Any] = {}
        for found in IN_PAIRS.finditer(brackets):
            key, text, word = found.groups()
            if key in made:
                raise _OtherForm
            made[key] = self._word_inside(found, brackets, (made, key), near) if word else text
        return made

    def _word_inside(self, found: re.Match[str], brackets: str, holder: _Holder, near: _Place) -> object:
        line, column = near
        if altered(found[found.re.groups]):
            # Where the brackets open is looked up for such a word alone: nothing but blanks stands before them.
            column = self._text.split("\n")[line].index(brackets, column)
        return self.word(found[found.re.groups], holder, (line, column + found.start(found.re.groups)))

    def entry(self, column: int) -> dict[str, Any]:
        """Return a new block in the list whose dashes stand at a column. Raises _OtherForm."""
        made: dict[str, Any] = {}
        self.items(column).append(made)
        self._open.append((column + 2, made))
        return made

    def word(self, text: str, holder: _Holder, place: _Place) -> object:
        """Return the value of a plain scalar, and note one that others alter: where it is held, and where it stands."""
        flag = _FLAGS.get(text)
        if flag is not None:
            return flag
        if altered(text):
            self._altered.append((holder, text, place))
        return text

    def whole(self) -> ParsedText:
        """Return the document. Raises _OtherForm when a key waits for its value, or there is none."""
        if self._waiting is not None or not self._root:
            raise _OtherForm
        if not self._altered:
            return ParsedText(self._root, plain=True)
        return ParsedText(self._root, altered=tuple(_altered_scalars(self._altered, self._root)), plain=True)

    def _opened(self, column: int, least: int, made: Any) -> Any:
        """Open a block or a list as the value of the key that waits. Raises _OtherForm when it stands too far out."""
        if column < least or len(self._open) > _MAX_DEPTH or self._waiting is None:
            raise _OtherForm
        self._waiting[self._key] = made
        self._waiting = None
        self._open.append((column, made))
        return made


def _altered_scalars(noted: list[_Altered], root: dict[str, Any]) -> Iterator[AlteredScalar]:
    """Yield what was noted, in the order of the text, each with its path."""
    # Nearly every sheet has its version alone, in the outermost block: no other path is worth a walk then.
    paths = dict(_paths(root, ())) if any(container is not root for (container, _key), _text, _place in noted) else {}
    for (container, key), text, (line, column) in noted:
        span = Span(line + 1, column + 1, line + 1, column + 1 + len(text))
        yield AlteredScalar((*paths.get(id(container), ()), key), container, text, span)


def _paths(container: dict[str, Any] | list[Any], path: Path) -> Iterator[tuple[int, Path]]:
    """Yield a container, and each block and list inside it, by identity, with its path; the reader bounds the depth."""
    yield id(container), path
    for key, value in container.items() if isinstance(container, dict) else enumerate(container):
        if isinstance(value, dict | list):
            yield from _paths(value, (*path, key))
