"""The formats our schemas use, as functions of our own: verdicts must not depend on what else is installed."""

from __future__ import annotations

from datetime import date
from typing import Any


def is_date(value: Any) -> bool:
    """Tell whether a text is a calendar date written `2016-10-31` (RFC 3339 full-date); other types are not judged."""
    if not isinstance(value, str):
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
