"""CP203: numbers that are not in international form."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorus_config.rules.judges.telephone import flaw
from tests.rules.judged import account, examples, misshapen, sheet, told
from tests.samples import SHEET, TODAY, changed, verdict

AT: Final = "adresse_postale/telephone"
FORM: Final = [
    "0545222040",
    "05 45 22 20 40",
    "545222040",
    "33545222040",
    "0033 545222040",
    "+33.545222040",
    "+33-545-22-20-40",
    "+33/545222040",
    "+33  545222040",
    " +33 545222040",
    "+33 545222040 ",
    "+ 33 545222040",
    "+33",
    "+",
    "+0545222040",
    "++33545222040",
    "+1234567890123456",
    "+33 545222040\n",
    "3949",
    "+33 545222040 / +33 545222041",
]
LETTERS: Final = ["+33 545XXXXXX", "+33545xxxxxx", "tél. 0545222040", "+33 545222040 poste 12", "XXX", "non", "+33 ５45222040é"]
TRUNK: Final = [
    "+330545222040",
    "+33 0545222040",
    "+33 05 45 22 20 40",
    "+33 (0)545222040",
    "+33(0) 5 45 22 20 40",
    "+262 0262123456",
    "+590 0590123456",
    "+44 020 7946 0958",
    "+49 030 123456",
]
PASSES: Final = [
    "+33 545222040",
    "+33545222040",
    "+33 5 45 22 20 40",
    "+33 54522204",  # CP204's
    "+33 545",
    "+33 3949",
    "+262 262123456",
    "+1 2025550123",
    "+39 06 6982",  # Italy keeps its zero
    "",
    " ",
    "\u00a0",
]


@pytest.mark.parametrize(
    ("number", "cases"),
    [
        *((number, [""]) for number in FORM),
        *((number, ["letters"]) for number in LETTERS),
        *((number, ["trunk"]) for number in TRUNK),
        *((number, list[str]()) for number in PASSES),
    ],
)
def test_a_number_is_in_international_form(number: str, cases: list[str]) -> None:
    assert told("CP203", sheet(address={"telephone": number})) == [(AT, case) for case in cases]


@pytest.mark.parametrize(
    ("number", "level"), [("0545222040", "warning"), ("+33 545XXXXXX", "error"), ("XXX", "error"), ("+330545222040", "error")]
)
def test_what_nobody_can_dial_is_an_error(number: str, level: str) -> None:
    found = verdict(changed(SHEET, '  pays: "France"\n', f'  pays: "France"\n  telephone: "{number}"\n'))
    assert {finding.level for finding in found if finding.rule == "CP203"} == {level}


def test_digits_of_another_script_are_no_digits() -> None:
    assert told("CP203", sheet(address={"telephone": "+33 ５４５２２２０４０"})) == [(AT, "")]


def test_telephone_and_fax_are_judged_wherever_an_address_stands() -> None:
    bad = {"telephone": "0545222040", "fax": "+330545234963"}
    body = sheet(address=bad, services=[{"code": "A"}, {"code": "B", "adresse_postale": bad}])
    assert told("CP203", body) == [
        ("adresse_postale/telephone", ""),
        ("adresse_postale/fax", "trunk"),
        ("services/1/adresse_postale/telephone", ""),
        ("services/1/adresse_postale/fax", "trunk"),
    ]
    assert told("CP203", account(address=bad)) == [("adresse_postale/telephone", ""), ("adresse_postale/fax", "trunk")]


@pytest.mark.parametrize("number", [None, True, 33545222040, [], ["0545222040"], {}])
def test_what_is_no_text_is_left_to_other_rules(number: Any) -> None:
    assert told("CP203", sheet(address={"telephone": number})) == []


@given(st.text("+0123456789 X()", max_size=18))
def test_no_number_breaks_both_rules(number: str) -> None:
    body = sheet(address={"telephone": number})
    assert len(told("CP203", body) + told("CP204", body)) <= 1


@given(st.from_regex(r"\+[1-9][0-9]{0,2} ?[0-9]{4,12}", fullmatch=True))
def test_a_country_code_and_digits_have_the_form(number: str) -> None:
    assert flaw(number) in {"", "invalid", "trunk"}


@given(st.from_regex(r"\+33 ?0[0-9]{4,12}", fullmatch=True))
def test_a_french_number_has_no_zero_after_its_country(number: str) -> None:
    assert flaw(number) == "trunk"


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP203") == ([("adresse_postale/telephone", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP203", body, TODAY)
