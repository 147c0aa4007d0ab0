"""CP107: the structure's e-mail address at a personal provider."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY


def found(address: Any) -> list[tuple[str, str]]:
    return told("CP107", sheet(general={"adresse_electronique": address}))


@pytest.mark.parametrize(
    "domain",
    [
        *("gmail.com", "Gmail.Com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "hotmail.com", "hotmail.fr"),
        *("outlook.com", "outlook.fr", "live.fr", "yahoo.fr", "yahoo.com", "yahoo.co.uk", "sfr.fr", "neuf.fr", "bbox.fr"),
        *("aol.com", "icloud.com", "gmx.fr", "proton.me"),
    ],
)
def test_a_personal_provider_is_told_at_the_address(domain: str) -> None:
    assert found(f"mairie@{domain}") == [("informations_generales/adresse_electronique", "")]


@pytest.mark.parametrize(
    "address",
    [
        "mairie@valmont.example",
        "mairie@orange.com",
        "orange.fr@valmont.example",
        "mairie@gmail.com.valmont.example",
        "mairie@free.valmont.fr",
        "mairie@yahoo.valmont.fr",
        "mairie@ville-free.fr",
    ],
)
def test_a_name_of_the_body_itself_passes(address: str) -> None:
    assert found(address) == []


@pytest.mark.parametrize("address", ["@gmail.com", "a b@gmail.com", "gmail.com", "", None, 12, ["a@gmail.com"]])
def test_what_is_not_valid_is_left_to_other_rules(address: Any) -> None:
    assert found(address) == []


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP107") == ([("informations_generales/adresse_electronique", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP107", body, TODAY)
