"""Where one thing stands in a document of the plain form (`plain_lines`), as libyaml marks it; nothing else is looked for."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from chorus_config.model.finding import Path, Span
from chorus_config.yamltext.plain_lines import IN_LIST, IN_PAIRS, LINE, with_line_feeds

# How a line begins: its blanks, its dash, its key. All that says something has one of the last two.
_BEGINNING: Final = re.compile(r"^( *)(- )?(?:([a-z][a-z0-9_]*):(?= |$))?", re.MULTILINE)
# The groups of LINE that hold a value: behind a key, and behind a dash alone.
_VALUES: Final = ((4, 5, 6), (8, 9, 10))


class _Row(NamedTuple):
    """A line that says something, from 1; where it begins, and where its key or entry does, from 0; its key, "" for none."""

    number: int
    first: int
    column: int
    dash: bool
    key: str


class _Node(NamedTuple):
    """A block or list: its rows, from `start` to before `stop`; the column of its keys, or of its dashes."""

    start: int
    stop: int
    column: int
    is_list: bool


class _Leaf(NamedTuple):
    """What stands on one line: a text, or what is between brackets."""

    line: int
    column: int
    text: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.line, self.column + 1, self.line, self.column + 1 + len(self.text))


class PlainPlaces:
    """The places of a text that `read_plain` read."""

    def __init__(self, text: str) -> None:
        self._text = with_line_feeds(text)
        self._lines = self._text.split("\n")
        self._rows: list[_Row] = []
        for number, (blanks, dash, key) in enumerate(_BEGINNING.findall(self._text), 1):
            if key or dash:
                first = len(blanks)
                self._rows.append(_Row(number, first, first + len(dash), dash != "", key))

    def key(self, path: Path) -> Span | None:
        """Return where a key stands, None for none: entries of lists and the whole document have none."""
        if not path or not isinstance(path[-1], str):
            return None
        around = self._find(path[:-1])
        if isinstance(around, _Node):
            row = self._row_of_key(around, path[-1])
            return None if row is None else _Leaf(self._rows[row].number, self._rows[row].column, path[-1]).span
        inner = None if around is None else _in_pairs(around, path[-1])
        return None if inner is None else inner[0].span

    def value(self, path: Path) -> Span | None:
        """Return where a value stands, None for none."""
        found = self._find(path)
        if isinstance(found, _Node):
            end = self._end(found)
            return Span(self._rows[found.start].number, found.column + 1, *end)
        return None if found is None else found.span

    def _find(self, path: Path) -> _Node | _Leaf | None:
        found: _Node | _Leaf | None = _Node(0, len(self._rows), 0, is_list=False)
        for step in path:
            if isinstance(found, _Node):
                found = self._entry(found, step) if isinstance(step, int) else self._under(found, step)
            elif found is not None:
                found = _in_list(found, step) if isinstance(step, int) else (_in_pairs(found, step) or (None, None))[1]
        return found

    def _row_of_key(self, block: _Node, key: str) -> int | None:
        if block.is_list:
            return None
        rows = self._rows
        return next((i for i in range(block.start, block.stop) if rows[i].key == key and rows[i].column == block.column), None)

    def _under(self, block: _Node, key: str) -> _Node | _Leaf | None:
        """Return what is behind a key of a block."""
        at = self._row_of_key(block, key)
        if at is None:
            return None
        rows, column, leaf = self._rows, block.column, self._leaf(self._rows[at])
        if leaf is not None:
            return leaf
        stop = at + 1
        # The dashes of a list may stand at the column of its key.
        while stop < block.stop and (rows[stop].first > column or (rows[stop].dash and rows[stop].first == column)):
            stop += 1
        return _Node(at + 1, stop, rows[at + 1].first, rows[at + 1].dash)

    def _entry(self, items: _Node, index: int) -> _Node | _Leaf | None:
        """Return an entry of a list."""
        if not items.is_list:
            return None
        dashes = [i for i in range(items.start, items.stop) if self._rows[i].first == items.column and self._rows[i].dash]
        if not 0 <= index < len(dashes):
            return None
        at = dashes[index]
        row = self._rows[at]
        if not row.key:
            return self._leaf(row)
        return _Node(at, dashes[index + 1] if index + 1 < len(dashes) else items.stop, row.column, is_list=False)

    def _leaf(self, row: _Row) -> _Leaf | None:
        """Return the value on a line, None when it stands on the lines below."""
        found = LINE.match(self._lines[row.number - 1])
        groups = _VALUES[0] if row.key else _VALUES[1]
        group = next((one for one in groups if found is not None and found[one] is not None), None)
        return None if found is None or group is None else _Leaf(row.number, found.start(group), found[group])

    def _end(self, node: _Node) -> tuple[int, int]:
        """Return where a block or list ends: where the next line begins that is not of it, or where the text does."""
        if node.stop < len(self._rows):
            row = self._rows[node.stop]
            return row.number, row.first + 1
        rest = len(self._lines[-1])
        # What stands further in than the end of the text ends there, all else at the beginning of the line after it.
        return (len(self._lines), rest + 1) if node.column > rest else (len(self._lines) + (1 if rest else 0), 1)


def _in_list(brackets: _Leaf, index: int) -> _Leaf | None:
    if brackets.text[:1] != "[":
        return None
    found = next((one for at, one in enumerate(IN_LIST.finditer(brackets.text)) if at == index), None)
    return None if found is None else _Leaf(brackets.line, brackets.column + found.start(), found[0])


def _in_pairs(brackets: _Leaf, key: str) -> tuple[_Leaf, _Leaf] | None:
    """Return a key between braces, and its value."""
    found = next((one for one in IN_PAIRS.finditer(brackets.text) if one[1] == key), None) if brackets.text[:1] == "{" else None
    if found is None:
        return None
    start = found.end(1) + 2
    named = _Leaf(brackets.line, brackets.column + found.start(), key)
    return named, _Leaf(brackets.line, brackets.column + start, brackets.text[start : found.end()])
