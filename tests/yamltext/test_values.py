from __future__ import annotations

import pytest
import yaml

from chorus_config.yamltext.values import altered, block, boolean, flow, integer, key_text

ALTERED = {
    "null": ["", "~", "null", "Null", "NULL"],
    "boolean": ["true", "False", "yes", "NO", "No", "no", "on", "Off", "OFF", "y", "N"],
    "integer": ["0", "12", "-1", "+33545222040", "25160278500015", "00012345600017", "123_456_789_00012"],
    "octal": ["01000", "08200", "0o17"],
    "binary or hexadecimal": ["0b11", "0x1F", "0XFF", "-0x1f"],
    "float": ["1.10", ".5", "+.5e3", "1.", "-1.0e+3", "1e3", "12E45", "1_000.5", ".inf", "-.INF", "+.inf", ".nan", ".NaN"],
    "base sixty": ["12:30", "22:22", "12:30:45", "-1:30", "1:30.5"],
    "date": ["2016-09-01", "2024-02-31", "2016-9-1", "2016-09-01 12:30:45", "2016-09-01T12:30:45.5+02:00"],
    "sign": ["=", "<<"],
}
KEPT = [
    *("30 RUE DENIS PAPIE", "2A004", "+33 545222040", "05 45 22 20 40", "Nom", "oui", "non", "Nord", "Y a-t-il"),
    *("ASYMEX - INFOR TECH", "FR7630001007941234567890185", "accueil@sditec.fr", "ST-TECH", "SIRET", "true story"),
    *("nullité", "tRUE", "nULL", "1er étage", "12 bis", "1.2.3", "2016-09", "01/09/2016", "12h30", "12:60", "1e"),
    *("-", "+", "--", "0b12", "0xG", "<", "<<<", "==", "~~", "FALSE.", "Off-line"),
]


def kept_by_pyyaml(text: str) -> bool:
    """Whether PyYAML, which resolves as YAML 1.1, reads a plain scalar as the text that it is."""
    try:
        return bool(yaml.safe_load(text) == text)
    except (yaml.YAMLError, ValueError):
        return False


@pytest.mark.parametrize("text", [pytest.param(text, id=f"{kind} {text}") for kind, texts in ALTERED.items() for text in texts])
def test_what_another_reader_takes_for_something_else_is_altered(text: str) -> None:
    assert altered(text)


@pytest.mark.parametrize("text", KEPT)
def test_an_ordinary_word_is_not_altered(text: str) -> None:
    assert not altered(text)


@pytest.mark.parametrize("text", [*KEPT, *(text for texts in ALTERED.values() for text in texts)])
def test_whatever_pyyaml_changes_is_altered(text: str) -> None:
    assert altered(text) or text in {"-", "--"} or kept_by_pyyaml(text)


@pytest.mark.parametrize(
    ("text", "truth"),
    [("true", True), ("false", False), ("True", None), ("FALSE", None), ("yes", None), ("1", None), ("", None)],
)
def test_only_true_and_false_are_booleans(text: str, truth: bool | None) -> None:
    assert boolean(text) is truth


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("1", 1), ("42", 42), ("999999999", 999_999_999)])
def test_up_to_nine_digits_are_an_integer(text: str, number: int) -> None:
    assert integer(text) == number


@pytest.mark.parametrize(
    "text", ["", "00", "01", "-1", "+1", "1_000", "1000000000", "1.0", "1e3", "0x1", " 1", "1\n", "１", "²", "true"]
)
def test_all_else_is_no_integer(text: str) -> None:
    assert integer(text) is None


@pytest.mark.parametrize(
    ("key", "written"),
    [("code_postal", "code_postal"), *((key, f'"{key}"') for key in ("no", "on", "a b", "Clé", "12", ""))],
)
def test_a_key_is_quoted_where_another_reader_would_take_it_for_something_else(key: str, written: str) -> None:
    assert key_text(key) == written


def test_values() -> None:
    assert flow({"nom": "a", "ouvert": True, "liste": ["01000"]}) == '{nom: "a", ouvert: true, liste: ["01000"]}'
    assert block({"adresse": {"ville": "É"}, "services": ["a"]}) == ["adresse:", '  ville: "É"', 'services: ["a"]']
