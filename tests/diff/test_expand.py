"""expand and collapse: a sheet as addressed resources."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.diff.expand import Expanded, collapse, expand, root_of
from chorus_config.model.address import Address
from tests.engine.making import PUBLIC, SIRET, TECH, account, general, sheet

ROOT = Address(SIRET)


def test_a_structure_holds_its_own_block_and_what_stands_beside_it() -> None:
    expanded = expand(sheet(comptabilite="autre"))
    (structure,) = expanded.resources.values()
    assert structure["libelle"] == "Commune de Valmont"
    assert structure["adresse_postale"]["ville"] == "VALMONT"
    assert structure["comptabilite"] == "autre"
    assert expanded.lists == frozenset()


def test_every_entry_of_a_list_is_a_resource_by_its_key() -> None:
    lists: dict[str, Any] = {
        "utilisateurs": [{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}],
        "services": [PUBLIC, {**TECH, "code": "A/B/C"}],
        "espaces": ["Factures de travaux"],
        "coordonnees_bancaires": [{"libelle": "Régie"}],
    }
    assert [str(address) for address in expand(sheet(**lists)).resources] == [
        SIRET,
        f"{SIRET}/services/FACTURES_PUBLIQUES",
        f"{SIRET}/services/A/B/C",
        f"{SIRET}/espaces/Factures de travaux",
        f"{SIRET}/utilisateurs/dgs",
        f"{SIRET}/coordonnees_bancaires/Régie",
    ]


def test_an_empty_list_is_written_and_an_absent_one_is_not() -> None:
    assert expand(sheet(espaces=[])).lists == {"espaces"}
    assert collapse(expand(sheet(espaces=[])))["espaces"] == []
    assert "espaces" not in collapse(expand(sheet()))


def test_an_account_is_one_resource_under_its_ref() -> None:
    expanded = expand(account("elu/1"))
    assert [str(address) for address in expanded.resources] == ["comptes/elu/1"]
    assert collapse(expanded) == account("elu/1")


def test_nothing_is_nothing() -> None:
    assert collapse(Expanded()) == {}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "fiche-structure"},
        {"type": "fiche-structure", "informations_generales": "texte"},
        {"type": "fiche-structure", "informations_generales": {"identifiant": ""}},
        {"type": "fiche-structure", "informations_generales": {"identifiant": True}},
        {"type": "compte-utilisateur"},
        {"type": "compte-utilisateur", "ref": ""},
        {"type": "compte-utilisateur", "ref": ["dgs"]},
        {"type": "projet", "version": 1},
    ],
)
def test_a_body_that_names_nothing_has_no_address_and_no_resource(body: dict[str, Any]) -> None:
    assert root_of(body) is None
    assert expand(body) == Expanded()


@pytest.mark.parametrize("kind", [None, "fiche", "projet", True, ["fiche-structure"]])
def test_a_sheet_without_its_type_breaks_nothing(kind: object) -> None:
    body = sheet(type=kind)
    collapse(expand(body))


@pytest.mark.parametrize(
    "services",
    ["texte", True, {"code": "A"}, ["A"], [["A"]], [{}], [{"libelle": "A"}], [{"code": True}], [{"code": ["A"]}]],
)
def test_a_list_that_is_none_and_an_entry_without_its_key_are_left_out(services: object) -> None:
    assert list(expand(sheet(services=services)).resources) == [ROOT]


@pytest.mark.parametrize("espaces", [[True], [["A"]], [{"nom": "A"}]])
def test_an_espace_that_is_no_text_is_left_out(espaces: object) -> None:
    assert list(expand(sheet(espaces=espaces)).resources) == [ROOT]


def test_the_body_that_was_taken_apart_is_not_the_one_put_together() -> None:
    body = sheet(services=[dict(TECH)])
    made: Any = collapse(expand(body))
    made["services"][0]["libelle"] = "changé"
    made["informations_generales"]["libelle"] = "changé"
    assert body == sheet(services=[TECH])
    assert general()["libelle"] == "Commune de Valmont"
