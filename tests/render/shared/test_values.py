"""Kinds and values before any format."""

from __future__ import annotations

from chorus_config.i18n.translator import translator_for
from chorus_config.model.address import KINDS
from chorus_config.render.shared.pieces import Piece, pieces
from chorus_config.render.shared.values import KIND_LABELS, folded


def test_every_kind_has_a_name() -> None:
    assert {kind.name for kind in KINDS.values()} == {*KIND_LABELS}


def test_our_words_are_told_apart_from_what_somebody_wrote() -> None:
    say = translator_for("en")
    assert pieces(True, say) == (Piece("yes"),)
    assert pieces("yes", say) == (Piece("yes", literal=True),)
    assert pieces("abcdef", say, 4) == (Piece("abc…", literal=True),)


def fold(words: str, alone: str = "") -> list[tuple[str, tuple[str, ...]]]:
    """Fold words by their first letter."""
    return [*folded(words.split(), lambda word: word[0], lambda word: word[0] in alone)]


def test_three_are_told_as_one_and_two_are_not() -> None:
    assert fold("a1 a2 a3") == [("a1", ("a2", "a3"))]
    assert fold("a1 a2") == [("a1", ()), ("a2", ())]
    assert fold("") == []


def test_the_order_is_that_of_the_first_of_each() -> None:
    assert fold("b1 a1 b2 a2 c1 b3 a3") == [("b1", ("b2", "b3")), ("a1", ("a2", "a3")), ("c1", ())]


def test_what_stands_alone_is_never_told_with_others() -> None:
    assert fold("a1 b1 a2 b2 a3 b3", alone="a") == [("a1", ()), ("a2", ()), ("a3", ()), ("b1", ("b2", "b3"))]
