"""Values as YAML text: which plain scalars other readers turn into something else, and how ours are written.

The former are the union of what YAML 1.1 and 1.2 readers resolve (yaml.org/type; YAML 1.2.2 §10.3): null, booleans,
integers in five notations, floats, sexagesimal numbers, timestamps, `=` and `<<`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

_WORDS: Final = frozenset(
    ("", "~", "=", "<<", "null", "Null", "NULL", "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO",
     "true", "True", "TRUE", "false", "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF")
)  # fmt: skip
# All numbers and times begin so; nearly every text begins otherwise.
_FIRST_OF_NUMBERS: Final = frozenset("0123456789+-.")
_INTEGER: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_BOOLEANS: Final = {"true": True, "false": False}

_PLAIN_KEY: Final = re.compile("[a-z][a-z0-9_]*")


def boolean(text: str) -> bool | None:
    """Return the boolean that a plain scalar is (only `true` and `false` are), or None."""
    return _BOOLEANS.get(text)


def altered(text: str) -> bool:
    """Tell whether some YAML reader takes this plain scalar for something else than its text."""
    if text[:1] not in _FIRST_OF_NUMBERS:
        return text in _WORDS
    return (text.isascii() and text.isdigit()) or _numbers().fullmatch(text) is not None


@cache
def _numbers() -> re.Pattern[str]:
    # Costly to compile, and most sheets hold no plain scalar that begins like a number, but for their version.
    return re.compile(
        r"""
          [-+]?[0-9][0-9_]*
          |[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?0[xX][0-9a-fA-F_]+
          |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
          |[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?
          |[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?[eE][-+]?[0-9]+
          |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
          |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?
        """,
        re.VERBOSE,
    )


def integer(text: str) -> int | None:
    """Return the integer that a plain scalar is where one is due (`0|[1-9][0-9]{0,8}`), or None."""
    return int(text) if _INTEGER.fullmatch(text) else None


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
    return key if _PLAIN_KEY.fullmatch(key) and not altered(key) else json.dumps(key, ensure_ascii=False)


def block(value: Mapping[str, object]) -> list[str]:
    """Return the lines of a block, without indentation; inner blocks are indented by two, lists stay on their line."""
    lines: list[str] = []
    for key, item in value.items():
        if isinstance(item, Mapping) and item:
            lines += [f"{key_text(key)}:", *(f"  {line}" for line in block(item))]
        else:
            lines.append(f"{key_text(key)}: {flow(item)}")
    return lines
