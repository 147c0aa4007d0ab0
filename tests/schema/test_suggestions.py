"""What people write for what is meant: portal's labels, words of their own, yes and no; and what a day no longer offers."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from chorus_config.schema.lookup import example_of, node_at, plain
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.schema.suggestions import is_word_for, key_words, meant_boolean, meant_key, meant_value, offered
from tests.schema.test_packaged import subschemas

SHEET: Final = schema("fiche-structure")
BEFORE, SINCE = date(2023, 2, 20), date(2023, 2, 21)
ROLE: Final = node_at(SHEET, ("utilisateurs", 0, "role"))


@pytest.mark.parametrize(
    ("path", "word", "key"),
    [
        ("informations_generales", "Raison sociale", "raison_sociale"),
        ("informations_generales", "Libellé de la structure", "libelle"),
        ("informations_generales", "SIRET", "identifiant"),
        ("informations_generales", "N° SIRET", "identifiant"),
        ("informations_generales", "nom", "libelle"),
        ("informations_generales", "e-mail", "adresse_electronique"),
        ("informations_generales", "Courriel", "adresse_electronique"),
        ("informations_generales", "état", "statut"),
        ("adresse_postale", "Code postal", "code_postal"),
        ("adresse_postale", "CP", "code_postal"),
        ("adresse_postale", "Commune", "ville"),
        ("adresse_postale", "tél", "telephone"),
        ("adresse_postale", "complement adresse 1", "complement_1"),
        ("parametres", "Le code service doit être renseigné par le fournisseur", "code_service_obligatoire"),
        ("parametres", "Structure avec MOA", "structure_avec_moa"),
        ("parametres", "mise_en_paiement_remontee", ""),
        ("", "Utilisateurs rattachés à la structure", "utilisateurs"),
        ("", "Adresse postale du siège", "adresse_postale"),
        ("", "RIB", "coordonnees_bancaires"),
        ("", "zzz", ""),
    ],
)
def test_a_key_is_known_by_the_words_for_it(path: str, word: str, key: str) -> None:
    block = node_at(SHEET, (path,) if path else ())
    assert meant_key(word, block) == key


def test_what_stands_there_already_is_not_proposed() -> None:
    block = node_at(SHEET, ("adresse_postale",))
    assert meant_key("vile", block, {"ville"}) == ""
    assert meant_key("vile", block, {"pays"}) == "ville"


def test_a_word_for_a_key_is_so_to_the_letter() -> None:
    block = node_at(SHEET, ("adresse_postale",))
    assert is_word_for("Ville", "ville", block) is is_word_for("commune", "ville", block) is True
    assert is_word_for("vile", "ville", block) is False


@pytest.mark.parametrize(
    ("path", "word", "value"),
    [
        (("comptabilite",), "hors Hélios", "autre"),
        (("comptabilite",), "Hors-Helios", "autre"),
        (("comptabilite",), "pas Hélios", "autre"),
        (("comptabilite",), "non hélios", "autre"),
        (("comptabilite",), "Hélios", "helios"),
        (("comptabilite",), "helio", "helios"),
        (("comptabilite",), "sans helio", "autre"),
        (("comptabilite",), "zzz", ""),
        (("informations_generales", "statut"), "Active", "ACTIF"),
        (("informations_generales", "statut"), "oui", "ACTIF"),
        (("informations_generales", "statut"), "Inactive", "INACTIF"),
        (("informations_generales", "statut"), "non active", "INACTIF"),
        (("informations_generales", "type_identifiant"), "Structure avec N° SIRET", "SIRET"),
        (("informations_generales", "type_identifiant"), "siren", "SIRET"),
        (("raccordement", "mode"), "PISTE", "API"),
        (("utilisateurs", 0, "espaces", 0, "mode"), "lecture seule", "CONSULTATION"),
        (("type",), "fiche", "fiche-structure"),
    ],
)
def test_a_value_is_known_by_the_words_for_it(path: tuple[str | int, ...], word: str, value: str) -> None:
    assert meant_value(word, node_at(SHEET, path), SINCE) == value


@pytest.mark.parametrize(
    ("word", "before", "since"),
    [
        ("Gestionnaire principal", "GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_PRINCIPAL"),
        ("GESTIONNAIRE_SECONDAIR", "GESTIONNAIRE_SECONDAIRE", "UTILISATEUR"),
        ("Gestionnaire secondaire", "GESTIONNAIRE_SECONDAIRE", "UTILISATEUR"),
        ("Simple utilisateur", "UTILISATEUR_SIMPLE", "UTILISATEUR"),
        ("Utilisateur", "UTILISATEUR_SIMPLE", "UTILISATEUR"),
        ("UTILISATEUR_SIMPL", "UTILISATEUR_SIMPLE", "UTILISATEUR"),
    ],
)
def test_a_role_of_another_day_is_never_proposed(word: str, before: str, since: str) -> None:
    assert (meant_value(word, ROLE, BEFORE), meant_value(word, ROLE, SINCE)) == (before, since)
    assert offered(ROLE, BEFORE) == ("GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE", "UTILISATEUR_SIMPLE")
    assert offered(ROLE, SINCE) == ("GESTIONNAIRE_PRINCIPAL", "UTILISATEUR")


@pytest.mark.parametrize("word", ["oui", "Oui", "VRAI", "yes", "x", "X", "1", "true", "coché", "Cochée", "actif", " oui "])
def test_yes_is_a_ticked_box(word: str) -> None:
    assert meant_boolean(word) == "true"


@pytest.mark.parametrize("word", ["non", "NON", "faux", "no", "0", "false", "décochée", "inactif"])
def test_no_is_an_empty_box(word: str) -> None:
    assert meant_boolean(word) == "false"


@pytest.mark.parametrize("word", ["", "peut-être", "2", None, [], {}])
def test_what_is_neither_is_no_box(word: object) -> None:
    assert meant_boolean(word) == ""


BLOCKS: Final = [(name, path, node) for name in STRICT for path, node in subschemas(schema(name)) if "properties" in node]


@pytest.mark.parametrize(("name", "path", "node"), BLOCKS)
def test_a_word_means_one_key_of_a_block(name: str, path: Any, node: dict[str, Any]) -> None:
    """And never the name of another key: what is right is never taken for something else."""
    said = [(plain(word), key) for key, inner in node["properties"].items() for word in {*map(plain, (key, *key_words(inner)))}]
    assert len({word for word, _key in said}) == len(said), (name, path)


VALUES: Final = [(name, path, node) for name in STRICT for path, node in subschemas(schema(name)) if "x-values" in node]


@pytest.mark.parametrize(("name", "path", "node"), VALUES)
def test_a_word_means_one_value_of_a_list(name: str, path: Any, node: dict[str, Any]) -> None:
    values = node["enum"] if "enum" in node else [node["const"]]
    assert set(node["x-values"]) <= set(values)
    said = [
        plain(word) for value in values for word in {*map(plain, (value, *node["x-values"].get(value, {}).get("x-words", ())))}
    ]
    assert len(set(said)) == len(said), (name, path)
    others = {note[word] for note in node["x-values"].values() for word in ("x-instead", "x-same") if word in note}
    assert others <= set(values)


EXAMPLES: Final = [(name, path, node) for name in STRICT for path, node in subschemas(schema(name)) if "examples" in node]


@pytest.mark.parametrize(("name", "path", "node"), EXAMPLES)
def test_an_example_is_accepted_where_it_stands(name: str, path: Any, node: dict[str, Any]) -> None:
    """What a remedy tells people to paste is right."""
    from jsonschema import Draft202012Validator

    whole = schema(name)
    inner = {**node, "$defs": whole.get("$defs", {})}
    assert [error.message for error in Draft202012Validator(inner).iter_errors(node["examples"][0])] == []
    assert example_of(whole, node) == node["examples"][0]


def test_an_example_is_made_of_its_parts() -> None:
    assert example_of(SHEET, node_at(SHEET, ("adresse_postale",))) == {
        "adresse": "1 place de la Mairie",
        "code_postal": "16000",
        "ville": "VALMONT",
        "pays": "France",
    }
    assert example_of(SHEET, node_at(SHEET, ("utilisateurs", 0))) == {"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}
    assert example_of(SHEET, {}) == "…"
    assert example_of(SHEET, {"type": "array", "items": {"type": "boolean"}}) == [False]
