"""Values as the API writes them, as a sheet does; None for what is not understood."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from chorus_config.rules.judges.countries import country_name
from chorus_config.yamltext.characters import cleaned

_LONGEST: Final = 4096
_SIRET: Final = 14
_POSTCODE: Final = 5
# `2050-12-31`, `2050-12-31 00:00`, `2050-12-31T00:00:00.000+01:00`, with seconds, fractions and offset or without.
_INSTANT: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_PARTS_OF_NUMBER: Final = re.compile(r"[\s().\-/]+")
_PREFIX: Final = re.compile(r"(?:\+|00)?([1-9][0-9]{0,3})", re.ASCII)

_STATUTS: Final = {"ACTIVE": "ACTIF", "ACTIF": "ACTIF", "INACTIVE": "INACTIF", "INACTIF": "INACTIF"}


def long_text(value: Any) -> str | None:
    """Return a text of several lines; a number is one, too."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**20 else None
    if not isinstance(value, str):
        return None
    lines = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    found = "\n".join(cleaned(line).strip() for line in lines).strip()
    return found if 0 < len(found) <= _LONGEST else None


def text(value: Any) -> str | None:
    """Return a text of one line."""
    found = long_text(value)
    return None if found is None else " ".join(filter(None, found.split("\n")))


def identifiant(value: Any, kind: object = "SIRET") -> str | None:
    """Return an identifiant; a SIRET that came as a number has its zeros again."""
    found = text(value)
    return found.zfill(_SIRET) if found is not None and isinstance(value, int) and kind == "SIRET" else found


def postcode(value: Any) -> str | None:
    """Return a postcode; one that came as a number has its zeros again."""
    found = text(value)
    return found.zfill(_POSTCODE) if found is not None and isinstance(value, int) else found


def number(value: Any) -> int | None:
    """Return a technical number."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def flag(value: Any) -> bool | None:
    """Return a tick."""
    return value if isinstance(value, bool) else None


def statut(value: Any) -> str | None:
    """Return the statut of a structure: answers write ACTIVE, where searches and sheets write ACTIF."""
    return _STATUTS.get(value) if isinstance(value, str) else None


def is_active(value: Any) -> bool | None:
    """Return whether the statut of a service is an active one."""
    found = statut(value)
    return None if found is None else found == "ACTIF"


def is_private(value: Any) -> bool | None:
    """Return whether a structure is a private one."""
    return {"PRIVEE": True, "PUBLIQUE": False}.get(value) if isinstance(value, str) else None


def country(value: Any) -> str | None:
    """Return a country by its French name: what is written may be a code."""
    found = text(value)
    return None if found is None else country_name(found) or found


def telephone(value: Any, prefix: Any) -> str | None:
    """Return a number as a sheet writes it (`+33 545222040`), with the country prefix that stands beside it; else as it is."""
    found = text(value)
    country_code = _PREFIX.fullmatch(_PARTS_OF_NUMBER.sub("", text(prefix) or ""))
    if found is None or country_code is None or found.startswith(("+", "00")):
        return found
    digits = _PARTS_OF_NUMBER.sub("", found)
    if not digits.isdigit():
        return found
    return f"+{country_code[1]} {digits.removeprefix('0') if country_code[1] == '33' else digits}"


def day(value: Any) -> str | None:
    """Return the day of an instant, in Paris, as a sheet writes it."""
    found = _INSTANT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    written, clock, offset = found.groups()
    try:
        if clock is None or offset is None:
            return date.fromisoformat(written).isoformat()
        instant = datetime.fromisoformat(f"{written}T{clock}{offset}").astimezone(UTC)
        return (instant + _paris(instant)).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _paris(instant: datetime) -> timedelta:
    """Return how far Paris is before UTC: the rule of the Union, since not every machine knows the zones."""
    begin, end = (_last_sunday(instant.year, month) for month in (3, 10))
    return timedelta(hours=2 if begin <= instant < end else 1)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
