"""CP002: a file that is no UTF-8, read in the encoding that somebody named; nobody guesses one."""

from __future__ import annotations

from typing import Final

from chorus_config.yamltext.characters import decode, forbidden_in_file

# What text editors and spreadsheets on French desks wrote, by the names that people know.
ENCODINGS: Final = ("cp1252", "latin-1", "iso-8859-15", "cp850", "mac-roman", "utf-16")


def recoded(raw: bytes, encoding: str) -> bytes | None:
    """Return the file in UTF-8, read in an encoding; None where it is UTF-8 already, or where that encoding cannot be right.

    Every character stays the same: only how it is written in bytes changes.
    """
    if isinstance(decode(raw), str):
        return None
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    # Whoever reads letters of another encoding finds control characters among them.
    odd = [fault for fault in forbidden_in_file(text.replace("\r", "\n"), 1) if fault.case == "control"]
    return None if odd else text.encode()
