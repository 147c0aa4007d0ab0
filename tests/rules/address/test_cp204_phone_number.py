"""CP204: numbers in international form that no country has, phonenumbers as judge."""

from __future__ import annotations

from typing import Any, Final

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorus_config.rules.judges.telephone import flaw, is_plainly_french
from tests.rules.judged import account, examples, misshapen, sheet, told
from tests.samples import TODAY

AT: Final = "adresse_postale/telephone"


@pytest.mark.parametrize(
    ("number", "due"),
    [
        ("+33 545222040", False),
        ("+33 612345678", False),
        ("+33 912345678", False),
        ("+33 801234567", False),
        ("+262 262123456", False),
        ("+1 2025550123", False),
        ("+39 06 6982", False),
        ("+33 54522204", True),
        ("+33 5452220401", True),
        ("+33 3949", True),
        ("+999 545222040", True),
        ("+262 162123456", True),
        ("+1 1025550123", True),
        ("0545222040", False),  # CP203's
        ("+330545222040", False),
        ("+33 545XXXXXX", False),
        ("", False),
        (" ", False),
    ],
)
def test_a_number_exists_in_its_country(number: str, due: bool) -> None:
    assert told("CP204", sheet(address={"telephone": number})) == [(AT, "")] * due


def test_telephone_and_fax_are_judged_wherever_an_address_stands() -> None:
    bad = {"telephone": "+33 54522204", "fax": "+33 3949"}
    body = sheet(address=bad, services=[{"code": "A"}, {"code": "B", "adresse_postale": bad}])
    assert [pointer for pointer, _case in told("CP204", body)] == [
        "adresse_postale/telephone",
        "adresse_postale/fax",
        "services/1/adresse_postale/telephone",
        "services/1/adresse_postale/fax",
    ]
    assert len(told("CP204", account(address=bad))) == 2


def _exists(number: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(number, None))


def test_every_french_range_passed_at_first_sight_is_one_of_the_library() -> None:
    starts = [f"+33{start}" for start in range(10000, 100000)]
    passed = [start for start in starts if is_plainly_french(f"{start}0000")]
    assert len(passed) > 60_000
    assert [start for start in passed if not _exists(f"{start}0000")] == []


@settings(max_examples=300)
@given(st.from_regex(r"\+33[1-9][0-9]{7,9}", fullmatch=True) | st.from_regex(r"\+[1-9][0-9]{5,14}", fullmatch=True))
def test_the_verdict_on_what_has_the_form_is_that_of_the_library(number: str) -> None:
    found = flaw(number)
    if is_plainly_french(number):
        assert _exists(number)
    if found == "":
        assert _exists(number)
    if found == "invalid":
        try:
            assert not _exists(number)
        except phonenumbers.NumberParseException:
            return


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP204") == ([("adresse_postale/telephone", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP204", body, TODAY)
