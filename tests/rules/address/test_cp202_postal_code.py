"""CP202: a French postal code has five digits, wherever an address stands."""

from __future__ import annotations

import pytest

from tests.samples import ACCOUNT, SHEET, changed, told, verdict

WRONG = [
    pytest.param("1600", id="4 digits"),
    pytest.param("160000", id="6 digits"),
    pytest.param("2A004", id="letter"),
    pytest.param("16 000", id="space inside"),
    pytest.param("16000 ", id="space after"),
    pytest.param("１６０００", id="full-width digits"),
    pytest.param("F-16000", id="country"),
]
FRANCE = ["France", "FRANCE", "france", "fRaNcE", "FR", "fr", "Fr"]
SERVICE = 'services:\n  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n    adresse_postale: '


def address(text: str, code: str, country: str = "France") -> str:
    return changed(changed(text, '"16000"', f'"{code}"'), '"France"', f'"{country}"')


@pytest.mark.parametrize("code", WRONG)
def test_what_is_not_five_digits_is_refused(code: str) -> None:
    assert told(verdict(address(SHEET, code))) == [("CP202", "/adresse_postale/code_postal", 11, 16)]


@pytest.mark.parametrize("code", WRONG)
def test_nor_in_the_address_of_an_account(code: str) -> None:
    found = verdict(address(ACCOUNT, code), "compte-utilisateur")
    assert told(found) == [("CP202", "/adresse_postale/code_postal", 10, 16)]


@pytest.mark.parametrize("code", WRONG)
def test_nor_in_the_address_of_a_service(code: str) -> None:
    found = verdict(f'{SHEET}{SERVICE}{{pays: "FR", code_postal: "{code}"}}\n')
    assert told(found) == [("CP202", "/services/0/adresse_postale/code_postal", 17, 48)]


@pytest.mark.parametrize("country", FRANCE)
def test_the_country_is_understood_without_regard_to_case(country: str) -> None:
    assert [finding.rule for finding in verdict(address(SHEET, "1600", country))] == ["CP202"]
    assert verdict(address(SHEET, "16000", country)) == ()


@pytest.mark.parametrize("country", ["Belgique", "suisse", "Luxembourg", "Canada", "Italie"])
def test_other_countries_have_other_codes(country: str) -> None:
    assert verdict(address(SHEET, "1600", country)) == ()


def test_beside_an_unknown_country_nothing_is_checked_and_that_is_said() -> None:
    assert [finding.rule for finding in verdict(address(SHEET, "1600", "Françe"))] == ["CP202"]
    assert [finding.rule for finding in verdict(address(SHEET, "1600", "la France"))] == ["CP202"]
    assert [finding.rule for finding in verdict(address(SHEET, "1600", "Frnace"))] == ["CP206"]


OVERSEAS = [
    "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Reunion", "Mayotte", "Nouvelle-Calédonie", "Polynésie française",
    "Saint-Pierre-et-Miquelon", "Wallis-et-Futuna", "Saint-Martin", "Saint-Barthélemy", "Monaco", "MONACO",
]  # fmt: skip


@pytest.mark.parametrize("country", OVERSEAS)
def test_overseas_and_in_monaco_there_are_five_digits_too(country: str) -> None:
    assert [finding.rule for finding in verdict(address(SHEET, "9800", country))] == ["CP202"]
    assert verdict(address(SHEET, "98000", country)) == ()


@pytest.mark.parametrize(
    ("country", "code", "due"),
    [
        ("Belgique", "B-1000", False),
        ("Belgique", "BE-1000", False),
        ("Luxembourg", "L-1009", False),
        ("Suisse", "CH-1211", False),
        ("Belgique", "16000", True),
        ("Suisse", "121", True),
    ],
)
def test_some_neighbours_have_four_digits(country: str, code: str, due: bool) -> None:
    assert [finding.rule for finding in verdict(address(SHEET, code, country))] == ["CP202"] * due


@pytest.mark.parametrize("code", ["01000", "20000", "97400", "98000"])
def test_five_digits_are_accepted(code: str) -> None:
    assert verdict(address(SHEET, code)) == ()


@pytest.mark.parametrize("code", ["", " ", "\\u00A0", "\\n"])
def test_a_blank_code_is_cp201_only(code: str) -> None:
    assert told(verdict(address(SHEET, code))) == [("CP201", "/adresse_postale/code_postal", 11, 16)]


def test_a_service_that_names_no_country_is_not_judged() -> None:
    assert verdict(f'{SHEET}{SERVICE}{{code_postal: "1600"}}\n') == ()


def test_a_code_without_quotation_marks_keeps_its_text() -> None:
    assert told(verdict(changed(SHEET, '"16000"', "01000"))) == [("CP006", "/adresse_postale/code_postal", 11, 16)]


def test_a_missing_code_is_cp008_only() -> None:
    assert told(verdict(changed(SHEET, '  code_postal: "16000"\n', ""))) == [("CP008", "/adresse_postale", 9, 1)]
