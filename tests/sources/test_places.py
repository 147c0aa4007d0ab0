from __future__ import annotations

from typing import Any

import pytest

from chorus_config.model.observed.source import Reported
from chorus_config.sources.places import place_of, put


@pytest.mark.parametrize(
    ("group", "path", "place"),
    [
        ("", "/libelle", ("informations_generales", "libelle")),
        ("", "/adresse_postale/ville", ("adresse_postale", "ville")),
        ("", "/parametres/structure_avec_moa", ("parametres", "structure_avec_moa")),
        ("services", "/actif", ("actif",)),
        ("services", "/adresse_postale/ville", ("adresse_postale", "ville")),
    ],
)
def test_where_a_field_stands(group: str, path: str, place: tuple[str, ...]) -> None:
    assert place_of(Reported(group, path, "anything")) == place


def test_of_two_values_of_one_field_the_first_counts() -> None:
    body: dict[str, Any] = {"adresse_postale": {"ville": "VALMONT"}}
    for place, value in (
        (("adresse_postale", "ville"), "ELSEWHERE"),
        (("adresse_postale", "pays"), "France"),
        (("actif",), False),
    ):
        put(body, place, value)
    assert body == {"adresse_postale": {"ville": "VALMONT", "pays": "France"}, "actif": False}
