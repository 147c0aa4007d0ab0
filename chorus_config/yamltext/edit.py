"""Changing one value of a file by its span: comments, the quoting of the rest, order, line ends and mark stay as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path
from chorus_config.yamltext.characters import decode, readable
from chorus_config.yamltext.compose import compose
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.values import block, flow, key_text

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class CannotEdit(Exception):
    """The value cannot be changed by its span without touching more; `reason` is a message id, `places` what stands in it."""

    def __init__(self, reason: str, **places: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.places = places


class _Source(Struct, frozen=True):
    """A text with the offset of each of its lines."""

    text: str
    starts: tuple[int, ...]

    def offset(self, mark: Any) -> int:
        """Return where libyaml's mark (line and column from 0, in code points) stands."""
        line, column = int(mark.line), int(mark.column)
        return self.starts[line] + column

    def line_end(self, line: int) -> int:
        """Return where a line ends, before its line end."""
        if line + 1 >= len(self.starts):
            return len(self.text)
        end = self.starts[line + 1] - 1
        return end - 1 if self.text[end - 1 : end] == "\r" else end


class _Patch(Struct, frozen=True):
    """What to put in the place of a stretch of the text."""

    start: int
    end: int
    new: str


def edited(raw: bytes, path: Path, value: object, order: Sequence[str] = ()) -> bytes:
    """Return the file with the value at `path` set: a text, a boolean, a list or, where nothing stands yet, a block.

    A key that is missing goes after its nearest sibling in `order`; a path one past the end of a list appends. The file
    must be one that `parse` reads without a fault. Raises CannotEdit.
    """
    data, source, root = _read(raw)
    return _patched(raw, source, _patch(source, root, path, value, order), _changed(data, path, value))


def extended(raw: bytes, path: Path, values: Sequence[object]) -> bytes:
    """Return the file with entries added at the end of the list at `path`, in one go. Raises CannotEdit like `edited`."""
    data, source, root = _read(raw)
    node: Any = root
    known: Any = data
    for step in path:
        node, known = _inner(node, step) if node is not None else None, known[step]
    if node is None or node.id != "sequence":
        raise CannotEdit(_("the file is written in a way that cannot be changed safely"))
    wanted = _changed(data, path, [*known, *values])
    return _patched(raw, source, _added_items(source, node, values), wanted) if values else raw


def added_entry(raw: bytes, path: Path, value: object) -> tuple[int, str]:
    """Return where in the text of a file an entry of the list at `path` is added, and as what. Raises CannotEdit."""
    node, source = _node_at(raw, path)
    if node is None or node.id != "sequence":
        raise CannotEdit(_("the file is written in a way that cannot be changed safely"))
    patch = _added_items(source, node, [value])
    return patch.start, patch.new


def added_key(raw: bytes, path: Path, key: str, value: object, order: Sequence[str]) -> tuple[int, str]:
    """Return where in the text of a file a key of the block at `path` is added, and as what. Raises CannotEdit."""
    node, source = _node_at(raw, path)
    if node is None or node.id != "mapping":
        raise CannotEdit(_("the file is written in a way that cannot be changed safely"))
    patch = _added_key(source, node, key, value, order)
    return patch.start, patch.new


def _node_at(raw: bytes, path: Path) -> tuple[Any, _Source]:
    _data, source, node = _read(raw)
    for step in path:
        node = _inner(node, step) if node is not None else None
    return node, source


def _read(raw: bytes) -> tuple[dict[str, Any], _Source, Any]:
    """Return what a file says, its text, and the nodes in it. Raises CannotEdit."""
    before = parse(raw)
    text = decode(raw)
    if before.stopped or before.faults or isinstance(text, Fault):
        raise CannotEdit(_("the file has errors: `chorus-config validate` shows them"))
    if not isinstance(before.data, dict):
        raise CannotEdit(_("the file is written in a way that cannot be changed safely"))
    starts = (0, *(index + 1 for index, character in enumerate(text) if character == "\n"))
    return before.data, _Source(text, starts), compose(readable(text))


