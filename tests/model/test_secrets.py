"""What is hidden of plain data."""

from __future__ import annotations

import pytest

from chorus_config.model.secrets import SECRET_KEYS, masked_data, names_secret
from chorus_config.schema.packaged import STRICT, schema
from tests.model.test_iban import GROUPS, KNOWN


@pytest.mark.parametrize(
    "key",
    [
        "mot_de_passe", "Mot-de-passe", "motdepasse", "mots de passe", "password", "PASSWORD", "passwd", "mdp", "MDP", "secret",
        "question_secrete", "réponse_secrète", "re\u0301ponse_secre\u0300te", "login", "login_portail", "code_pin", "pin",
        "code_confidentiel", "identifiant_de_connexion", "identifiant_connexion", "cle_api", "clé_api", "token", "API-KEY",
        "jeton", "passe", "client_secret",
    ],
)  # fmt: skip
def test_a_key_that_gives_access(key: str) -> None:
    assert names_secret(key)


@pytest.mark.parametrize(
    "key", ["pays", "passage", "compagnie", "identifiant", "secretaire", "secrétaire", "secretariat", "Pinède"]
)
def test_a_key_that_gives_none(key: str) -> None:
    assert not names_secret(key)


def test_no_known_key_is_one() -> None:
    for name in STRICT.values():
        assert [key for key in _keys(schema(name)) if names_secret(key)] == []


def test_each_block_of_the_schemas_says_the_same() -> None:
    for name in STRICT.values():
        blocks = [node for node in _nodes(schema(name)) if node.get("additionalProperties") is False and "properties" in node]
        assert blocks
        assert all(node.get("patternProperties") == {SECRET_KEYS: {"$ref": "#/$defs/secret"}} for node in blocks), name


def test_plain_data_are_masked_whole_keys_too() -> None:
    made = masked_data({"a": [KNOWN, 1, None, True, {KNOWN: ("x", GROUPS)}], "mot_de_passe": ["Soleil2016", 3]})
    assert made == {"a": ["FR76 **** 0189", 1, None, True, {"FR76 **** 0189": ["x", "FR76 **** 0189"]}], "mot_de_passe": "****"}


def _nodes(node: object) -> list[dict[str, object]]:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [*([node] if isinstance(node, dict) else []), *(found for one in inner for found in _nodes(one))]


def _keys(node: object) -> set[str]:
    return {key for one in _nodes(node) if isinstance(one.get("properties"), dict) for key in one["properties"]}  # type: ignore[attr-defined]
