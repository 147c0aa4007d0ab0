"""What becomes of an establishment and its routing codes: when lists are complete, and what is not reported."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.sources.afnor.bodies import Remarks, body_of, is_public_line, lines_of
from chorus_config.sources.snapshot_file.body import fault_of
from tests.servers.afnor import PUBLIC, Structure, portfolio, service
from tests.sources.afnor.asking import SIRET


def read(structure: Structure, *, public: bool = True) -> tuple[Any, Remarks]:
    remarks = Remarks()
    return body_of(structure.establishment(), structure.routing_codes(), remarks, public=public), remarks


def services(*codes: Any) -> tuple[Any, Any]:
    """Return the services that are read of routing codes, None when they are not reported, and why not."""
    body, remarks = read(Structure(SIRET, services=codes))
    return body.get("services"), remarks.unlisted


@pytest.mark.parametrize("structure", portfolio(40), ids=lambda one: one.siret)
def test_a_body_is_in_the_shape_of_a_sheet(structure: Structure) -> None:
    body, _remarks = read(structure)
    assert fault_of(body, structure.siret) is None


def test_the_state_of_an_establishment_is_that_of_insee_and_no_statut() -> None:
    body, remarks = read(Structure(SIRET, state="C"))
    assert "statut" not in body["informations_generales"]
    assert remarks.closed == [SIRET]
    assert read(Structure(SIRET))[1].closed == []


def test_missing_b2g_data_of_a_public_structure_is_all_false() -> None:
    body, _remarks = read(Structure(SIRET))
    assert set(body["parametres"].values()) == {False}
    assert "mise_en_paiement_non_remontee" not in body["parametres"]


def test_missing_b2g_data_of_others_is_not_reported() -> None:
    body, remarks = read(Structure(SIRET), public=False)
    assert "parametres" not in body
    assert "services" not in body
    assert remarks.not_public == [SIRET]


def test_an_empty_block_of_b2g_data_is_a_missing_one() -> None:
    assert set(read(Structure(SIRET, demands={}))[0]["parametres"].values()) == {False}


def test_a_flag_that_is_missing_in_the_block_is_not_reported() -> None:
    assert read(Structure(SIRET, demands={"pm": False}))[0]["parametres"] == {"structure_avec_moa": False}


def test_an_inactive_routing_code_stays_as_inactive() -> None:
    found, why = services(PUBLIC, service("VIEUX", "Ancien service", administrativeStatus="C"))
    assert [(one["code"], one["actif"]) for one in found] == [("FACTURES_PUBLIQUES", True), ("VIEUX", False)]
    assert why == {}


def test_a_list_without_factures_publiques_is_not_complete() -> None:
    assert services(service("ACHATS", "Achats")) == (None, {"incomplete": [SIRET]})
    assert services() == (None, {"incomplete": [SIRET]})


def test_routing_codes_of_another_type_are_none_of_chorus_pro() -> None:
    found, _why = services(PUBLIC, service("X1", "GLN", routingIdentifierType="0088"))
    assert [one["code"] for one in found] == ["FACTURES_PUBLIQUES"]
    assert services({**PUBLIC, "routingIdentifierType": "0088"}) == (None, {"incomplete": [SIRET]})


@pytest.mark.parametrize(
    "odd",
    [
        service("A", "Achats", routingIdentifierType=None),
        service("A", "Achats", routingIdentifierType=224),
        service("", "Achats"),
        {"routingCodeName": "Achats"},
    ],
)
def test_a_routing_code_that_cannot_be_named_leaves_no_list(odd: Any) -> None:
    remarks = Remarks()
    codes = [*Structure(SIRET).routing_codes(), {"routingIdentifierType": "0224", **odd}]
    assert "services" not in body_of(Structure(SIRET).establishment(), codes, remarks, public=True)
    assert remarks.unlisted == {"unclear": [SIRET]}


def test_of_a_code_that_is_there_twice_the_one_in_force_counts() -> None:
    old, new = service("A", "Achats (avant)", administrativeStatus="C"), service("A", "Achats")
    for codes in ((PUBLIC, old, new), (PUBLIC, new, old), (PUBLIC, old, new, new)):
        found, _why = services(*codes)
        assert [(one["code"], one["libelle"], one["actif"]) for one in found][1:] == [("A", "Achats", True)]
    assert services(PUBLIC, new, service("A", "Autre")) == (None, {"unclear": [SIRET]})


def test_codes_that_differ_by_case_are_two() -> None:
    found, _why = services(PUBLIC, service("a", "x"), service("A", "y"))
    assert [one["code"] for one in found] == ["FACTURES_PUBLIQUES", "A", "a"]


def test_a_code_may_hold_what_separates_the_parts_of_an_address() -> None:
    found, _why = services(PUBLIC, service("ST_TECH_2", "x"))
    assert found[1]["code"] == "ST_TECH_2"


def test_services_come_in_one_order_whatever_that_of_the_platform() -> None:
    codes = (service("B", "b"), PUBLIC, service("A", "a"))
    assert services(*codes) == services(*reversed(codes))
    assert [one["code"] for one in services(*codes)[0]] == ["FACTURES_PUBLIQUES", "A", "B"]


def test_a_damaged_name_stays_as_it_stands() -> None:
    found, _why = services(PUBLIC, service("A", "St Martin H¿res"), service("B", " deux  blancs "))
    assert [one["libelle"] for one in found[1:]] == ["St Martin H¿res", " deux  blancs "]


def test_what_a_service_does_not_say_is_left_out() -> None:
    found, _why = services(PUBLIC, {"routingIdentifier": "A", "administrativeStatus": None, "managesLegalCommitmentCode": None})
    assert found[1] == {"code": "A"}


def test_unknown_fields_of_a_platform_are_ignored() -> None:
    more = {"idInstance": 12, "facilityType": "P", "nouveau": [{"a": 1}]}
    plain, _remarks = read(Structure(SIRET))
    assert read(Structure(SIRET, more=more, services=({**PUBLIC, **more},)))[0] == plain


def test_an_address_without_a_status_is_not_in_force() -> None:
    line = {"addressingIdentifier": f"211699996_{SIRET}", "siret": SIRET}
    states = [None, "Enabled", "Upcoming", "Disabled", "enabled", 1]
    found = list(lines_of([{**line, "directoryLineStatus": state} for state in states] + [line]))
    assert found[0] == DirectoryLine(f"211699996_{SIRET}", SIRET, active=False)
    assert [one.active for one in found] == [False, True, False, False, False, False, False]


def test_an_entry_without_an_address_is_none() -> None:
    assert list(lines_of([{"siret": SIRET}, {"siret": SIRET, "addressingIdentifier": 12}])) == []


@pytest.mark.parametrize(
    ("platform", "public"),
    [({"platformType": "DFH"}, True), ({"platformType": "WK"}, False), ({}, False), (None, False), ("DFH", False)],
)
def test_only_an_address_at_chorus_pro_is_a_public_one(platform: Any, public: bool) -> None:
    assert is_public_line({"platform": platform}) is public


def test_remarks_add_up() -> None:
    one, other = Remarks(absent=["a"], unlisted={"unclear": ["b"]}), Remarks(closed=["c"], without_address=2, strange={"d"})
    other.unlisted = {"unclear": ["e"], "incomplete": ["f"]}
    one.add(other)
    assert (one.absent, one.closed, one.without_address, one.strange) == (["a"], ["c"], 2, {"d"})
    assert one.unlisted == {"unclear": ["b", "e"], "incomplete": ["f"]}
