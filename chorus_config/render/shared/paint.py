"""Colour for terminals: a view asks for a meaning, the command line decides whether anything is coloured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

# From a text and a meaning ("error", "create", "title", …) to the text as it is shown.
Paint = Callable[[str, str], str]

_CODES: Final = {
    "error": "1;31", "warning": "33", "info": "36", "create": "32", "update": "33", "delete": "31",
    "title": "1", "quiet": "2", "good": "32",
}  # fmt: skip


def plain(text: str, _meaning: str) -> str:
    """Return the text as it is: for files, pipes and machines."""
    return text


def coloured(text: str, meaning: str) -> str:
    """Return the text between ANSI escapes (ECMA-48 SGR)."""
    return f"\x1b[{_CODES[meaning]}m{text}\x1b[0m"
