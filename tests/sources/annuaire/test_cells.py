"""What a cell means."""

from __future__ import annotations

import pytest

from chorus_config.rules.judges.telephone import flaw
from chorus_config.sources.annuaire import cells


@pytest.mark.parametrize("cell", ["true", "TRUE", "oui", "O", "1", "x", "vrai", " Vrai "])
def test_yes(cell: str) -> None:
    assert cells.flag(cell) is True
    assert cells.contrary(cell) is False
    assert cells.status(cell) == "ACTIF"


@pytest.mark.parametrize("cell", ["false", "FALSE", "non", "N", "0", "faux"])
def test_no(cell: str) -> None:
    assert cells.flag(cell) is False
    assert cells.contrary(cell) is True
    assert cells.status(cell) == "INACTIF"


@pytest.mark.parametrize("cell", ["", " ", "peut-être", "2"])
def test_neither_yes_nor_no_is_not_known(cell: str) -> None:
    assert (cells.flag(cell), cells.contrary(cell), cells.status(cell)) == (None, None, None)


@pytest.mark.parametrize(("cell", "found"), [("A", True), ("ACTIF", True), ("I", False), ("inactif", False), ("?", None)])
def test_the_status_of_a_routing_code(cell: str, found: bool | None) -> None:
    assert cells.routing_status(cell) is found


@pytest.mark.parametrize(
    "cell",
    ["0545222040", "05 45 22 20 40", "05.45.22.20.40", "545222040", "+33545222040", "+33 5 45 22 20 40", "0033545222040",
     "+33 (0)5 45 22 20 40", "33545222040"],
)  # fmt: skip
def test_a_french_number_is_written_as_in_the_sheets(cell: str) -> None:
    assert cells.telephone(cell) == "+33 545222040"
    assert flaw("+33 545222040") == ""


@pytest.mark.parametrize("cell", ["3949", "+32 2 123 45 67", "0590 12 34 56", "poste 12"])
def test_any_other_number_is_left_as_it_is(cell: str) -> None:
    assert cells.telephone(cell) == cell


@pytest.mark.parametrize(
    ("cell", "kind", "found"),
    [
        ("7180510014", "SIRET", "00007180510014"),
        ("7180510014", "", "7180510014"),
        ("7180510014", "RIDET", "7180510014"),
        ("71805100014", "", "00071805100014"),
        ("216 099 995 00017", "", "21609999500017"),
        (" 21160999500017\u00a0", "", "21160999500017"),
        ("12887", "0", "00000000012887"),
        ("DE123456789", "UE_HORS_FRANCE", "DE123456789"),
    ],
)
def test_the_leading_zeros_of_a_siret_are_restored(cell: str, kind: str, found: str) -> None:
    assert cells.identifiant(cell, kind) == found


@pytest.mark.parametrize(
    ("cell", "found"), [("1000", "01000"), ("16000", "16000"), ("L-1234", "L-1234"), ("", None), ("160", "160")]
)
def test_a_postal_code_of_four_digits_lost_its_zero(cell: str, found: str | None) -> None:
    assert cells.postal_code(cell) == found


@pytest.mark.parametrize(("cell", "found"), [("FR", "France"), ("FRANCE", "France"), ("Atlantide", "Atlantide"), (" ", None)])
def test_a_country_is_called_as_on_the_portal(cell: str, found: str | None) -> None:
    assert cells.country(cell) == found


@pytest.mark.parametrize("cell", ["2,51603E+13", "2.51603e+13", "2E13", "25160300000011E0"])
def test_what_a_spreadsheet_left_of_a_number(cell: str) -> None:
    assert cells.is_scientific(cell)


@pytest.mark.parametrize("cell", ["21160999500017", "2A004", "E13", "", "3E"])
def test_what_is_no_such_number(cell: str) -> None:
    assert not cells.is_scientific(cell)


def test_a_text_is_on_one_line_without_hidden_characters() -> None:
    assert cells.text_of("  MAIRIE\r\n DE VALMONT\u200b ") == "MAIRIE DE VALMONT"
    assert cells.text_of("\t\n") is None
    assert cells.text_of("x" * 5000) is None


def test_the_name_of_a_column_has_no_accents_case_or_blanks() -> None:
    assert cells.plain_name("Complément Adresse_1") == "complementadresse1"
    assert cells.words_of("Adresse électronique (mél)") == {"adresse", "electronique", "mel"}


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("211609995", "211609995"),
        ("5160999", "005160999"),
        ("51609995", "051609995"),
        (" 211 609 995 ", "211609995"),
        ("51", "51"),
    ],
)
def test_a_siren_gets_its_leading_zeros_back(cell: str, meant: str) -> None:
    assert cells.siren(cell) == meant
