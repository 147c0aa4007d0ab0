"""Ways through a schema."""

from __future__ import annotations

from typing import Any, Final

import pytest

from chorus_config.model.finding import Path
from chorus_config.schema.lookup import annotated, definition, nearest, node_at, resolved
from chorus_config.schema.packaged import schema

SHEET: Final = schema("fiche-structure")


@pytest.mark.parametrize(
    ("name", "path", "title"),
    [
        ("fiche-structure", (), "Fiche structure Chorus Pro"),
        ("fiche-structure", ("services",), "Services"),
        ("fiche-structure", ("services", 0, "code"), "Code du service"),
        ("fiche-structure", ("services", 1999, "adresse_postale"), "Adresse postale du service"),
        ("fiche-structure", ("services", 3, "adresse_postale", "ville"), "Ville"),
        ("fiche-structure", ("utilisateurs", 0, "espaces", 0, "nom"), "Espace"),
        ("fiche-structure", ("adresse_postale",), "Adresse postale du siège"),
        ("fiche-structure", ("raccordement", "mode"), "Mode de raccordement"),
        ("compte-utilisateur", ("parametres", "etat"), "Etat du compte"),
        ("projet", ("portefeuille", "budgets", 0, "libelle"), "Libellé du budget"),
        ("projet", ("seuils", "structures"), "Structures"),
    ],
)
def test_a_value_is_described_by_its_node(name: str, path: Path, title: str) -> None:
    assert node_at(schema(name), path)["title"] == title


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("fiche-structure", ("zzz",)),
        ("fiche-structure", ("zzz", "a", 0)),
        ("fiche-structure", ("type", "a")),
        ("fiche-structure", ("type", 0)),
        ("fiche-structure", (0,)),
        ("fiche-structure", ("services", "code")),
        ("projet", ("regles", "CP7011")),
        ("projet", ("regles", "XCP701")),
        ("projet", ("regles", "")),
    ],
)
def test_what_is_not_described_has_an_empty_node(name: str, path: Path) -> None:
    assert node_at(schema(name), path) == {}


def test_a_node_has_what_its_reference_adds_and_its_own_words_win() -> None:
    node = node_at(SHEET, ("informations_generales", "libelle"))
    assert (node["title"], node["type"], node["maxLength"]) == ("Libellé de la structure", "string", 4096)
    assert node_at(SHEET, ("services", 0, "adresse_postale"))["title"] == "Adresse postale du service"


def test_a_pattern_of_keys_is_followed() -> None:
    assert node_at(schema("projet"), ("regles", "CP701"))["enum"] == ["error", "warning", "info", "off"]


def test_references_are_followed_to_the_end() -> None:
    whole = {"$defs": {"a": {"$ref": "#/$defs/b", "title": "a"}, "b": {"type": "string", "title": "b"}}}
    assert resolved(whole, {"$ref": "#/$defs/a"}) == {"$ref": "#/$defs/a", "title": "a", "type": "string"}
    assert definition(whole, "#/$defs/b") == {"type": "string", "title": "b"}


@pytest.mark.parametrize("node", [True, False, None, [], "x"])
def test_what_is_no_block_adds_nothing(node: Any) -> None:
    assert resolved({}, node) == {}


RULES: Final = {
    "$defs": {
        "outer": {"properties": {"p": {"maxLength": 3, "x-rule": "CP205"}}},
        "twice": {"$ref": "#/$defs/outer"},
    },
    "allOf": [
        {"then": {"x-rule": "CP401", "x-case": "a", "properties": {"p": {"const": 1, "x-rule": "CP404"}, "q": {"const": 1}}}},
        {"properties": {"b": {"$ref": "#/$defs/twice"}}},
    ],
    "patternProperties": {"^a": {"x-rule": "CP601", "enum": [1]}},
}


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        pytest.param(("allOf", 0, "then", "properties", "p", "const"), "CP404", id="the deepest"),
        pytest.param(("allOf", 0, "then", "properties", "q", "const"), "CP401", id="the one above"),
        pytest.param(("allOf", 0, "then"), "CP401", id="itself"),
        pytest.param(("allOf", 0), None, id="none on the way"),
        pytest.param((), None, id="nowhere"),
        pytest.param(
            ("allOf", 1, "properties", "b", "properties", "p", "maxLength"), "CP205", id="jsonschema: references left out"
        ),
        pytest.param(
            ("allOf", 1, "properties", "b", "$ref", "$ref", "properties", "p", "maxLength"),
            "CP205",
            id="jsonschema-rs: references named",
        ),
        pytest.param(("patternProperties", "^a", "enum"), "CP601", id="a pattern of keys"),
        pytest.param(("zzz", 3, "properties"), None, id="a path that leads nowhere"),
    ],
)
def test_a_keyword_leads_to_its_rule(path: tuple[str | int, ...], rule: str | None) -> None:
    assert annotated(RULES, path).get("x-rule") == rule


KEYS: Final = tuple(schema("fiche-structure")["$defs"]["parametres"]["properties"])
GENERAL: Final = tuple(schema("fiche-structure")["$defs"]["informations_generales"]["properties"])


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        pytest.param("code_service_obligatoir", KEYS, "code_service_obligatoire", id="a letter short"),
        pytest.param("code_service_obligatoirre", KEYS, "code_service_obligatoire", id="a letter more"),
        pytest.param("code_sevrice_obligatoire", KEYS, "code_service_obligatoire", id="letters swapped"),
        pytest.param("Code_Service_Obligatoire", KEYS, "code_service_obligatoire", id="case"),
        pytest.param("CODE SERVICE OBLIGATOIRE", KEYS, "code_service_obligatoire", id="blanks and case"),
        pytest.param("code-service-obligatoire", KEYS, "code_service_obligatoire", id="hyphens"),
        pytest.param("libellé", GENERAL, "libelle", id="accent"),
        pytest.param("Libellé", GENERAL, "libelle", id="accent and case"),
        pytest.param("libelle\u0301", GENERAL, "libelle", id="accent of its own"),
        pytest.param("Raison Sociale", GENERAL, "raison_sociale", id="as the portal says"),
        pytest.param("ﬁche", ("fiche",), "fiche", id="ligature"),
        pytest.param("STRASSE", ("straße",), "straße", id="sharp s"),
        pytest.param("siret", ("SIRET", "RIDET"), "SIRET", id="the word is given as it is written"),
        pytest.param("zzzz", KEYS, "", id="nothing near"),
        pytest.param("", KEYS, "", id="empty"),
        pytest.param("libelle", (), "", id="nothing known"),
        pytest.param("x" * 100_000, ("x" * 64,), "x" * 64, id="very long: only its beginning is read"),
    ],
)
def test_the_nearest_word(word: str, known: tuple[str, ...], expected: str) -> None:
    assert nearest(word, known) == expected


@pytest.mark.parametrize("word", [*KEYS, *GENERAL])
def test_a_known_word_is_its_own_nearest(word: str) -> None:
    assert nearest(word, (*KEYS, *GENERAL)) == word
