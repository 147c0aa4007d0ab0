"""Which plain scalars other YAML readers turn into something else than their text.

The union of what YAML 1.1 and 1.2 readers resolve (yaml.org/type; YAML 1.2.2 §10.3): null, booleans, integers in five
notations, floats, sexagesimal numbers, timestamps, `=` and `<<`.
"""

from __future__ import annotations

import re
from typing import Final

_ALTERED: Final = re.compile(
    r"""
      |~|null|Null|NULL
      |y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
      |[-+]?[0-9][0-9_]*
      |[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?0[xX][0-9a-fA-F_]+
      |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
      |[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?
      |[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?[eE][-+]?[0-9]+
      |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
      |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?
      |=|<<
    """,
    re.VERBOSE,
)
_INTEGER: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_WORDS: Final = {"true": True, "false": False}
# Nearly every text begins otherwise: looked at first, since the whole expression is slow.
_FIRST: Final = frozenset("0123456789+-.~nNyYtTfFoO=<")


def boolean(text: str) -> bool | None:
    """Return the boolean that a plain scalar is (only `true` and `false` are), or None."""
    return _WORDS.get(text)


def altered(text: str) -> bool:
    """Tell whether some YAML reader takes this plain scalar for something else than its text."""
    return not text or (text[0] in _FIRST and _ALTERED.fullmatch(text) is not None)


def integer(text: str) -> int | None:
    """Return the integer that a plain scalar is where one is due (`0|[1-9][0-9]{0,8}`), or None."""
    return int(text) if _INTEGER.fullmatch(text) else None
