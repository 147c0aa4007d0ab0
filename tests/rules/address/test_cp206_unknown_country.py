"""CP206: countries that no list knows."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Final

import pytest
from babel import Locale

from chorus_config.rules.judges import countries
from chorus_config.rules.judges.countries import country_name, is_country, nearest_country
from tests.rules.judged import account, sheet, told

ROOT: Final = Path(__file__).resolve().parents[3]
AT: Final = "adresse_postale/pays"


@pytest.mark.parametrize(
    "name",
    [
        "France", "FRANCE", "france", "FR", "fr", "FRA", "Les États-Unis", "etats-unis", "USA", "Royaume-Uni", "GB", "GBR",
        "Côte d'Ivoire", "Côte d’Ivoire", "Cote d'Ivoire", "La Réunion", "Réunion", "Guadeloupe", "Martinique", "Guyane",
        "Mayotte", "Nouvelle-Calédonie", "Polynésie française", "Saint-Pierre-et-Miquelon", "Wallis-et-Futuna",
        "Saint-Martin", "Saint-Barthélemy", "TAAF", "Monaco", "Belgique", "Belgium", "Allemagne", "Germany", "DE",
    ],
)  # fmt: skip
def test_what_names_a_country(name: str) -> None:
    assert is_country(name)
    assert told("CP206", sheet(address={"pays": name})) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Frnace", "France"), ("Farnce", "France"), ("Belgiqe", "Belgique"), ("Allemange", "Allemagne"), ("Xyz", ""), ("F", "")],
)
def test_what_names_none_is_told_with_what_was_meant(name: str, meant: str) -> None:
    assert nearest_country(name) == meant
    assert told("CP206", sheet(address={"pays": name})) == [(AT, "suggest" if meant else "")]
    assert len(told("CP206", account(address={"pays": name}))) == 1


def test_a_blank_country_is_for_another_rule() -> None:
    assert told("CP206", sheet(address={"pays": " "})) == []


def test_every_country_of_babel_is_known_in_french_and_english() -> None:
    for language in ("fr", "en"):
        names = {code: name for code, name in Locale(language).territories.items() if len(code) == 2 and code.isalpha()}
        assert [code for code, name in names.items() if code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
                and not (is_country(name) and is_country(code))] == []  # fmt: skip


def test_the_names_are_written_by_the_script() -> None:
    text = Path(countries.__file__).read_text(encoding="utf-8")
    assert runpy.run_path(str(ROOT / ".ci/countries"))["module"](text) == text


def test_a_code_or_a_name_has_its_french_name() -> None:
    assert [country_name(text) for text in ("FR", "fra", "RE", "Germany", "TAAF")] == [
        "France", "France", "La Réunion", "Allemagne", "Terres australes françaises",
    ]  # fmt: skip
    assert country_name("Franse") == country_name("") == ""
