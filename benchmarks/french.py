"""Numbers as the French page and picture write them, and the words that stand in both."""

from __future__ import annotations

import math
from datetime import date
from typing import Final

_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_NARROW: Final = "\u202f"
_FIXED: Final = "\u00a0"


def number(value: float, digits: int = 3) -> str:
    """Return a number with so many significant digits, a comma in it, thousands apart."""
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value)))) if value else 0
    return f"{value:,.{decimals}f}".replace(",", _NARROW).replace(".", ",")


def seconds(value: float) -> str:
    """Return a time in seconds, or in milliseconds when it is short."""
    return f"{value * 1000:.0f}{_FIXED}ms" if value < 1 else f"{number(value)}{_FIXED}s"


def mebibytes(value: float) -> str:
    """Return memory in Mio, a dash for none."""
    return f"{value:,.0f}".replace(",", _NARROW) + f"{_FIXED}Mio" if value else "–"


def day(text: str) -> str:
    """Return a day of the calendar in words."""
    found = date.fromisoformat(text)
    return f"{'1er' if found.day == 1 else found.day}{_FIXED}{_MONTHS[found.month - 1]} {found.year}"
