"""CP707: a project owner before 2017."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings

from tests.rules.judged import examples, misshapen, sheet, told

LAST: Final = date(2016, 12, 31)
BOX: Final = "structure_avec_moa"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date.min, True),
        (date(2016, 10, 1), True),
        (LAST, True),
        (date(2017, 1, 1), False),
        (date(2026, 11, 23), False),
        (date.max, False),
    ],
)
def test_it_speaks_until_the_end_of_2016(day: date, due: bool) -> None:
    assert told("CP707", sheet(parametres={BOX: True}), day) == [(f"parametres/{BOX}", "")] * due


@pytest.mark.parametrize("parametres", [{}, {BOX: False}, {BOX: "true"}, {BOX: 1}, None, True, [BOX]])
def test_a_box_that_is_not_ticked_is_not_judged(parametres: Any) -> None:
    assert told("CP707", sheet(parametres=parametres), LAST) == []


def test_a_block_that_is_not_written_is_not_judged() -> None:
    assert told("CP707", sheet(), LAST) == []


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP707", LAST) == ([("parametres/structure_avec_moa", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP707", body, LAST)
