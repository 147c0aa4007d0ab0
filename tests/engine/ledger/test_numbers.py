"""Operations by the numbers that a worksheet shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorus_config.engine.ledger.numbers import NotANumber, numbered
from chorus_config.model.operation import Operation, OperationState

SIRET = "21169999600016"


def opened(**states: OperationState) -> list[Operation]:
    """Return operations by number: `n3="open"`."""
    return [Operation(SIRET, "update", (), id=int(name[1:]), state=state) for name, state in states.items()]


STORE = opened(n1="open", n2="entered", n3="open", n5="dropped", n12="open")


@pytest.mark.parametrize(
    ("words", "waiting", "settled", "unknown"),
    [
        (["1"], [1], [], []),
        (["3", "1"], [1, 3], [], []),
        (["1-3"], [1, 3], [], []),
        (["1,3", "12"], [1, 3, 12], [], []),
        (["2"], [], [2], []),
        (["1-12", "5"], [1, 3, 12], [5], []),
        (["2-2"], [], [2], []),
        (["4"], [], [], ["4"]),
        (["4-9"], [], [], ["4-9"]),
        (["5-12"], [12], [], []),
        (["6-11", "1"], [1], [], ["6-11"]),
        (["012"], [12], [], []),
        ([" 1 "], [1], [], []),
    ],
)
def test_numbers_name_operations(words: list[str], waiting: list[int], settled: list[int], unknown: list[str]) -> None:
    found = numbered(STORE, words)
    assert ([one.id for one in found.waiting], [one.id for one in found.settled]) == (waiting, settled)
    assert list(found.unknown) == unknown


@pytest.mark.parametrize("word", ["", "x", "1-", "-1", "3-1", "1..2", "1,", "٣", "1234567890"])
def test_what_is_no_number_is_refused(word: str) -> None:
    with pytest.raises(NotANumber):
        numbered(STORE, ["1", word])


@given(st.sets(st.integers(1, 40)), st.integers(1, 40), st.integers(0, 10))
def test_a_range_is_each_of_its_numbers(ids: set[int], first: int, length: int) -> None:
    store = [Operation(SIRET, "update", (), id=number) for number in ids]
    found = numbered(store, [f"{first}-{first + length}"])
    assert [one.id for one in found.waiting] == sorted(one.id for one in store if first <= one.id <= first + length)
    assert bool(found.unknown) is not ({first, first + length} <= ids)
