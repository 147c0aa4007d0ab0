"""Comments of the files that `init` writes: sentences in the user's language, folded to the width of a page."""

from __future__ import annotations

from textwrap import wrap
from typing import Final

_WIDTH: Final = 118


def comment(text: str, indent: int = 0) -> list[str]:
    """Return a text as lines of comment, each behind `indent` blanks."""
    blanks = " " * indent
    lines = wrap(text, _WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return [f"{blanks}# {line}" for line in lines]


def beside(line: str, text: str) -> list[str]:
    """Return a line with a comment behind it, above it where both are too long for a page."""
    if len(line) + len(text) + 3 <= _WIDTH + 2:
        return [f"{line} # {text}"]
    return [*comment(text, len(line) - len(line.lstrip(" "))), line]


def outside(lines: list[str]) -> list[str]:
    """Return lines that are not read until somebody takes their sign away."""
    return [f"# {line}" for line in lines]
