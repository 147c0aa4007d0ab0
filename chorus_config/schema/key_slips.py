"""One finding for one slip with a key: an unknown key and the required key that it stands for, a block that slid into another.

What a schema says of these are two findings or ten: a key too many here, a key too few there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from re import search
from typing import Any, Final

from msgspec.structs import replace

from chorus_config.model.finding import Fault, Path
from chorus_config.schema.lookup import nearest, node_at, plain, resolved
from chorus_config.schema.packaged import Schema
from chorus_config.schema.suggestions import key_words

# Where one of two is missing, a word half alike is near enough.
_HALF_ALIKE: Final = 0.5
_TYPES: Final = {"string": str, "boolean": bool, "array": list, "object": dict, "integer": int}


def one_per_slip(schema: Schema, data: Any, found: Sequence[Fault]) -> list[Fault]:
    """Return faults with one for each slip with a key, in their order."""
    if not any("key" in fault.args for fault in found):
        return list(found)
    strays, absent = _strays(schema, found), _absent(found)
    told: dict[int, Fault] = dict(enumerate(found))
    for (_parent, block), group in strays.items():
        first, *others = group
        told[first] = _told_elsewhere(told[first], block, len(others), data)
        here = (*absent.get(((), block), ()), *absent.get(((block,), told[first].path[-1]), ()))
        for index in (*others, *here, *_of_entries(found, group, absent)):
            told.pop(index, None)
    for index in [index for index, fault in told.items() if fault.rule == "CP007" and not fault.args.get("block")]:
        required = _meant_required(schema, data, told[index], told, absent)
        if required:
            args = {**told[index].args, "suggestion": required}
            for other in absent[(told[index].path[:-1], required)]:
                told.pop(other, None)
            told[index] = replace(told[index], case="required", args=args)
    return _empty_blocks(data, list(told.values()))


def blocks_of(schema: Schema, key: str) -> list[str]:
    """Return the blocks and lists of the file that have a key of this name, else one called so on the portal."""
    named = [
        name
        for name, keys in _blocks(schema).items()
        if key in keys or any(search(one, key) for one in _patterns(schema, name))
    ]
    wanted = plain(key)
    return named or [
        name
        for name, keys in _blocks(schema).items()
        if wanted in {plain(word) for node in keys.values() for word in key_words(node)}
    ]


def _patterns(schema: Schema, block: str) -> Iterable[str]:
    """Return the patterns of the keys of a block; names of somebody's choice, each with a block below, tell nothing."""
    patterns = resolved(schema, schema["properties"][block]).get("patternProperties", {})
    return [pattern for pattern, node in patterns.items() if resolved(schema, node).get("type") != "object"]


def _blocks(schema: Schema) -> dict[str, Schema]:
    """Return the keys of each block of the file; the entries of a list come after them."""
    nodes = {name: resolved(schema, node) for name, node in schema.get("properties", {}).items()}
    blocks = {name: node.get("properties", {}) for name, node in nodes.items() if node.get("type") == "object"}
    lists = {name: resolved(schema, node["items"]).get("properties", {}) for name, node in nodes.items() if "items" in node}
    return blocks | lists


def _absent(found: Sequence[Fault]) -> dict[tuple[Path, object], list[int]]:
    """Return which faults tell of each required key that is missing."""
    absent = defaultdict(list)
    for index, fault in enumerate(found):
        if fault.rule != "CP007" and "key" in fault.args and fault.path[-1:] != (fault.args["key"],):
            absent[(fault.path, fault.args["key"])].append(index)
    return absent


