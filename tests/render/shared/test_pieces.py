"""Values in pieces."""

from __future__ import annotations

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.render.shared.pieces import Piece, pieces
from tests.engine.making import IBAN

SAY = translator_for("en")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, [Piece("not reported")]), (True, [Piece("yes")]), (False, [Piece("no")]), (1, [Piece("1")]), (0, [Piece("0")]),
        ("", [Piece("", literal=True)]), ("yes", [Piece("yes", literal=True)]), ([], [Piece("none")]), ({}, [Piece("none")]),
        (["a", 1, True], [Piece("a", literal=True), Piece("1"), Piece("true")]),
        ({"a": "b", "c": [1]}, [Piece("a: b", literal=True), Piece("c: [1]", literal=True)]),
        ([{"nom": "Engagements", "mode": "API"}], [Piece("Engagements", True, "API")]),
        (f"vers {IBAN}", [Piece("vers FR76 **** 0189", literal=True)]),
        ([IBAN], [Piece("FR76 **** 0189", literal=True)]),
    ],
)  # fmt: skip
def test_a_value_in_pieces(value: object, shown: list[Piece]) -> None:
    assert [*pieces(value, SAY)] == shown


def test_a_language_says_its_own_words() -> None:
    french = translator_for("fr")
    values: tuple[object, ...] = (True, False, None, [])
    assert [one.text for value in values for one in pieces(value, french)] == [
        "oui", "non", "non renseigné", "aucun",
    ]  # fmt: skip
    assert [one.text for value in (True, False) for one in pieces(value, SAY)] == ["yes", "no"]
    assert pieces(None, SAY, absent="not written") == (Piece("not written"),)


def test_a_long_text_is_cut_after_it_is_masked() -> None:
    assert pieces("abcdef", SAY, 4) == (Piece("abc…", literal=True),)
    assert pieces(f"{IBAN} and so on", SAY, 12) == (Piece("FR76 **** 0…", literal=True),)
