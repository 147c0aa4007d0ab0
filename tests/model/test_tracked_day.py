"""A day that tracks what it is asked: on all days of its period each answer would have been the same, and on no other."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorus_config.model.finding import ALWAYS, Period, TrackedDay

DAY: Final = date(2026, 11, 27)
ONE: Final = timedelta(days=1)
# Few enough that they meet, with the ends of the calendar.
DAYS: Final = st.one_of(st.dates(DAY - 9 * ONE, DAY + 9 * ONE), st.sampled_from((date.min, date.max)))
ASKED: Final[tuple[Callable[[Any, date], object], ...]] = (
    operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne,
    *(lambda day, other, ask=ask: ask(other, day) for ask in (operator.lt, operator.le, operator.gt, operator.ge, operator.eq)),
    lambda day, other: TrackedDay.latest_of(day, sorted({other, DAY})) if isinstance(day, TrackedDay) else latest(day, other),
)  # fmt: skip
QUESTIONS: Final = st.lists(st.tuples(st.sampled_from(ASKED), DAYS), max_size=4)


def latest(day: date, other: date) -> date:
    return max((one for one in (other, DAY) if one <= day), default=date.min)


@given(DAYS, QUESTIONS)
def test_it_answers_as_the_day_does_and_its_period_is_just_where_it_would(
    day: date, questions: list[tuple[Callable[[Any, date], object], date]]
) -> None:
    asked = TrackedDay(day)
    answers = [ask(asked, other) for ask, other in questions]
    assert answers == [ask(day, other) for ask, other in questions]
    period = asked.period
    assert period.since <= day <= period.until
    for number in range(-12, 13):
        near = DAY + number * ONE
        same = [ask(near, other) for ask, other in questions] == answers
        if period.since <= near <= period.until:
            assert same
    # No shorter than it must be: on the day after, or before, something is answered otherwise.
    for end, step in ((period.since, -ONE), (period.until, ONE)):
        if end not in {date.min, date.max}:
            assert [ask(end + step, other) for ask, other in questions] != answers


def test_nothing_asked_holds_always_and_anew_nothing_is() -> None:
    asked = TrackedDay(DAY)
    assert asked.period == ALWAYS == Period(date.min, date.max)
    assert asked.exact == DAY
    assert asked.period == Period(DAY, DAY)
    assert asked.anew().period == ALWAYS
    assert asked.anew().exact == DAY


@pytest.mark.parametrize(
    "take",
    [hash, lambda day: day.isoformat(), lambda day: day.year, lambda day: day - ONE, lambda day: DAY - day, lambda day: {day}],
)
def test_there_is_no_way_around(take: Callable[[Any], object]) -> None:
    with pytest.raises((TypeError, AttributeError)):
        take(TrackedDay(DAY))
    assert str(DAY.year) not in f"{TrackedDay(DAY)!r} {TrackedDay(DAY)}"


def test_periods_overlap() -> None:
    one, other = Period(DAY, DAY + 4 * ONE), Period(DAY - ONE, DAY + ONE)
    assert one.overlap(other) == other.overlap(one) == Period(DAY, DAY + ONE)
    assert one.overlap(ALWAYS) == one
