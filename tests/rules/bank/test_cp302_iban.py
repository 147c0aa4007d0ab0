"""CP302: the check digits of an IBAN, python-stdnum as judge; the IBAN is never shown."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban as stdnum

from chorus_config.model.finding import RuleContext, TrackedDay
from chorus_config.rules.bank.cp302_iban import TEXTS, check
from chorus_config.rules.judges.checksums import has_form_of_iban, iban_holds, is_plainly_iban
from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY


def accounts(*values: Any) -> dict[str, Any]:
    return sheet(coordonnees_bancaires=[{"libelle": f"Compte {n}", "iban": value} for n, value in enumerate(values)])


def found(iban: Any) -> list[tuple[str, str]]:
    return told("CP302", accounts("FR7630006000011234567890189", iban))


@pytest.mark.parametrize(
    "iban",
    [
        "FR7630006000011234567890189",
        "FR76 3000 6000 0112 3456 7890 189",
        "FR1420041010050500013M02606",
        "DE89370400440532013000",
        "BE71 0961 2345 6769",
        "BE68 5390 0754 7034",  # of a bank that the library does not list,
        "MC5811222000010123456789030",
        "NO9386011117947",
    ],
)
def test_an_iban_that_holds_passes(iban: str) -> None:
    assert found(iban) == []


@pytest.mark.parametrize(
    ("iban", "case"),
    [
        ("FR7630006000011234567890188", ""),
        ("FR7730006000011234567890189", ""),
        ("FR763000600001123456789018", ""),
        ("FR14200410100505000I3M02606", ""),
        ("DE89370400440532013001", ""),
        ("ZZ89370400440532013000", ""),
        ("fr7630006000011234567890189", "form"),
        ("FR76-3000-6000-0112-3456-7890-189", "form"),
        ("FR76.3000.6000", "form"),
        ("IBAN FR7630006000011234567890189", "form"),
        ("FR76", "form"),
        ("30006000011234567890189", "form"),
        ("FR76\u00a03000600001123456789018９", "form"),
        ("XXX", "form"),
        ("A" * 4096, "form"),
    ],
)
def test_an_iban_that_does_not_hold_is_told_at_its_value(iban: str, case: str) -> None:
    assert found(iban) == [("coordonnees_bancaires/1/iban", case)]


@pytest.mark.parametrize("iban", ["", " ", None, True, 12, [], {}])
def test_what_is_blank_or_no_text_is_not_judged(iban: Any) -> None:
    assert found(iban) == []


def test_no_fault_carries_an_iban_and_no_message_asks_for_it() -> None:
    faults = list(check(accounts("FR7630006000011234567890188", "XXX"), RuleContext(TrackedDay(TODAY))))
    assert [dict(fault.args) for fault in faults] == [{}, {}]
    assert not any("{" in message for message in (*TEXTS.messages.values(), TEXTS.remedy))


BBAN: Final = st.from_regex("[0-9]{10}[0-9A-Z]{11}[0-9]{2}", fullmatch=True)


@given(BBAN, st.integers(0, 99))
def test_what_is_passed_at_first_sight_the_library_passes(bban: str, chance: int) -> None:
    right = stdnum.calc_check_digits(f"FR00{bban}")
    assert is_plainly_iban(f"FR{right}{bban}")
    for digits in (right, f"{chance:02}"):
        iban = f"FR{digits}{bban}"
        assert iban_holds(iban) is stdnum.is_valid(iban, check_country=False)
        assert is_plainly_iban(iban) is stdnum.is_valid(iban, check_country=False)


@given(st.text("FRDE0123456789AZ. -é", max_size=40))
def test_the_verdict_on_any_text_is_not_milder_than_that_of_the_library(text: str) -> None:
    if has_form_of_iban(text) and iban_holds(text):
        assert stdnum.is_valid(text, check_country=False)
    if is_plainly_iban(text):
        assert stdnum.is_valid(text)


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP302") == ([("coordonnees_bancaires/0/iban", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP302", body, TODAY)
