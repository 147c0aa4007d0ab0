"""libyaml's node tree, with no tag resolved: the text of a scalar stays the text of the scalar."""

from __future__ import annotations

from typing import Any

import yaml

if not yaml.__with_libyaml__:  # pragma: no cover - a broken installation, not an input
    raise ImportError("PyYAML was installed without libyaml: reinstall it from a wheel")

from yaml._yaml import CParser


class _Reader(CParser):
    """The C composer, with its resolver switched off."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        """Give every node the same tag: none is ever looked at."""
        return ""

    def descend_resolver(self, _parent: Any, _index: Any) -> None:
        """Do nothing: there is no resolver to follow."""

    def ascend_resolver(self) -> None:
        """Do nothing: there is no resolver to follow."""


def compose(data: bytes) -> Any:
    """Return the root node of the one document in UTF-8 `data`, or None when there is none. Raises yaml.YAMLError."""
    reader = _Reader(data)
    try:
        return reader.get_single_node()
    finally:
        reader.dispose()
