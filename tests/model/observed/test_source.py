"""What a source is asked for."""

from __future__ import annotations

import pytest

from chorus_config.model.observed.source import Asked

SIREN = "211699996"
SIRET = "21169999600016"


@pytest.mark.parametrize(
    ("asked", "number", "concerned"),
    [
        (Asked(), SIREN, True),
        (Asked(frozenset({SIRET})), SIRET, True),
        (Asked(frozenset({SIRET})), SIREN, True),
        (Asked(frozenset({SIRET})), "21169999600024", False),
        (Asked(frozenset({SIRET})), "311699999", False),
        (Asked(sirens=frozenset({SIREN})), "21169999600024", True),
        (Asked(sirens=frozenset({SIREN})), SIREN, True),
        (Asked(only=True), SIREN, False),
    ],
)
def test_a_siren_is_concerned_where_one_of_its_structures_is(asked: Asked, number: str, concerned: bool) -> None:
    assert asked.concerns(number) is concerned
