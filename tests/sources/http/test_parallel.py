from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from chorus_config.sources.http.faults import StoppedCall
from chorus_config.sources.http.parallel import in_order


def test_in_order_and_not_far_ahead() -> None:
    drawn: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            drawn.append(number)
            yield number

    results = in_order(lambda number: number * 2, items(), 3, threading.Event())
    assert next(results) == 0
    assert len(drawn) <= 6
    assert [*results] == [number * 2 for number in range(1, 100)]


def test_an_error_that_comes_later_in_order_is_told_first_and_stops_what_waits() -> None:
    stop = threading.Event()

    def work(number: int) -> int:
        if number == 0:
            assert stop.wait(20)
            raise StoppedCall
        raise ValueError(number)

    with pytest.raises(ValueError, match="1"):
        [*in_order(work, [0, 1, 2, 3], 2, stop)]
    assert not stop.is_set()


def test_an_error_of_the_items_themselves() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("items")

    with pytest.raises(KeyError, match="items"):
        [*in_order(str, items(), 2, threading.Event())]


def test_nothing_of_nothing() -> None:
    assert [*in_order(str, [], 2, threading.Event())] == []
