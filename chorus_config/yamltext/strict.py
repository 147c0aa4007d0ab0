"""What libyaml reads although YAML 1.2 forbids it: other readers refuse the whole file for it, so it is refused here.

What could hold such a thing is put aside (`Spread`); nearly no file has any. Only that is looked at, by the places of its
nodes in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final

from msgspec import Struct

from chorus_config.model.finding import Fault, Span
from chorus_config.yamltext.syntax import TAB

# A number sign behind anything but a blank: most often inside a text. Led by the sign, so that the search is quick.
_GLUED_SIGN: Final = re.compile(r"#(?<=[^\s#]#)")
_BLOCK_STYLES: Final = frozenset("|>")
_HEADER: Final = re.compile(r"[|>][-+0-9]*")
# These may stand below the key of their block: so people write them, and nearly every reader takes them there.
_CLOSING: Final = frozenset("]}")


class Spread(Struct, frozen=True):
    """A value over several lines that is no block: it belongs to one that begins at `column`, and to its `line`; from 0."""

    column: int
    line: int
    node: Any


def loose_syntax(text: str, root: Any) -> Fault | None:
    """Return the CP001 of the first thing in a text that libyaml read too willingly, None where there is none.

    `root` is the composed document, no deeper than the loader allows; None when there is none.
    """
    glued = _GLUED_SIGN.search(text) is not None
    spread: list[Spread] = []
    if _is_block(root):
        _gather(root, spread, closed=text.endswith("\n"))
    if not glued and not spread:
        return None
    source = _Source(text, (0, *(match.end() for match in re.finditer(r"\n", text))))
    found = [fault for one in spread for fault in _faults_of(source, one)]
    found += islice(_glued_comments(source, root), 1) if glued else ()
    return min(found, key=lambda fault: (fault.span.line, fault.span.column) if fault.span else (0, 0), default=None)


def _gather(block: Any, spread: list[Spread], *, closed: bool) -> None:
    """Put aside what stands over several lines in a block, or in those inside it.

    Most blocks have as many lines as entries, and are not looked into; that counts only where the text ends with a line end.
    """
    if closed and block.end_mark.line - block.start_mark.line <= len(block.value):
        return
    for entry in block.value:
        items = entry if block.id == "mapping" else (entry,)
        line = items[0].start_mark.line
        for item in items:
            if _is_block(item):
                _gather(item, spread, closed=closed)
            elif (item.id != "scalar" or item.style) and item.end_mark.line != line:
                spread.append(Spread(block.start_mark.column, line, item))


def _is_block(node: Any) -> bool:
    return node is not None and node.id != "scalar" and not node.flow_style


class _Source(Struct, frozen=True):
    """A text with the offset of each of its lines, which count from 0."""

    text: str
    starts: Sequence[int]

    def line(self, number: int) -> str:
        """Return a line without its end, "" for one beyond the last."""
        if number >= len(self.starts):
            return ""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].rstrip("\r\n")


def _faults_of(source: _Source, spread: Spread) -> Iterator[Fault]:
    node = spread.node
    if node.id != "scalar" or node.style not in _BLOCK_STYLES:
        yield from _outdented(source, spread)
        return
    if node.start_mark.column <= spread.column:
        yield _continued(node.start_mark.line, node.start_mark.column, spread)
    header = _HEADER.match(source.line(node.start_mark.line)[node.start_mark.column :])
    if header is not None and not any(sign.isdigit() for sign in header.group()):
        yield from _long_blank_lines(source, node.start_mark.line + 1, spread.column)


def _outdented(source: _Source, spread: Spread) -> Iterator[Fault]:
    """Yield the first line of a text or of brackets that begins no further in than their block, or with a tab."""
    node, in_texts = spread.node, _lines_inside_texts(spread.node)
    for number in range(spread.line + 1, node.end_mark.line + 1):
        line = source.line(number)
        blanks = len(line) - len(line.lstrip(" "))
        rest = line[blanks:]
        in_text = number in in_texts
        comment_or_empty = not rest or (not in_text and rest.lstrip(" \t")[:1] in {"", "#"})
        closing = rest[:1] in _CLOSING and not in_text and node.start_mark.line == spread.line
        if comment_or_empty or blanks > spread.column - closing:
            continue
        yield _tab(number, blanks) if rest[0] == "\t" else _continued(number, blanks, spread)
        return


def _lines_inside_texts(node: Any) -> set[int]:
    """Return the lines that begin inside a text between quotation marks, from 0."""
    texts = (one for one in _scalars(node) if one.style)
    return {line for one in texts for line in range(one.start_mark.line + 1, one.end_mark.line + 1)}


def _long_blank_lines(source: _Source, first: int, column: int) -> Iterator[Fault]:
    """Yield the first of the blank lines before a block of text that holds more blanks than its first line.

    libyaml takes that line for the end of the block. It stands further in than the `column` of the block around, or it is.
    """
    longest = number = first
    while number < len(source.starts) and not source.line(number).strip(" "):
        longest = max(longest, number, key=lambda one: len(source.line(one)))
        number += 1
    line, width = source.line(number), len(source.line(longest))
    if longest < number and column < len(line) - len(line.lstrip(" ")) < width:
        yield Fault("CP001", case="blanks", span=Span(longest + 1, 1, longest + 1, width + 1))


def _glued_comments(source: _Source, root: Any) -> Iterator[Fault]:
    """Yield the comments that no blank parts from what stands before them."""
    text, start = source.text, 0
    for scalar in (*_scalars(root), None):
        end = scalar.start_mark.index if scalar is not None else len(text)
        behind = scalar.end_mark.index if scalar is not None else end
        if scalar is not None and scalar.style in _BLOCK_STYLES:
            # What follows the sign of a block of text on its line may be a comment.
            end = text.find("\n", end)
        yield from _glued_between(source, start, end)
        start = max(behind, end)


def _glued_between(source: _Source, start: int, end: int) -> Iterator[Fault]:
    """Yield the glued comments of a stretch without texts; each comment ends with its line."""
    text, at = source.text, source.text.find("#", start, end)
    while at >= 0:
        if at and not text[at - 1].isspace():
            line = text.count("\n", 0, at)
            column = at - source.starts[line] + 1
            yield Fault("CP001", case="comment", span=Span(line + 1, column, line + 1, column + 1))
        line_end = text.find("\n", at, end)
        at = text.find("#", line_end, end) if line_end >= 0 else -1


def _scalars(node: Any) -> Iterator[Any]:
    """Yield the keys and values below a node that are texts, in their order in the file."""
    if node is not None and node.id == "scalar":
        yield node
    elif node is not None:
        pairs = node.id == "mapping"
        for item in chain.from_iterable(node.value) if pairs else node.value:
            yield from _scalars(item)


def _continued(line: int, column: int, spread: Spread) -> Fault:
    args = {"line": spread.line + 1, "found": column, "wanted": spread.column + 1}
    return Fault("CP001", case="continued", args=args, span=Span(line + 1, column + 1, line + 1, column + 2))


def _tab(line: int, column: int) -> Fault:
    return Fault("CP001", args={"problem": TAB}, span=Span(line + 1, column + 1, line + 1, column + 2))
