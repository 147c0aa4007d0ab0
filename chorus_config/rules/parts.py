"""What the rules share to read a body of any shape: its blocks, its lists, its texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

# The blanks of the schemas (CP104, CP201): a text made of these alone is blank.
_BLANKS: Final = " \t\n\r\u00a0\u202f\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"


def block(body: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the block of keys under `key`, an empty one when there is none."""
    found = body.get(key)
    return found if isinstance(found, dict) else {}


def entries(body: dict[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield place and content of each block of keys in the list under `key`."""
    found = body.get(key)
    for index, entry in enumerate(found if isinstance(found, list) else ()):
        if isinstance(entry, dict):
            yield index, entry


def words(body: dict[str, Any], key: str) -> Iterator[tuple[int, str]]:
    """Yield place and content of each text in the list under `key`."""
    found = body.get(key)
    for index, entry in enumerate(found if isinstance(found, list) else ()):
        if isinstance(entry, str):
            yield index, entry


def text_in(part: dict[str, Any], key: str) -> str | None:
    """Return the text under `key`, None when there is none or it is blank."""
    found = part.get(key)
    return found if isinstance(found, str) and not is_blank(found) else None


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing."""
    return not text.strip(_BLANKS)
