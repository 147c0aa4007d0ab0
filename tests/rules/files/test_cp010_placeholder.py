"""CP010: placeholders in the texts of sheets and accounts, word by word."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings

from chorus_config.model.finding import RuleContext, TrackedDay
from chorus_config.rules.files.cp010_placeholder import check
from tests.rules.judged import WHOLE, account, examples, misshapen, sheet, told
from tests.samples import TODAY


def at(pointer: str, text: Any, body: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a body with one value replaced."""
    changed: Any = copy.deepcopy(body)
    inner = changed
    *way, last = [int(step) if step.isdigit() else step for step in pointer.split("/")]
    for step in way:
        inner = inner[step]
    inner[last] = text
    return dict(changed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TODO", "TODO"),
        ("todo", "todo"),
        ("Commune de XXX", "XXX"),
        ("commune de xxx", "xxx"),
        ("XXXXXX", "XXXXXX"),
        ("à compléter", "à compléter"),
        ("À COMPLÉTER", "À COMPLÉTER"),
        ("A completer", "A completer"),
        ("à\u00a0compléter", "à\u00a0compléter"),
        ("a\u0300 comple\u0301ter", "a\u0300 comple\u0301ter"),
        ("libellé (à compléter)", "à compléter"),
        ("TODO: demander au comptable", "TODO"),
        ("nom_todo", "todo"),
        ("ST-XXX", "XXX"),
        ("ligne\nTODO", "TODO"),
    ],
)
def test_a_placeholder_is_a_word_by_itself(text: str, found: str) -> None:
    (fault,) = check(sheet(general={"libelle": text}), RuleContext(TrackedDay(TODAY)))
    assert fault.path == ("informations_generales", "libelle")
    assert fault.args == {"value": text, "found": found}


@pytest.mark.parametrize(
    "text",
    ["Valmont", "Méthodologie", "Todorov", "XX", "Louis XX", "AXXXA", "Service à compléteront", "complet", "00000", ""],
)
def test_a_piece_of_a_word_is_none(text: str) -> None:
    assert told("CP010", sheet(general={"libelle": text})) == []


@pytest.mark.parametrize(
    "pointer",
    [
        "raccordement/operateur",
        "informations_generales/raison_sociale",
        "informations_generales/libelle",
        "adresse_postale/adresse",
        "adresse_postale/ville",
        "adresse_postale/complement_1",
        "adresse_postale/complement_2",
        "coordonnees_bancaires/0/libelle",
        "services/1/code",
        "services/1/libelle",
        "services/1/description",
        "services/1/adresse_postale/adresse",
        "services/1/adresse_postale/ville",
        "espaces/0",
        "utilisateurs/1/ref",
        "utilisateurs/1/habilitations/0",
        "remplace/identifiant",
        "remplace/motif",
    ],
)
def test_every_free_text_of_a_sheet_is_looked_at(pointer: str) -> None:
    assert told("CP010", WHOLE) == []
    assert told("CP010", at(pointer, "à compléter", WHOLE)) == [(pointer, "")]


@pytest.mark.parametrize(
    "pointer",
    [
        "ref",
        "informations_personnelles/nom",
        "informations_personnelles/prenom",
        "adresse_postale/ville",
        "parametres/langue",
    ],
)
def test_every_free_text_of_an_account_is_looked_at(pointer: str) -> None:
    assert told("CP010", account()) == []
    assert told("CP010", at(pointer, "XXX", account())) == [(pointer, "")]


@pytest.mark.parametrize("pointer", ["adresse_postale/code_postal", "services/1/adresse_postale/code_postal"])
@pytest.mark.parametrize(
    ("code", "country", "due"),
    [
        ("00000", "France", True),
        ("00000", "Belgique", True),
        ("01000", "France", False),
        ("XXX", "France", False),  # CP202's
        ("XXX", "FR", False),
        ("XXX", "Belgique", True),
        ("XXX", None, True),
        ("", "France", False),
    ],
)
def test_a_postal_code_of_zeros_is_a_placeholder(pointer: str, code: str, country: str | None, due: bool) -> None:
    body = at(pointer, code, at(pointer.replace("code_postal", "pays"), country, WHOLE))
    assert told("CP010", body) == [(pointer, "")] * due


@pytest.mark.parametrize(
    ("pointer", "text", "due"),
    [
        ("informations_generales/identifiant", "XXX", False),  # CP101's
        ("informations_generales/adresse_electronique", "todo", False),  # CP106's
        ("informations_generales/adresse_electronique", "xxx@valmont.example", True),
        ("informations_generales/adresse_electronique", "mairie@xxx.fr", True),
        ("adresse_postale/telephone", "+33 545XXXXXX", False),  # CP203's
        ("coordonnees_bancaires/0/iban", "XXX", False),  # CP302's
        ("services/1/date_fin", "TODO", False),  # CP009's
    ],
)
def test_what_another_rule_refuses_is_not_told_twice(pointer: str, text: str, due: bool) -> None:
    assert told("CP010", at(pointer, text, WHOLE)) == [(pointer, "")] * due


def test_an_identifier_that_is_no_siret_is_a_free_text() -> None:
    body = sheet(general={"type_identifiant": "AUTRE", "identifiant": "TODO"})
    assert told("CP010", body) == [("informations_generales/identifiant", "")]


def test_each_placeholder_is_told_in_its_place() -> None:
    body = sheet(general={"libelle": "XXX"}, address={"adresse": "à compléter", "code_postal": "00000"})
    assert [pointer for pointer, _case in told("CP010", body)] == [
        "informations_generales/libelle",
        "adresse_postale/adresse",
        "adresse_postale/code_postal",
    ]


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP010") == ([("informations_generales/libelle", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP010", body, TODAY)
