"""Writing a value as the files do: text between double quotes, keys plain where every reader takes them alike."""

from __future__ import annotations

import pytest

from chorus_config.yamltext.emit import block, flow, key_text


@pytest.mark.parametrize(
    ("key", "written"),
    [("code_postal", "code_postal"), *((key, f'"{key}"') for key in ("no", "on", "a b", "Clé", "12", ""))],
)
def test_a_key_is_quoted_where_another_reader_would_take_it_for_something_else(key: str, written: str) -> None:
    assert key_text(key) == written


def test_values() -> None:
    assert flow({"nom": "a", "ouvert": True, "liste": ["01000"]}) == '{nom: "a", ouvert: true, liste: ["01000"]}'
    assert block({"adresse": {"ville": "É"}, "services": ["a"]}) == ["adresse:", '  ville: "É"', 'services: ["a"]']
