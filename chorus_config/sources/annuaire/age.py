"""When a list was written: by a date in the name of its file, else as its ZIP says, else as the disk does.

What the disk says is the day of the download, or of the clone of a repository: it makes an old list new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

_YEAR_FIRST: Final = re.compile(r"(?<![0-9])([0-9]{4})([-_.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_DAY_FIRST: Final = re.compile(r"(?<![0-9])([0-9]{2})([-_.])([0-9]{2})\2([0-9]{4})(?![0-9])")
# Public lists are younger; a ZIP that knows no date says 1980.
_FIRST_YEAR: Final = 2000
Stored = tuple[int, int, int, int, int, int]


def written_at(names: Iterable[str], stored: Stored | None, on_disk: float, now: str) -> str:
    """Return the instant a file was written, RFC 3339 in UTC; what is after `now` ("" for the clock) is no such instant.

    `names` are those of the file and of its ZIP, `stored` what the ZIP says of it, None where there is none.
    """
    limit = datetime.fromisoformat(now) if now else datetime.now(UTC)
    told = [day for name in names for day in _days_in(name)]
    with suppress(ValueError):
        told += [datetime(*stored, 0, UTC)] if stored else []  # noqa: DTZ001 - it has its zone
    plausible = (one for one in told if one.year >= _FIRST_YEAR and one <= limit)
    return next(plausible, datetime.fromtimestamp(on_disk, UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _days_in(name: str) -> Iterable[datetime]:
    """Yield the days that a name holds: 2024-10-29, 20241029, 29-10-2024."""
    found = [(year, month, day) for year, _sign, month, day in _YEAR_FIRST.findall(name)]
    found += [(year, month, day) for day, _sign, month, year in _DAY_FIRST.findall(name)]
    for year, month, day in found:
        with suppress(ValueError):
            yield datetime(int(year), int(month), int(day), tzinfo=UTC)
