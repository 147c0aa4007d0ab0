from __future__ import annotations

from threading import Event

from chorus_config.sources.http.pace import Pace
from tests.servers.no_waiting import Hands


def test_so_many_calls_are_begun_in_a_second() -> None:
    hands = Hands()
    pace = Pace(2.0, hands.clock, Event())
    for _call in range(4):
        pace.wait()
    assert hands.waited == [0.5, 0.5, 0.5]
    hands.passed += 10
    pace.wait()
    assert len(hands.waited) == 3


def test_without_a_limit_nobody_waits_until_the_service_asks_for_it() -> None:
    hands = Hands()
    pace = Pace(None, hands.clock, Event())
    pace.wait()
    pace.wait()
    assert hands.waited == []
    pace.hold(7)
    pace.hold(3)
    pace.wait()
    pace.wait()
    assert hands.waited == [7.0]
