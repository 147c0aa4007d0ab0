"""A value at a path of a file, written by its span: with the blocks around it where they are not written yet."""

from __future__ import annotations

from typing import Any

from chorus_config.model.finding import Path
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.edit import edited
from chorus_config.yamltext.parse import parse


def with_value(raw: bytes, path: Path, value: object) -> bytes:
    """Return the file with one value written, all else untouched. Raises CannotEdit."""
    data: Any = parse(raw).data
    whole = schema(STRICT[data["type"]])
    node: Any = data
    for depth, step in enumerate(path[:-1]):
        if isinstance(node, dict) and step not in node:
            # The block is not written at all: it is written with this one key.
            for inner in reversed(path[depth + 1 :]):
                value = {inner: value}
            path = path[: depth + 1]
            break
        # What is written as something else than it should be is refused where it is edited.
        due: type[Any] = list if isinstance(step, int) else dict
        if not isinstance(node, due):
            break
        node = node[step]
    order = tuple(node_at(whole, tuple(0 if isinstance(s, int) else s for s in path[:-1])).get("properties", ()))
    return edited(raw, path, value, order)
