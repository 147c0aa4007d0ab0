"""Days as people write them: which they are, and which may be two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorus_config.engine.fixing.days import meant_day


@pytest.mark.parametrize(
    ("text", "day", "certain"),
    [
        ("31/12/2025", "2025-12-31", True),
        ("31.12.2025", "2025-12-31", True),
        ("31-12-2025 00:00", "2025-12-31", True),
        ("05/05/2026", "2026-05-05", True),
        ("03/04/2026", "2026-04-03", False),
        ("12/31/2025", "2025-12-31", False),
        ("31/12/25", "2025-12-31", False),
        ("2025/12/31", "2025-12-31", True),
        ("2025-1-5", "2025-01-05", True),
        ("20251231", "2025-12-31", True),
        ("2025-12-31T00:00:00", "2025-12-31", True),
        ("31 décembre 2025", "2025-12-31", True),
        ("1er janv. 2026", "2026-01-01", True),
        ("lundi 5 janvier 2026", "2026-01-05", True),
        ("31/02/2026", "", False),
        ("2025-12-31 14:30", "", False),
        ("décembre 2025", "", False),
        ("demain", "", False),
    ],
)
def test_which_day_is_meant(text: str, day: str, certain: bool) -> None:
    found, sure = meant_day(text)
    assert found == day
    assert not day or sure is certain


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_french_day_is_that_day_or_in_doubt(day: date) -> None:
    found, certain = meant_day(day.strftime("%d/%m/%Y"))
    assert found == day.isoformat()
    assert certain is (day.day > 12 or day.day == day.month)
