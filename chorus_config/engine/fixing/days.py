"""Days as people write them, in the form YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from chorus_config.schema.lookup import plain

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("janvier janv jan january", "fevrier fevr fev february feb", "mars march mar", "avril avr april apr", "mai may",
         "juin june jun", "juillet juil july jul", "aout august aug", "septembre sept september sep", "octobre oct october",
         "novembre nov november", "decembre dec december"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})(?:[Tt ]00?:00(?::00(?:\.0+)?)?Z?)?")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})(?:[Tt ]00?:00(?::00)?)?")
_IN_WORDS: Final = re.compile(r"(?:[a-z]+_)?([0-9]{1,2})(?:er)?[_.]([a-z]+)\.?_([0-9]{4})")


def meant_day(text: str) -> tuple[str, bool]:
    """Return the day that a text names, "" for none, and whether it can be no other: 03/04/2026 may be of March or of April."""
    bare = text.strip()
    found = _YEAR_FIRST.fullmatch(bare)
    if found is not None:
        return _day(found[1], found[2], found[3]), True
    found = _DAY_FIRST.fullmatch(bare)
    if found is not None:
        return _day_first(found[1], found[2], found[3])
    found = _IN_WORDS.fullmatch(plain(bare))
    if found is not None and found[2] in _MONTHS:
        return _day(found[3], str(_MONTHS[found[2]]), found[1]), True
    return "", False


def _day_first(first: str, second: str, year: str) -> tuple[str, bool]:
    whole = year if len(year) == 4 else f"20{year}"
    day = _day(whole, second, first)
    if day:
        return day, len(year) == 4 and (int(first) > 12 or first.zfill(2) == second.zfill(2))
    return _day(whole, first, second), False


def _day(year: str, month: str, day: str) -> str:
    """Return a calendar date, "" where there is none."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
