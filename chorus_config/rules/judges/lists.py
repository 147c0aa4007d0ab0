"""How the public lists that a project keeps are named in a message: the file, and its day where it is old."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from chorus_config.model.observed.public_lists import PublicLists

# The public lists are published every week.
_OLD: Final = timedelta(days=30)


def list_name(lists: PublicLists, day: date) -> str:
    """Return the file as the project names it, with its day when that is more than 30 days ago."""
    old = lists.day is not None and day - lists.day > _OLD
    return f"{lists.path}, {lists.day}" if old else lists.path