def _strays(schema: Schema, found: Sequence[Fault]) -> dict[tuple[Path, str], list[int]]:
    """Return the unknown keys that are keys of another block, by the place where they stand and that block.

    A key that is itself a block of the file takes what follows of it along; the entries of a list are one place. A key of
    several blocks goes with most of the others.
    """
    homes: dict[Path, dict[int, list[str]]] = defaultdict(dict)
    for index, fault in enumerate(found):
        if fault.rule == "CP007" and not fault.case and fault.path:
            place, blocks = _homes(schema, fault.path)
            homes[place][index] = blocks
    strays: dict[tuple[Path, str], list[int]] = defaultdict(list)
    for place, keys in homes.items():
        crowd = Counter(block for blocks in keys.values() for block in dict.fromkeys(blocks))
        for index, blocks in keys.items():
            if blocks:
                strays[(place, max(blocks, key=crowd.__getitem__))].append(index)
    return strays


def _homes(schema: Schema, path: Path) -> tuple[Path, list[str]]:
    """Return the block or list where an unknown key stands, and the other blocks where it may belong."""
    parent, key = path[:-1], str(path[-1])
    place = parent[:-1] if parent and isinstance(parent[-1], int) else parent
    itself = [key] if parent and key in _blocks(schema) else []
    return place, [block for block in (*itself, *blocks_of(schema, key)) if (block,) != place[:1]]


def _of_entries(found: Sequence[Fault], group: Sequence[int], absent: dict[tuple[Path, object], list[int]]) -> Iterator[int]:
    """Yield what entries of a list are told to lack that are entries of another list."""
    entries = {found[index].path[:-1] for index in group if isinstance(("", *found[index].path)[-2], int)}
    for (path, _name), faults in absent.items():
        if path in entries:
            yield from faults


def _told_elsewhere(fault: Fault, block: str, others: int, data: Any) -> Fault:
    key = str(fault.path[-1])
    if key == block:
        return replace(fault, case="indented", args={**fault.args, "block": block})
    written = isinstance(data, dict) and block in data
    case = "elsewhere" if written or not others else "header"
    return replace(fault, case=case, args={**fault.args, "block": block, "n": others + 1})


def _meant_required(
    schema: Schema, data: Any, fault: Fault, told: dict[int, Fault], absent: dict[tuple[Path, object], list[int]]
) -> str:
    """Return the missing required key of the same block for which an unknown key most likely stands, or ""."""
    parent, suggestion = fault.path[:-1], fault.args.get("suggestion")
    missing = _still_missing(parent, told, absent)
    if suggestion:
        return str(suggestion) if suggestion in missing else ""
    near = nearest(str(fault.path[-1]), missing, _HALF_ALIKE)
    if near or len(missing) != 1:
        return near
    # One too many and one too few: the one stands for the other if its value could.
    unknown = [one for one in told.values() if one.rule == "CP007" and one.path[:-1] == parent]
    wanted = node_at(schema, (*parent, missing[0])).get("type", "")
    return missing[0] if len(unknown) == 1 and _could_be(_value_at(data, fault.path), wanted) else ""


def _still_missing(parent: Path, told: dict[int, Fault], absent: dict[tuple[Path, object], list[int]]) -> list[str]:
    """Return the required keys of a block of which a fault that is still told says that they are missing."""
    return [str(name) for (path, name), faults in absent.items() if path == parent and any(one in told for one in faults)]


def _could_be(value: Any, wanted: str) -> bool:
    """Tell whether a value is of a type of JSON Schema; numbers are texts of digits here. Of no type is every value."""
    if wanted == "integer" and isinstance(value, str):
        return value.isdecimal()
    return isinstance(value, _TYPES.get(wanted, object))


def _empty_blocks(data: Any, found: Iterable[Fault]) -> list[Fault]:
    """Tell in one finding that a block has none of the keys that it needs."""
    kept: list[Fault] = []
    first: dict[Path, int] = {}
    for fault in found:
        if fault.rule not in {"CP008", "CP801"} or not fault.path or _value_at(data, fault.path) != {}:
            kept.append(fault)
        elif fault.path not in first:
            first[fault.path] = len(kept)
            kept.append(fault)
        else:
            before = kept[first[fault.path]]
            keys = f"{before.args.get('keys', before.args['key'])}, {fault.args['key']}"
            kept[first[fault.path]] = replace(before, case="empty", args={**before.args, "keys": keys})
    return kept


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
