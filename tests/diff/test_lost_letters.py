"""Texts in which letters with an accent were lost."""

from __future__ import annotations

import pytest

from chorus_config.diff.fields import alike
from chorus_config.diff.lost_letters import is_fuller, seems_alike, shows


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("St Martin H¿res", "St Martin Hères", True),
        ("H\ufffdres", "Hères", True),
        ("H\ufffdres", "H¿res", True),
        ("Hères", "Hères", True),
        ("H¿res", "Hires", False),
        ("L¿Hay", "L’Hay", False),
        ("A ¿ B", "A – B", False),
        ("H¿res", "Hèères", False),
        ("h¿res@valmont.example", "hères@valmont.example", False),
        ("H¿res", None, False),
        (True, 1, False),
    ],
)
def test_a_lost_sign_stands_for_a_letter_with_an_accent_alone(one: object, other: object, *, same: bool) -> None:
    assert seems_alike("", "/libelle", one, other) is same
    assert seems_alike("", "/libelle", other, one) is same


def test_what_people_write_counts_to_the_letter() -> None:
    assert not alike("", "/libelle", "H¿res", "Hères")


def test_the_text_with_fewer_signs_of_loss_is_the_fuller_one() -> None:
    assert is_fuller("", "/libelle", "Hères", "H¿res")
    assert not is_fuller("", "/libelle", "H¿res", "Hères")
    assert not is_fuller("", "/libelle", "Hères", "Hères")
    assert not is_fuller("", "/libelle", "Hautes", "H¿res")


def test_what_stood_there_before_shows_nothing_new() -> None:
    assert shows("", "/libelle", "Hères", "Hères", "H¿res")
    assert not shows("", "/libelle", "H¿res", "Hères", "H¿res")
    assert shows("", "/libelle", "H¿res", "Hères", "Autre")
