"""The marks that the extractor looks for: they name message ids and leave them as they are."""

from __future__ import annotations


def _(message: str) -> str:
    """Return the message id unchanged; it is translated where it is shown, by a `Texts`."""
    return message


def n_(one: str, many: str) -> tuple[str, str]:
    """Return the two forms of a message that somebody else asks gettext for by number."""
    return one, many
