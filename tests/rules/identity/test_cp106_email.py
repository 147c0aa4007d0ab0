"""CP106: the e-mail address of the structure, email-validator as judge."""

from __future__ import annotations

from typing import Any, Final

import pytest
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import emails

from chorus_config.rules.judges.mailbox import is_plainly_valid, is_valid
from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY

VALID: Final = [
    "factures@valmont.example",
    "Mairie.Valmont@Orange.fr",
    "a@b.fr",
    "service-finances_2@ville-valmont.gouv.fr",
    "facturation+chorus@valmont.example",
    "o'brien@valmont.example",
    f"{'a' * 64}@valmont.example",
    "mairie@xn--chteau-xta.fr",
    "mairie@château.fr",
]
INVALID: Final = [
    "factures@valmont",
    "factures",
    "@valmont.example",
    "factures@",
    "a@b@valmont.example",
    " factures@valmont.example",
    "factures@valmont.example ",
    "factures @valmont.example",
    "factures@valmont.example; dgs@valmont.example",
    "Mairie <factures@valmont.example>",
    "mailto:factures@valmont.example",
    ".factures@valmont.example",
    "factures.@valmont.example",
    "fac..tures@valmont.example",
    "factures@valmont..example",
    "factures@-valmont.example",
    "factures@valmont-.example",
    "factures@valmont.local",
    "factures@valmont.test",
    "factures@localhost",
    "factures@127.0.0.1",
    "factures@[127.0.0.1]",
    f"a@{'a' * 64}.fr",
    f"a@{'a.' * 150}fr",
    "factures@valmont.example\n",
    "TODO",
    "\ud800@valmont.example",
]

AT: Final = "informations_generales/adresse_electronique"


def found(address: Any) -> list[tuple[str, str]]:
    return told("CP106", sheet(general={"adresse_electronique": address}))


@pytest.mark.parametrize("address", VALID)
def test_an_address_that_mail_can_reach_passes(address: str) -> None:
    assert found(address) == []


@pytest.mark.parametrize("address", INVALID)
def test_an_address_that_mail_cannot_reach_is_told_at_its_value(address: str) -> None:
    assert found(address) == [(AT, "")]


@pytest.mark.parametrize("address", ["", " ", "\n", "\u00a0"])
def test_a_blank_address_is_not_valid(address: str) -> None:
    assert found(address) == [(AT, "blank")]


@pytest.mark.parametrize("address", [None, True, 12, [], {}, ["factures@valmont"]])
def test_what_is_no_text_is_left_to_other_rules(address: Any) -> None:
    assert found(address) == []


def _passes(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


NEARLY: Final = st.text("aZ09.-_+@é", max_size=12)


@settings(max_examples=500)
@given(st.builds("{}@{}.{}".format, NEARLY, NEARLY, st.sampled_from(["fr", "example", "test", "local", "c", "a1", "-"])))
def test_what_is_passed_at_first_sight_the_library_passes(address: str) -> None:
    if is_plainly_valid(address):
        assert _passes(address)
    assert is_valid(address) is _passes(address)


@pytest.mark.parametrize("address", VALID + INVALID)
def test_the_verdict_is_that_of_the_library(address: str) -> None:
    assert is_valid(address) is _passes(address)


@pytest.mark.parametrize("last", sorted(SPECIAL_USE_DOMAIN_NAMES))
def test_no_name_that_the_library_refuses_is_passed_at_first_sight(last: str) -> None:
    assert not is_plainly_valid(f"a@b.{last}")
    assert not is_plainly_valid(f"a@b.{last.upper()}")


@given(emails())
def test_addresses_of_every_form_get_the_verdict_of_the_library(address: str) -> None:
    assert is_valid(address) is (len(address) <= 254 and _passes(address))


def test_a_very_long_text_is_refused_at_once() -> None:
    assert not is_valid("a" * 4096 + "@" + "b." * 1000 + "fr")


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP106") == ([("informations_generales/adresse_electronique", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP106", body, TODAY)
