"""Keys that stand twice in a block: what most likely happened, told once, and the tree as it was probably meant.

A forgotten dash runs two entries of a list into one; two sheets pasted into one file repeat all their keys. The rest of a
file is judged on the tree as it was meant: what only follows from the slip is then not found.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import yaml

from chorus_config.model.finding import Fault, Path
from chorus_config.yamltext.characters import MAX_FAULTS, cleaned
from chorus_config.yamltext.compose import span_of

# So many keys of a whole document are not repeated by a slip of the pen.
_A_SECOND_SHEET: Final = 3
_AN_ENTRY: Final = 2

_Pairs = list[tuple[Any, Any]]


def without_repetitions(root: Any) -> tuple[Any, tuple[Fault, ...]]:
    """Return a node tree in which no key stands twice, and a CP004 for each slip that made one stand so."""
    faults: list[Fault] = []
    if isinstance(root, yaml.MappingNode):
        again = _repeated(root.value)
        if len(again) >= _A_SECOND_SHEET and again[0] == _first_of_second(root.value, again):
            faults.append(_fault("sheets", (), root.value, again[0]))
            root = _mapping(root, root.value[: again[0]])
    return _repaired(root, (), faults), tuple(faults[:MAX_FAULTS])


def _first_of_second(pairs: _Pairs, again: Sequence[int]) -> int:
    """Return where a second sheet begins: at the first key that repeats, when nothing new comes between it and the others."""
    return again[0] if len(again) * 2 > len(pairs) - again[0] else -1


def _repaired(node: Any, path: Path, faults: list[Fault]) -> Any:
    if isinstance(node, yaml.SequenceNode):
        entries: list[Any] = []
        for item in node.value:
            entries += _entries(item, (*path, len(entries)), faults)
        repaired = [_repaired(entry, (*path, index), faults) for index, entry in enumerate(entries)]
        return yaml.SequenceNode(node.tag, repaired, node.start_mark, node.end_mark, node.flow_style)
    if not isinstance(node, yaml.MappingNode):
        return node
    kept: dict[str, tuple[Any, Any]] = {}
    for index, (name, item) in enumerate(node.value):
        key = _key(name)
        if key in kept:
            faults.append(_fault("", path, node.value, index))
            kept[key] = _joined(kept[key], (name, item))
        else:
            kept[key] = (name, item)
    # Most of what stands behind a key is one text, in which no key can repeat.
    pairs = [
        (name, item if item.__class__ is yaml.ScalarNode else _repaired(item, (*path, cleaned(str(name.value))), faults))
        for name, item in kept.values()
    ]
    return _mapping(node, pairs)


def _entries(item: Any, path: Path, faults: list[Fault]) -> list[Any]:
    """Return the entries that one entry of a list was meant to be: several, where a dash was forgotten."""
    if not isinstance(item, yaml.MappingNode) or item.flow_style:
        return [item]
    again = _repeated(item.value)
    named_again = bool(again) and _key(item.value[again[0]][0]) == _key(item.value[0][0])
    if not again or not (named_again or len(again) >= _AN_ENTRY):
        return [item]
    *before, place = path
    following = (*before, int(place) + 1)
    faults.append(_fault("dash", following, item.value, again[0]))
    return [_mapping(item, item.value[: again[0]]), *_entries(_mapping(item, item.value[again[0] :]), following, faults)]


def _joined(one: tuple[Any, Any], other: tuple[Any, Any]) -> tuple[Any, Any]:
    """Return one key with its value for two: blocks and lists are what both hold, of two texts the last stays."""
    (name, first), (_name, second) = one, other
    if isinstance(first, yaml.MappingNode) and isinstance(second, yaml.MappingNode):
        known = {_key(key) for key, _item in first.value}
        return name, _mapping(first, [*first.value, *(pair for pair in second.value if _key(pair[0]) not in known)])
    if isinstance(first, yaml.SequenceNode) and isinstance(second, yaml.SequenceNode):
        named = {_name_of(item) for item in first.value}
        items = [*first.value, *(item for item in second.value if _name_of(item) not in named)]
        return name, yaml.SequenceNode(first.tag, items, first.start_mark, first.end_mark, first.flow_style)
    return other


def _name_of(item: Any) -> object:
    """Return what tells an entry of a list from the others: its first value, or itself."""
    first = item.value[0][1] if isinstance(item, yaml.MappingNode) and item.value else item
    return first.value if isinstance(first, yaml.ScalarNode) else id(item)


def _mapping(node: Any, pairs: _Pairs) -> Any:
    start = pairs[0][0].start_mark if pairs and pairs[0][0] is not node.value[0][0] else node.start_mark
    return yaml.MappingNode(node.tag, pairs, start, node.end_mark, node.flow_style)


def _repeated(pairs: _Pairs) -> list[int]:
    """Return the places of the keys that an earlier one of the block is."""
    seen: set[str] = set()
    again = []
    for index, (name, _item) in enumerate(pairs):
        if _key(name) in seen:
            again.append(index)
        seen.add(_key(name))
    return again


def _fault(case: str, path: Path, pairs: _Pairs, index: int) -> Fault:
    name = pairs[index][0]
    first = next(other for other, _item in pairs if _key(other) == _key(name))
    key = cleaned(str(name.value))
    args = {"key": key, "line": first.start_mark.line + 1}
    return Fault("CP004", (*path, key), case, "key", args, span_of(name), ((span_of(first), "first"),))


def _key(node: Any) -> str:
    return _normal(str(node.value))


@lru_cache(maxsize=1024)
def _normal(key: str) -> str:
    """Return a key as keys are compared; the sheets of a project have the same few."""
    return unicodedata.normalize("NFC", cleaned(key))
