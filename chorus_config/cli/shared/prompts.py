"""Questions: asked on stderr, answered on stdin, on a terminal or not; the end of the input is an answer too."""

from __future__ import annotations

import sys
from typing import Final

import click

from chorus_config.yamltext.characters import cleaned

_YES: Final = frozenset({"y", "yes", "o", "oui"})


def answer(question: str) -> str | None:
    """Ask and return the line without what no text may hold, None at the end of the input."""
    click.echo(question, err=True, nl=False)
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    except UnicodeDecodeError:
        # Whatever it was, it is no answer: it is asked again.
        line = "\n"
    # Only a terminal shows the line that ends an answer.
    if not (line.endswith("\n") and sys.stdin.isatty()):
        click.echo(err=True)
    return cleaned(line.encode("utf-8", "replace").decode()).strip() if line else None


def agreed(question: str) -> bool:
    """Ask for a yes; anything else, the end of the input too, is a no."""
    return (answer(question) or "").casefold() in _YES