def _patched(raw: bytes, source: _Source, patch: _Patch, wanted: object) -> bytes:
    changed_text = source.text[: patch.start] + patch.new + source.text[patch.end :]
    try:
        after = (_BYTE_ORDER_MARK if raw.startswith(_BYTE_ORDER_MARK) else b"") + changed_text.encode()
    except UnicodeEncodeError:
        raise CannotEdit(_("the value holds characters that no sheet may hold")) from None
    _require(after, wanted)
    return after


def _require(raw: bytes, wanted: object) -> None:
    """Refuse an edit that a reader would not take for exactly what is wanted."""
    parsed = parse(raw)
    rules = {fault.rule for fault in parsed.faults}
    if "CP005" in rules:
        raise CannotEdit(_("the file would be larger than a sheet may be: `chorus-config explain CP005`"))
    if "CP002" in rules:
        raise CannotEdit(_("the value holds characters that no sheet may hold"))
    if parsed.stopped or rules or _canonical(parsed.data) != _canonical(wanted):
        raise CannotEdit(_("the file is written in a way that cannot be changed safely"))


def _canonical(data: object) -> str:
    return json.dumps(data, sort_keys=True)


def _changed(data: Any, path: Path, value: object) -> Any:
    """Return a document with one value set; what is around it is copied."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(data, list) and isinstance(step, int):
        inner = _changed(data[step] if step < len(data) else None, rest, value)
        return [*data[:step], inner, *data[step + 1 :]]
    mapping = data if isinstance(data, dict) else {}
    return {**mapping, step: _changed(mapping.get(step), rest, value)}


def _patch(source: _Source, root: Any, path: Path, value: object, order: Sequence[str]) -> _Patch:
    """Return the one stretch to change."""
    node = above = root
    for depth, step in enumerate(path):
        inner = _inner(node, step)
        if inner is not None:
            above, node = node, inner
            continue
        if depth != len(path) - 1:
            raise CannotEdit(_("the block around it is not written in the file"))
        if node.id == "scalar" and isinstance(step, str):
            return _first_of_block(source, above, node, {step: value})
        return _added(source, node, step, value, order)
    return _replaced(source, node, value)


def _added(source: _Source, node: Any, step: str | int, value: object, order: Sequence[str]) -> _Patch:
    if node.id == "mapping" and isinstance(step, str):
        return _added_key(source, node, step, value, order)
    if node.id == "sequence" and step == len(node.value):
        return _added_items(source, node, [value])
    raise CannotEdit(_("the file is written in a way that cannot be changed safely"))


def _first_of_block(source: _Source, above: Any, node: Any, value: Mapping[str, object]) -> _Patch:
    """Write the first key of a block of which only the name stands, on the line below it."""
    name = next((name for name, item in above.value if item is node), None) if above.id == "mapping" else None
    if name is None:
        raise CannotEdit(_("the file is written in a way that cannot be changed safely"))
    if above.flow_style or node.value or node.style:
        raise CannotEdit(_("the block {block} is not written as one: write its first key by hand"), block=str(name.value))
    return _insert_below(source, int(name.end_mark.line), int(name.start_mark.column) + 2, block(value), beyond=None)


def _inner(node: Any, step: str | int) -> Any:
    """Return the node one step further, None when nothing is written there."""
    if node.id == "mapping":
        return next((item for name, item in node.value if name.value == step), None)
    if node.id == "sequence" and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _replaced(source: _Source, node: Any, value: object) -> _Patch:
    start, end = source.offset(node.start_mark), source.offset(node.end_mark)
    old = source.text[start:end]
    if node.id == "mapping" or isinstance(value, Mapping):
        raise CannotEdit(_("it is a block: change it by hand"))
    if "\n" in old or (node.id == "sequence" and (not node.flow_style or "#" in old)):
        raise CannotEdit(_("it is written over several lines: change it by hand"))
    # What is written as nothing stands right behind its colon.
    return _Patch(start, end, flow(value) if old or source.text[start - 1 : start].isspace() else f" {flow(value)}")


def _added_key(source: _Source, node: Any, key: str, value: object, order: Sequence[str]) -> _Patch:
    if not node.value:
        return _first_of_flow(source, node, f"{key_text(key)}: {flow(value)}")
    name, item = _nearest(node.value, key, order)
    if node.flow_style:
        return _insert_behind(source, item, f"{key_text(key)}: {flow(value)}")
    column = int(name.start_mark.column)
    # A comment further in belongs to the block before: it stays with it.
    return _insert_below(source, _last_line(item), column, block({key: value}), beyond=column)


def _nearest(pairs: Sequence[tuple[Any, Any]], key: str, order: Sequence[str]) -> tuple[Any, Any]:
    """Return the sibling behind which a key belongs: the last that comes before it in `order`."""
    rank = order.index(key) if key in order else len(order)
    earlier = [pair for pair in pairs if pair[0].value in order[:rank]]
    return earlier[-1] if earlier else pairs[-1 if rank == len(order) else 0]


def _added_items(source: _Source, node: Any, values: Sequence[object]) -> _Patch:
    """Write entries behind the last one of a list."""
    if not node.value:
        return _first_of_flow(source, node, ", ".join(map(flow, values)))
    last = node.value[-1]
    if node.flow_style:
        return _insert_behind(source, last, ", ".join(map(flow, values)))
    column = int(node.start_mark.column)
    # As many blanks behind the dash as the neighbour has.
    spaces = " " * max(1, last.start_mark.column - column - 1)
    if last.start_mark.line != _dash_line(source, last, column):
        spaces = " "
    # A neighbour that is written on one line is not alone in that.
    short = last.id == "mapping" and last.flow_style
    item_lines: list[str] = []
    for value in values:
        lines = block(value) if isinstance(value, Mapping) and not short else [flow(value)]
        item_lines += [f"-{spaces}{lines[0]}", *(" " * (1 + len(spaces)) + line for line in lines[1:])]
    return _insert_below(source, _last_line(last), column, item_lines, beyond=column)


def _dash_line(source: _Source, node: Any, column: int) -> int:
    """Return the line of an item's dash: its own, unless the item begins below it."""
    line = int(node.start_mark.line)
    return line if source.text[source.starts[line] + column : source.starts[line] + column + 1] == "-" else -1


