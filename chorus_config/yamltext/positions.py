"""Where everything in a file stands: the positions of its keys and values, by path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from msgspec import Struct, field

from chorus_config.model.finding import Path, Span
from chorus_config.yamltext.characters import cleaned, decode, readable
from chorus_config.yamltext.compose import compose, span_of
from chorus_config.yamltext.repeated_keys import without_repetitions


class Positions(Struct, frozen=True):
    """Positions by path: of keys (absent for list items and the root) and of values."""

    keys: Mapping[Path, Span] = field(default_factory=dict)
    values: Mapping[Path, Span] = field(default_factory=dict)

    def key(self, path: Path) -> Span | None:
        """Return where a key stands, None for none."""
        return self.keys.get(path)

    def value(self, path: Path) -> Span | None:
        """Return where a value stands, None for none."""
        return self.values.get(path)


def positions_in(raw: bytes) -> Positions:
    """Return where each key and value of a document stands, by path. For files that `parse` read to the end."""
    text = decode(raw)
    keys: dict[Path, Span] = {}
    values: dict[Path, Span] = {}
    if isinstance(text, str):
        _walk(without_repetitions(compose(readable(text)))[0], (), keys, values)
    return Positions(keys, values)


def _walk(node: Any, path: Path, keys: dict[Path, Span], values: dict[Path, Span]) -> None:
    if node is None:
        return
    values[path] = span_of(node)
    if isinstance(node, yaml.MappingNode):
        for name, item in node.value:
            inner = (*path, cleaned(name.value))
            keys[inner] = span_of(name)
            _walk(item, inner, keys, values)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, (*path, index), keys, values)
