"""How public lists are named in a message: their day only where they are old."""

from __future__ import annotations

from datetime import date

import pytest

from chorus_config.model.observed.public_lists import PublicLists
from chorus_config.rules.judges.lists import list_name


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, "annuaire"),
        (date(2026, 11, 30), "annuaire"),
        (date(2026, 10, 24), "annuaire"),
        (date(2026, 10, 23), "annuaire, 2026-10-23"),
    ],
)
def test_the_day_of_an_old_list_is_told(day: date | None, expected: str) -> None:
    assert list_name(PublicLists("annuaire", day=day), date(2026, 11, 23)) == expected
