"""Fields and values as people read them."""

from __future__ import annotations

import pytest

from chorus_config.report.values import KINDS_SAID, label_of, value_said
from chorus_config.texts.translator import texts_in
from chorus_config.words.kinds import KINDS


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
        ([{"nom": "Travaux", "mode": "CONSULTATION"}], "Travaux CONSULTATION"),
        ({"x": "é"}, '{"x": "é"}'),
        (5, "5"),
    ],
)
def test_a_value(value: object, said: str) -> None:
    assert value_said(value, texts_in("en")) == said


def test_a_label_is_that_of_the_portal() -> None:
    assert label_of("", "/adresse_postale/ville").endswith("(adresse_postale.ville)")
    assert "(" not in label_of("services", "/actif", key=False)
    assert label_of("", "/zzz\x1b") == "zzz\\u{1b}"


def test_every_kind_has_a_name() -> None:
    assert {kind.name for kind in KINDS.values()} == {*KINDS_SAID}
