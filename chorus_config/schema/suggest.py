"""The nearest word that would have been right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LONGEST = 64


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that `word` most likely meant, or "". Accents, case, blanks and hyphens do not count."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a file with a fault pays for it

    plain = {_plain(name): name for name in known}
    close = get_close_matches(_plain(word), plain, n=1, cutoff=0.65)
    return plain[close[0]] if close else ""


def _plain(word: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", word[:_LONGEST]) if not unicodedata.combining(c))
    return base.casefold().replace(" ", "_").replace("-", "_")
