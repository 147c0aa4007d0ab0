from __future__ import annotations

import pytest

from chorus_config.sources.http.clock import Clock
from chorus_config.sources.http.retry import Retries, seconds_of
from tests.servers.no_waiting import NOON, Hands


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        ("0", 0.0),
        (" 17 ", 17.0),
        ("9" * 400, 999999999999.0),
        ("Mon, 23 Nov 2026 12:01:00 GMT", 60.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("Mon, 23 Nov 2026 12:01:00 -0000", 60.0),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        ("soon", None),
        ("Mon, 99 Nov 2026 99:00:00 GMT", None),
        ("Mon, 23 Nov 99999999999 12:00:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(after: str, seconds: float | None) -> None:
    assert seconds_of(after, NOON) == seconds


def test_who_asks_for_patience_is_not_out_of_order() -> None:
    retries = Retries(Hands().clock)
    for status in (429, 503) * 5:
        retries.ill(status)
    assert retries.wait(1, 429) == 4.0
    assert retries.wait(1) == 0.5


def test_five_calls_in_a_row_that_were_given_up_end_it() -> None:
    retries = Retries(Hands().clock)
    for status in (None, 500, 502, 504):
        retries.ill(status)
        assert retries.wait(1) == 0.5
    retries.ill()
    assert (retries.wait(1), retries.wait(1, 429, "1")) == (None, None)
    retries.well()
    assert retries.wait(1, 500) == 0.5


def test_failures_that_go_by_do_not_end_it() -> None:
    retries = Retries(Hands().clock)
    assert [retries.wait(1) for _call in range(20)] == [0.5] * 20


def test_all_that_are_asked_at_once_may_fail_again_and_again() -> None:
    retries = Retries(Hands().clock, at_once=8)
    assert [retries.wait(1) for _call in range(65)] == [0.5] * 64 + [None]


def test_a_call_has_five_tries() -> None:
    retries = Retries(Hands().clock)
    assert [retries.wait(tries, 429, "1") for tries in range(1, 6)] == [1.0, 1.0, 1.0, 1.0, None]


def test_a_wait_of_more_than_two_minutes_is_none() -> None:
    retries = Retries(Hands().clock)
    assert [retries.wait(1, 503, after) for after in ("120", "121")] == [120.0, None]


def test_a_tenth_of_the_calls_may_be_made_again() -> None:
    retries = Retries(Hands().clock)
    for _call in range(100):
        retries.begin()
    assert [retries.wait(1, 429, "0") for _call in range(31)] == [0.0] * 30 + [None]


def test_those_who_wait_do_not_all_come_back_at_once() -> None:
    clock = Hands().clock
    retries = Retries(Clock(clock.monotonic, clock.wall, clock.sleep, lambda: 1.0))
    assert (retries.wait(2), retries.wait(2, 503)) == (1.5, 12.0)
