"""Kinds and values before any format."""

from __future__ import annotations

from chorus_config.i18n.translator import translator_for
from chorus_config.model.resource_kind import KINDS
from chorus_config.render.shared.values import KINDS_SAID, Piece, pieces


def test_every_kind_has_a_name() -> None:
    assert {kind.name for kind in KINDS.values()} == {*KINDS_SAID}


def test_our_words_are_told_apart_from_what_somebody_wrote() -> None:
    say = translator_for("en")
    assert pieces(True, say) == (Piece("yes"),)
    assert pieces("yes", say) == (Piece("yes", literal=True),)
    assert pieces("abcdef", say, 4) == (Piece("abc…", literal=True),)