def _first_of_flow(source: _Source, node: Any, new: str) -> _Patch:
    """Fill `{}` or `[]`."""
    at = source.offset(node.start_mark) + 1
    if not node.flow_style or source.text[at - 1 : at] not in {"{", "["}:
        raise CannotEdit(_("the block around it is not written in the file"))
    return _Patch(at, at, new)


def _insert_behind(source: _Source, node: Any, new: str) -> _Patch:
    """Put an entry behind another one between brackets."""
    at = source.offset(node.end_mark)
    return _Patch(at, at, f", {new}")


def _insert_below(source: _Source, line: int, column: int, lines: Sequence[str], *, beyond: int | None) -> _Patch:
    """Put lines below another one, indented like their siblings; comments that are indented `beyond` a column stay above."""
    while beyond is not None and _is_comment(source, line + 1, beyond):
        line += 1
    at = source.line_end(line)
    line_feed = "\r\n" if source.text[at : at + 2] == "\r\n" or (at == len(source.text) and "\r\n" in source.text) else "\n"
    return _Patch(at, at, "".join(f"{line_feed}{' ' * column}{one}" for one in lines))


def _is_comment(source: _Source, line: int, beyond: int) -> bool:
    if line >= len(source.starts):
        return False
    text = source.text[source.starts[line] : source.line_end(line)]
    return text.lstrip(" ").startswith("#") and len(text) - len(text.lstrip(" ")) > beyond


def _last_line(node: Any) -> int:
    """Return the line where a value ends; blocks end with what is last in them."""
    if node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if node.id == "mapping" else last)
    if node.id == "scalar" and node.style in {"|", ">"}:
        raise CannotEdit(_("it is written over several lines: change it by hand"))
    return int(node.end_mark.line)
