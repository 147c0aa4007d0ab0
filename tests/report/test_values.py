"""Kinds and values before any format."""

from __future__ import annotations

from chorus_config.report.values import KINDS_SAID, Piece, pieces
from chorus_config.texts.translator import texts_in
from chorus_config.words.kinds import KINDS


def test_every_kind_has_a_name() -> None:
    assert {kind.name for kind in KINDS.values()} == {*KINDS_SAID}


def test_our_words_are_told_apart_from_what_somebody_wrote() -> None:
    say = texts_in("en")
    assert pieces(True, say) == (Piece("yes"),)
    assert pieces("yes", say) == (Piece("yes", literal=True),)
    assert pieces("abcdef", say, 4) == (Piece("abc…", literal=True),)
