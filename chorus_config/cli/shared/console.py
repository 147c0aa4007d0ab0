"""What a terminal cannot show is written with what it has: an arrow as ->, an apostrophe as '."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from typing import Final, TextIO

# How what cannot be encoded is written: the name by which codecs know it.
FALLBACK: Final = "chorus_config_fallback"
_INSTEAD: Final = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "→": "->", "←": "<-", "·": "-", "–": "-", "—": "-", "…": "...",
    "œ": "oe", "Œ": "OE", "€": "EUR", "≥": ">=", "≤": "<=", "×": "x", "\u00a0": " ", "\u202f": " ",
}  # fmt: skip


def prepare_streams() -> None:
    """Have a result that goes to a file or a program be UTF-8, and a terminal of another encoding be spared what it lacks."""
    codecs.register_error(FALLBACK, _instead)
    for stream, is_result in ((sys.stdout, True), (sys.stderr, False)):
        if stream is not None and not _is_utf8(stream) and hasattr(stream, "reconfigure"):
            if is_result and not stream.isatty():
                stream.reconfigure(encoding="utf-8", errors="replace")
            else:
                stream.reconfigure(errors=FALLBACK)


def encoded(text: str, stream: TextIO) -> bytes:
    """Return a result as a stream takes it: UTF-8, but on a terminal of another encoding."""
    if _is_utf8(stream) or not stream.isatty():
        return text.encode("utf-8", "replace")
    return text.encode(stream.encoding, FALLBACK)


def _is_utf8(stream: TextIO) -> bool:
    try:
        return codecs.lookup(stream.encoding or "utf-8").name == "utf-8"
    except LookupError:
        return True


def _instead(error: UnicodeError) -> tuple[str, int]:
    """Return what is written instead of what an encoding lacks: a sign like it, a letter without its accent, or ?."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_like(sign, error.encoding) for sign in error.object[error.start : error.end]), error.end


def _like(sign: str, encoding: str) -> str:
    bare = _INSTEAD.get(sign) or "".join(one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one))
    try:
        bare.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return bare or "?"
