"""CP407: service codes that differ by capitals alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from chorus_config.model.finding import RuleContext, TrackedDay
from chorus_config.rules.services.cp407_codes_differ_by_case import check
from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY


@pytest.mark.parametrize(
    ("codes", "again"),
    [
        ("AB", []),
        ("Aa", [1]),
        ("aBA", [2]),
        ("AAa", [2]),
        ("AaA", [1]),  # the third is CP403's
        (("ST-TECH", "st-tech", "St-Tech"), [1, 2]),
        (("É", "é"), [1]),
        (("E", "É"), []),
        (("A", "A "), []),
        (("FACTURES_PUBLIQUES", "Factures_publiques"), [1]),
        (("", ""), []),
        ((None, None), []),
        ((["A"], ["a"]), []),
    ],
)
def test_codes_differ_by_more_than_capitals(codes: Any, again: list[int]) -> None:
    body = sheet(services=[{"code": code} for code in codes])
    assert told("CP407", body) == [(f"services/{index}/code", "") for index in again]


def test_the_first_of_them_is_shown() -> None:
    (fault,) = check(sheet(services=[{"code": "B"}, {"code": "A"}, 12, {"code": "a"}]), RuleContext(TrackedDay(TODAY)))
    assert fault.path == ("services", 3, "code")
    assert fault.related == ((("services", 1, "code"), "first"),)


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP407") == ([("services/2/code", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP407", body, TODAY)
