"""The table of the directory's names: whole, of fields that sheets have, and what becomes of each kind of value."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.diff.expand import expand
from chorus_config.diff.fields import field_schema, is_on_portal, is_reportable, leaves
from chorus_config.sources.afnor.fields import ESTABLISHMENT, FIELDS, ROUTING_CODE, filled
from tests.servers.afnor import PUBLIC, Structure, portfolio, service
from tests.sources.afnor.asking import SIRET, one_body

WHOLE_ADDRESS = {
    "addressLine1": "1 RUE HAUTE", "addressLine2": "BATIMENT B", "addressLine3": "BP 12", "postalCode": "16000",
    "locality": "VALMONT", "countrySubdivision": "NAQ", "countryCode": "FR", "countryName": "FRANCE",
}  # fmt: skip
ALL_DEMANDS = {
    "pm": True, "pmOnly": False, "managesPaymentStatus": True, "managesLegalCommitmentCode": False, "serviceCodeStatus": True,
    "managesLegalCommitmentOrServiceCode": False,
}  # fmt: skip
WHOLE = Structure(
    SIRET, demands=ALL_DEMANDS, address=WHOLE_ADDRESS, services=(PUBLIC, service("A", "Achats", address=WHOLE_ADDRESS))
)


def written(body: Any) -> set[tuple[str, str]]:
    """Return each field that a body says something of, as a group and a path."""
    found = {(address.group, path) for address, one in expand(body).resources.items() for path in leaves(one)}
    return found | {("services", "") for _one in body.get("services", ())} - {("", "/type"), ("", "/version")}


def test_every_field_that_is_read_is_in_the_table_and_the_other_way_round() -> None:
    assert written(one_body(WHOLE)) - {("", "/type"), ("", "/version")} == {(one.group, one.path) for one in FIELDS}


@pytest.mark.parametrize("row", [*ESTABLISHMENT, *ROUTING_CODE], ids=lambda row: f"{row.reported.group}{row.reported.path}")
def test_every_row_is_read(row: Any) -> None:
    """Each row by itself gives its field: also the second of two for one."""
    entry = {"siret": SIRET, "name": "COMMUNE", "address": WHOLE_ADDRESS, "b2gAdditionalData": ALL_DEMANDS,
             "routingIdentifier": "A", "routingCodeName": "Achats", "administrativeStatus": "A",
             "managesLegalCommitmentCode": True}  # fmt: skip
    strange: set[str] = set()
    assert filled([row], entry, strange) != {}
    assert strange == set()


def test_every_row_names_a_field_that_a_source_can_report() -> None:
    for one in FIELDS:
        assert field_schema(one.group, one.path), one
        assert is_reportable(one.group, one.path), one
        assert is_on_portal(one.group, one.path, None), one


def test_what_the_directory_does_not_have_is_in_no_row() -> None:
    named = {(one.group, one.path) for one in FIELDS}
    absent = {"/statut", "/libelle", "/adresse_electronique", "/emetteur_flux_edi", "/parametres/reception_donnees_edi"}
    assert not named & {("", path) for path in absent}
    assert not named & {("services", path) for path in ("/date_debut", "/date_fin", "/description")}


def test_a_missing_field_is_left_out_and_never_false_or_empty() -> None:
    strange: set[str] = set()
    entry = {
        "siret": SIRET,
        "name": None,
        "address": {"addressLine1": "", "postalCode": " "},
        "b2gAdditionalData": {"pm": None},
    }
    body = filled(ESTABLISHMENT, entry, strange)
    assert body == {"informations_generales": {"type_identifiant": "SIRET", "identifiant": SIRET}}
    assert strange == set()


def test_the_payment_status_is_inverted() -> None:
    def unticked(value: bool) -> Any:
        block = {"b2gAdditionalData": {"managesPaymentStatus": value}}
        return filled(ESTABLISHMENT, block, set())["parametres"]["mise_en_paiement_non_remontee"]

    assert (unticked(value=True), unticked(value=False)) == (False, True)


def test_a_country_is_named_as_in_a_sheet() -> None:
    def country(**address: str) -> Any:
        return filled(ESTABLISHMENT, {"address": address}, set()).get("adresse_postale", {}).get("pays")

    assert country(countryCode="FR", countryName="FRANCE") == "France"
    assert country(countryCode="RE") == "La Réunion"
    assert country(countryName="FRANCE") == "FRANCE"
    assert country(countryCode="QQ", countryName="Ailleurs") == "Ailleurs"
    assert country(countryCode="QQ") is None


@pytest.mark.parametrize(
    ("entry", "origin"),
    [
        ({"name": 12}, "name"),
        ({"address": "1 RUE HAUTE"}, "address.addressLine1"),
        ({"address": {"postalCode": 16000}}, "address.postalCode"),
        ({"address": {"countryCode": "QQ"}}, "address.countryCode"),
        ({"b2gAdditionalData": {"pm": "true"}}, "b2gAdditionalData.pm"),
        ({"b2gAdditionalData": {"pm": 1}}, "b2gAdditionalData.pm"),
        ({"b2gAdditionalData": {"managesPaymentStatus": "false"}}, "b2gAdditionalData.managesPaymentStatus"),
    ],
)
def test_a_value_that_is_not_understood_counts_as_not_reported(entry: Any, origin: str) -> None:
    strange: set[str] = set()
    assert filled(ESTABLISHMENT, entry, strange) == {}
    assert origin in strange


def test_an_unknown_state_of_a_service_is_not_understood() -> None:
    strange: set[str] = set()
    entry = {"routingIdentifier": "A", "administrativeStatus": "Z"}
    assert filled(ROUTING_CODE, entry, strange) == {"code": "A"}
    assert strange == {"administrativeStatus"}


def test_a_structure_without_demands_has_every_box_but_one_unticked() -> None:
    blank = filled(ESTABLISHMENT, {}, set(), undemanded=True)
    assert set(blank["parametres"].values()) == {False}
    assert "mise_en_paiement_non_remontee" not in blank["parametres"]
    assert len(blank["parametres"]) == 5


def test_a_portfolio_is_of_all_kinds() -> None:
    made = portfolio(1000)
    assert len({one.siret for one in made}) == 1000
    assert {one.demands is None for one in made} == {True, False}
    assert {len(one.services) for one in made} == {1, 2, 3, 4, 5}
