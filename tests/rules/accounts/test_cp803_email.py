"""CP803: the contact address of an account, by the judge of CP106."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings

from tests.rules.judged import account, examples, misshapen, told
from tests.samples import TODAY

AT: Final = "informations_personnelles/adresse_electronique_contact"


@pytest.mark.parametrize(
    ("address", "cases"),
    [
        ("dgs@valmont.example", []),
        ("dgs@gmail.com", []),
        ("dgs", [""]),
        ("dgs@valmont", [""]),
        (" dgs@valmont.example", [""]),
        ("", ["blank"]),
        (" ", ["blank"]),
        (None, []),
        (["dgs"], []),
    ],
)
def test_the_contact_address_is_valid(address: Any, cases: list[str]) -> None:
    assert told("CP803", account(adresse_electronique_contact=address)) == [(AT, case) for case in cases]


def test_a_missing_address_is_left_to_another_rule() -> None:
    body = account()
    del body["informations_personnelles"]["adresse_electronique_contact"]
    assert told("CP803", body) == []
    del body["informations_personnelles"]
    assert told("CP803", body) == []


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP803") == ([("informations_personnelles/adresse_electronique_contact", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP803", body, TODAY)
