"""Entries of a list by their span: one taken out, or all of them written into a list that is empty; all else stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path
from chorus_config.yamltext.characters import decode, readable
from chorus_config.yamltext.compose import compose
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.values import block, flow

_MARK: Final = b"\xef\xbb\xbf"
_UNSAFE: Final = _("the file is written in a way that cannot be changed safely")


def without_item(raw: bytes, path: Path) -> bytes:
    """Return the file without one entry of a list, and without the comments that are its own: those inside it, and those
    right above it, unless it is the first: these may speak of the list. Raises CannotEdit.
    """
    text, root = _read(raw)
    above, node = _list_at(root, path[:-1])
    at = path[-1]
    if node is None or not isinstance(at, int) or at >= len(node.value):
        raise CannotEdit(_UNSAFE)
    after = _cut_flow(text, node, at) if node.flow_style else _cut_block(text, above, node, at)
    return _checked(raw, after, path[:-1], lambda items: [*items[:at], *items[at + 1 :]])


def filled(raw: bytes, path: Path, values: Sequence[Mapping[str, object]]) -> bytes:
    """Return the file with entries in a list that is written as `[]`, each a block of its own. Raises CannotEdit."""
    text, root = _read(raw)
    above, node = _list_at(root, path)
    if above is None or node is None:
        raise CannotEdit(_UNSAFE)
    lines, number = text.split("\n"), int(node.start_mark.line)
    kept = _without_brackets(lines[number], node)
    if above.start_mark.line != number or kept is None:
        raise CannotEdit(_UNSAFE)
    feed, indent = "\r" if kept.endswith("\r") else "", " " * (int(above.start_mark.column) + 2)
    made = [f"{indent}{line}" for value in values for line in _entry_lines(value)]
    lines[number : number + 1] = [f"{line}{feed}" for line in (kept.rstrip(), *made)]
    return _checked(raw, "\n".join(lines), path, lambda _items: [*values])


def _without_brackets(line: str, node: Any) -> str | None:
    """Return a line without the brackets of a list in which nothing stands, None where that is not what stands there."""
    start, end = int(node.start_mark.column), int(node.end_mark.column)
    return line[:start].rstrip() + line[end:] if line[start:end].replace(" ", "") == "[]" else None


def _entry_lines(value: Mapping[str, object]) -> list[str]:
    first, *rest = block(value) if value else [flow(value)]
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _read(raw: bytes) -> tuple[str, Any]:
    """Return the text of a file and the nodes in it. Raises CannotEdit."""
    text, parsed = decode(raw), parse(raw)
    if parsed.stopped or parsed.faults or isinstance(text, Fault):
        raise CannotEdit(_("the file has errors: `chorus-config validate` shows them"))
    return text, compose(readable(text))


def _list_at(root: Any, path: Path) -> tuple[Any, Any]:
    """Return the key of a list (None in a list of lists) and the list at a path, None where there is none."""
    name, node = None, root
    for step in path:
        name, node = _inner(node, step)
    return name, node if node is not None and node.id == "sequence" else None


def _inner(node: Any, step: str | int) -> tuple[Any, Any]:
    """Return the key (None in a list) and the node one step further, None where nothing is written."""
    if node is not None and node.id == "mapping":
        return next((pair for pair in node.value if pair[0].value == step), (None, None))
    if node is not None and node.id == "sequence" and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None


def _offset(text: str, mark: Any) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: mark.line]) + int(mark.column)


def _cut_flow(text: str, node: Any, at: int) -> str:
    """Take an entry out of a list between brackets, with the comma that parts it from its neighbour."""
    item = node.value[at]
    own = start, end = _offset(text, item.start_mark), _offset(text, item.end_mark)
    if at + 1 < len(node.value):
        end = _offset(text, node.value[at + 1].start_mark)
    elif at:
        start = _offset(text, node.value[at - 1].end_mark)
    if "#" in text[start : own[0]] + text[own[1] : end]:
        raise CannotEdit(_UNSAFE)
    return text[:start] + text[end:]


def _cut_block(text: str, above: Any, node: Any, at: int) -> str:
    """Take the lines of an entry out; a list that is empty then is written as such."""
    lines, column = text.split("\n"), int(node.start_mark.column)
    first = _dash_line(lines, node.value[at], column)
    last = at + 1 == len(node.value)
    # libyaml ends a block where the next one begins, below all comments between them.
    end = _end_line(lines, node) if last else _dash_line(lines, node.value[at + 1], column)
    while end > first + 1 and _stays(lines[end - 1], column):
        end -= 1
    while at and first > 0 and lines[first - 1].startswith(" " * column + "#"):
        first -= 1
    kept = [*lines[:first], *lines[end:]]
    if len(node.value) == 1:
        if above is None:
            raise CannotEdit(_UNSAFE)
        number = int(above.end_mark.line)
        colon = kept[number].index(":", int(above.end_mark.column)) + 1
        kept[number] = f"{kept[number][:colon]} []{kept[number][colon:]}"
    return "\n".join(kept)


def _end_line(lines: Sequence[str], node: Any) -> int:
    """Return the line behind a list: that of what comes next, or the end of the file."""
    line, column = int(node.end_mark.line), int(node.end_mark.column)
    if line >= len(lines):
        return len(lines)
    # What comes next begins its line; else the list ends in it, in a file without a last line feed.
    return line + 1 if lines[line][:column].strip() else line


def _dash_line(lines: Sequence[str], item: Any, column: int) -> int:
    """Return the line of an entry's dash: its own, or one above it. Raises CannotEdit."""
    number = int(item.start_mark.line)
    while number >= 0 and not lines[number].startswith(" " * column + "-"):
        number -= 1
    if number < 0 or lines[number][:column].strip():
        raise CannotEdit(_UNSAFE)
    return number


def _stays(line: str, column: int) -> bool:
    """Tell whether a line below an entry is not its own: a blank one, or a comment that is not deeper than the dashes."""
    text = line.strip()
    return not text or (text.startswith("#") and len(line) - len(line.lstrip(" ")) <= column)


def _checked(raw: bytes, text: str, path: Path, change: Any) -> bytes:
    """Return the bytes of a changed text, once a reader takes them for exactly what is wanted. Raises CannotEdit."""
    after = (_MARK if raw.startswith(_MARK) else b"") + text.encode("utf-8", "replace")
    parsed = parse(after)
    if parsed.stopped or parsed.faults or parsed.data != _changed(parse(raw).data, path, change):
        raise CannotEdit(_UNSAFE)
    return after


def _changed(data: Any, path: Path, change: Any) -> Any:
    if not path:
        return change(data)
    if isinstance(data, list):
        return [_changed(item, path[1:], change) if index == path[0] else item for index, item in enumerate(data)]
    return {key: _changed(item, path[1:], change) if key == path[0] else item for key, item in data.items()}
