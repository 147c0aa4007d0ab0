"""Fields and values as people read them, on a line of text."""

from __future__ import annotations

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.render.shared.text import field_label, value_text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "not reported"),
        (True, "yes"),
        (False, "no"),
        ("", '""'),
        ("a\x1bb", '"a\\u{1b}b"'),
        (["a", "b"], '"a", "b"'),
        ([], "none"),
        ([{"nom": "Travaux", "mode": "CONSULTATION"}], '"Travaux" CONSULTATION'),
        ({"x": "é"}, '"x: é"'),
        ("a" * 300, f'"{"a" * 300}"'),
        (5, "5"),
    ],
)
def test_a_value(value: object, said: str) -> None:
    assert value_text(value, translator_for("en")) == said


def test_a_label_is_that_of_the_portal() -> None:
    assert field_label("", "/adresse_postale/ville").endswith("(adresse_postale.ville)")
    assert "(" not in field_label("services", "/actif", key=False)
    assert field_label("", "/zzz\x1b") == "zzz\\u{1b}"
