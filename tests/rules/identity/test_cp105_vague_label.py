"""CP105: labels that say what the structure is, and not which one."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings

from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY

AT: Final = [("informations_generales/libelle", "")]


@pytest.mark.parametrize(
    "label",
    [
        "Mairie",
        "MAIRIE",
        " mairie ",
        "La Mairie",
        "Mairie de",
        "Mairie de la",
        "Mairie d'",
        "Commune",
        "Commune de …",
        "Commune de ...",
        "Ville",
        "CCAS",
        "C.C.A.S.",
        "Centre communal d’action sociale",
        "Service",
        "Services",
        "Collectivité",
        "COLLECTIVITE",
        "Hôtel de  ville",
        "Communauté de communes",
        "Budget principal",
        "Caisse des écoles",
        "Re\u0301gie",
        "-",
        "...",
    ],
)
def test_a_kind_alone_names_nobody(label: str) -> None:
    assert told("CP105", sheet(general={"libelle": label})) == AT


@pytest.mark.parametrize(
    "label",
    [
        "Commune de Valmont",
        "Mairie de Valmont",
        "CCAS Valmont",
        "CCAS de L'Île",
        "Commune de Villé",
        "Ville de Ville",
        "Services techniques de Valmont",
        "SDITEC",
        "Régie de l'eau",
        "Budget annexe eau",
        "Mairie 16000",
        "Commune de XXX",  # CP010's
        "東京",
    ],
)
def test_a_name_is_enough(label: str) -> None:
    assert told("CP105", sheet(general={"libelle": label})) == []


@pytest.mark.parametrize("label", ["", " ", "\u00a0", None, 12, ["Mairie"], {"Mairie": "Mairie"}])
def test_a_blank_label_or_none_is_left_to_other_rules(label: Any) -> None:
    assert told("CP105", sheet(general={"libelle": label})) == []


def test_the_official_name_is_not_judged() -> None:
    assert told("CP105", sheet(general={"raison_sociale": "MAIRIE"})) == []


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP105") == ([("informations_generales/libelle", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP105", body, TODAY)
