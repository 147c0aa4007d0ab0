"""Colour."""

from __future__ import annotations

import pytest

from chorus_config.render.shared.paint import coloured, plain
from tests.render.reading import unpainted

MEANINGS = ("error", "warning", "info", "create", "update", "delete", "title", "quiet", "good")


@pytest.mark.parametrize("meaning", MEANINGS)
def test_plain_is_plain_and_colour_is_only_around(meaning: str) -> None:
    assert plain("texte", meaning) == "texte"
    painted = coloured("texte", meaning)
    assert painted.startswith("\x1b[")
    assert painted.endswith("\x1b[0m")
    assert unpainted(painted) == "texte"
