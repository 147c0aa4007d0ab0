"""Values as YAML text, in the way of our sheets: texts between double quotes, blocks one key a line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from chorus_config.yamltext.scalars import altered

_WORD: Final = re.compile("[a-z][a-z0-9_]*")


def flow(value: object) -> str:
    """Return a value on one line: `true`, `"text"`, `["a", "b"]`, `{nom: "a"}`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    # What JSON escapes, YAML escapes in the same way between double quotes.
    return json.dumps(value, ensure_ascii=False)


def key_text(key: str) -> str:
    """Return a key as it is written: plain when every reader takes it for the same text."""
    return key if _WORD.fullmatch(key) and not altered(key) else json.dumps(key, ensure_ascii=False)


def block(value: Mapping[str, object]) -> list[str]:
    """Return the lines of a block, without indentation; inner blocks are indented by two, lists stay on their line."""
    lines: list[str] = []
    for key, item in value.items():
        if isinstance(item, Mapping) and item:
            lines += [f"{key_text(key)}:", *(f"  {line}" for line in block(item))]
        else:
            lines.append(f"{key_text(key)}: {flow(item)}")
    return lines
