"""What a cell means, and what it cannot mean."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from chorus_config.engine.spreadsheet.cells import CannotRead, CellContext, read_cell
from chorus_config.engine.spreadsheet.columns import kind_of
from chorus_config.i18n.translator import translator_for
from chorus_config.model.table import UnusableCell
from tests.engine.making import DAY

SAY = translator_for("en")
GENERAL = "informations_generales"
MIDNIGHT = datetime.fromisoformat("2016-07-13")
# The SIRET of a body whose number begins with a zero does hold.
ZERO = "01234567400019"


def read(cell: Any, *path: str, group: str = "", **context: Any) -> Any:
    """Return the value of a cell of a column, and what is told of it."""
    found = read_cell(cell, kind_of(group).column(path), CellContext(DAY, **context))
    return (found.value, SAY(found.note, value=found.value)) if found is not None and found.note else found and found.value


def refused(cell: Any, *path: str, group: str = "", **context: Any) -> str:
    """Return why a cell cannot be read."""
    with pytest.raises(CannotRead) as told:
        read(cell, *path, group=group, **context)
    return SAY(told.value.message, **told.value.places)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0"])
def test_an_empty_cell_says_nothing(cell: Any) -> None:
    assert read(cell, GENERAL, "libelle") is None


@pytest.mark.parametrize("cell", ["oui", "OUI", "O", "x", "X", "vrai", True, 1, 1.0, "1", "coché"])
def test_ticks(cell: Any) -> None:
    assert read(cell, GENERAL, "emetteur_flux_edi") is True


@pytest.mark.parametrize("cell", ["non", "N", "faux", False, 0, "FALSE"])
def test_no_ticks(cell: Any) -> None:
    assert read(cell, GENERAL, "emetteur_flux_edi") is False


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    assert refused("peut-être", GENERAL, "emetteur_flux_edi") == '"peut-être" is neither yes nor no: oui or non is expected'


@pytest.mark.parametrize(
    "cell",
    [date(2016, 7, 13), MIDNIGHT, MIDNIGHT.replace(hour=9), "13/07/2016", "13.7.2016", "2016-07-13",
     "13-07-2016", "2016-07-13 00:00:00"],
)  # fmt: skip
def test_days(cell: Any) -> None:
    assert read(cell, GENERAL, "date_creation") == "2016-07-13"


@pytest.mark.parametrize("cell", ["31/02/2025", "13/07/16", "juillet 2016", 42564, "2016-13-07", "07/13/2016"])
def test_what_is_no_day_is_refused(cell: Any) -> None:
    assert "is no day: a date is expected" in refused(cell, GENERAL, "date_creation")


@pytest.mark.parametrize(
    "cell", ["21160999500017", "211 609 995 00017", "211.609.995.00017", 21160999500017, 21160999500017.0, "'21160999500017",
             '="21160999500017"', "211\u00a0609\u00a0995\u202f00017"],
)  # fmt: skip
def test_a_siret_is_fourteen_digits(cell: Any) -> None:
    assert read(cell, GENERAL, "identifiant") == "21160999500017"


@pytest.mark.parametrize("cell", ["2,1161E+13", "2.116E13", "2E+13"])
def test_a_number_that_was_cut_short_is_refused(cell: str) -> None:
    assert "its last digits are lost" in refused(cell, GENERAL, "identifiant")


def test_a_zero_in_front_is_given_back_where_the_check_digits_prove_it() -> None:
    value, told = read(int(ZERO), GENERAL, "identifiant")
    assert (value, "the check digits prove them" in told) == (ZERO, True)
    assert "has 13 digits" in refused(int(ZERO) + 1, GENERAL, "identifiant")
    assert "has 13 digits" in refused(str(int(ZERO) + 1), GENERAL, "identifiant")


def test_an_identifiant_of_another_type_stays_as_it_is() -> None:
    assert read("1 234567", GENERAL, "identifiant", kind="RIDET") == "1 234567"
    assert read(ZERO[1:], GENERAL, "identifiant", kind="AUTRE") == ZERO[1:]
    assert read(ZERO[1:], GENERAL, "identifiant", known={ZERO[1:]}) == ZERO[1:]
    assert read("FR 12", GENERAL, "identifiant") == "FR 12"


@pytest.mark.parametrize(
    ("cell", "country", "value"),
    [
        ("1000", "France", "01000"),
        (1000, "", "01000"),
        ("1000", "", "1000"),
        (1000, "Belgique", "1000"),
        (16000, "France", "16000"),
        ("16 000", "France", "16 000"),
    ],
)
def test_a_postal_code_that_lost_its_zero(cell: Any, country: str, value: str) -> None:
    found = read(cell, "adresse_postale", "code_postal", country=country)
    assert (found[0] if isinstance(found, tuple) else found) == value
    assert isinstance(found, tuple) is (value == "01000")


@pytest.mark.parametrize(
    "cell", ["05 45 22 20 40", "0545222040", "05.45.22.20.40", 545222040, "0033545222040", "33545222040", "(0)5 45 22 20 40"]
)
def test_a_number_of_france_is_international(cell: Any) -> None:
    assert read(cell, "adresse_postale", "telephone", country="France") == "+33 545222040"


def test_a_number_that_is_international_or_of_another_country_stays() -> None:
    assert read("+33 5 45 22 20 40", "adresse_postale", "telephone", country="France") == "+33 5 45 22 20 40"
    assert read("0545222040", "adresse_postale", "telephone", country="Belgique") == "0545222040"
    assert read("à demander", "adresse_postale", "telephone", country="France") == "à demander"


@pytest.mark.parametrize("cell", ["Gestionnaire principal", "GESTIONNAIRE_PRINCIPAL", "gestionnaire  principal"])
def test_a_word_of_a_list_is_the_portal_s_or_ours(cell: str) -> None:
    assert read(cell, "role", group="utilisateurs") == "GESTIONNAIRE_PRINCIPAL"


def test_a_word_that_is_nearly_one_is_proposed_and_not_taken() -> None:
    told = refused("Gestionaire principale", "role", group="utilisateurs")
    assert told == (
        '"Gestionaire principale" is none of the words of the list (Gestionnaire principal, Utilisateur): Gestionnaire '
        "principal is probably meant"
    )
    assert refused("zzz", "role", group="utilisateurs").endswith("the list: Gestionnaire principal, Utilisateur")


def test_several_values_in_one_cell() -> None:
    assert read("Engagements; Facturation CPRO", "parametres", "notifications", group="comptes") == [
        "ENGAGEMENTS", "FACTURATION_CPRO",
    ]  # fmt: skip
    assert "none of the words" in refused("Engagements; zzz", "parametres", "notifications", group="comptes")
    assert read("Factures de travaux (lecture)", "espaces", group="utilisateurs") == [
        {"nom": "Factures de travaux", "mode": "CONSULTATION"}
    ]
    assert "has no mode behind it" in refused("Factures de travaux", "espaces", group="utilisateurs")
    assert "not closed" in refused('"a', "services", group="utilisateurs")


def test_what_a_spreadsheet_made_of_a_text_is_refused() -> None:
    assert "made a date of it" in refused(date(2026, 1, 2), "code", group="services")
    assert "true" in refused(True, GENERAL, "libelle")
    assert "decimals" in refused(12.5, GENERAL, "libelle")
    assert refused(UnusableCell("the cell holds the error {value}", "#N/A"), GENERAL, "libelle").endswith('error "#N/A"')


def test_a_code_that_is_a_number_is_told() -> None:
    assert read(12, "code", group="services") == (
        "12", "read as 12: it is a number there, and zeros in front, if there were any, are lost",
    )  # fmt: skip
    assert read("012", "code", group="services") == "012"


def test_only_a_description_has_lines() -> None:
    assert read(" a\r\n b ", "description", group="services") == "a\nb"
    assert read(" a\r\n b ", "libelle", group="services") == "a b"
    assert read("(vide)", "description", group="services") == ""


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    assert read("=1+1", GENERAL, "libelle") == "=1+1"
    assert read("+33", GENERAL, "libelle") == "+33"
