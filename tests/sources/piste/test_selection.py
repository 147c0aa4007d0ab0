from __future__ import annotations

from typing import Any

import pytest

from chorus_config.model.errors import Unavailable, UsageFault
from chorus_config.sources.piste.read import read_piste
from tests.servers.piste import PisteServer, portfolio, sheet, siret
from tests.sources.piste.asking import expected, read_all, request_of


def test_a_siren_is_searched_by_the_beginning_of_the_identifiant() -> None:
    with PisteServer(portfolio(25), largest_page=4) as server:
        found = read_piste("", request_of(server, siret(24), siret(3), sirens=(siret(0)[:9],)))
    assert [*found.records] == sorted([siret(24), *(siret(number) for number in range(10))])
    # What a SIREN found is not searched again.
    assert [one.json["structure"] for one in server.asked("/rechercher")] == [
        *[{"identifiantStructure": siret(0)[:9], "typeIdentifiantStructure": "SIRET"}] * 3,
        {"identifiantStructure": siret(24), "typeIdentifiantStructure": "SIRET"},
    ]
    # Of private structures, those that the account is attached to.
    assert {one.json["restreindreStructuresPrivees"] for one in server.asked("/rechercher")} == {True}


def test_a_siren_without_structures_beside_one_that_has_some_is_told() -> None:
    notes: list[str] = []
    with PisteServer(portfolio(3)) as server:
        request = request_of(server, sirens=(siret(0)[:9], "999999999"), note=notes.append)
        assert len(read_piste("", request).records) == 3
    assert notes == ["note: piste: nothing was found under SIREN 999999999"]


def test_sirens_that_find_nothing_at_all_are_no_empty_portfolio() -> None:
    with PisteServer(portfolio(3)) as server, pytest.raises(Unavailable, match="not verified that Chorus Pro searches"):
        read_piste("", request_of(server, siret(1), sirens=("999999999",)))


def test_what_chorus_pro_does_not_know_is_absent_and_told() -> None:
    notes: list[str] = []
    with PisteServer(portfolio(2)) as server:
        found = read_piste("", request_of(server, siret(1), "99999999999999", "FR-ELSEWHERE-1", note=notes.append))
    told = "not found on Chorus Pro, or private and not attached to the technical account: 99999999999999, FR-ELSEWHERE-1"
    assert notes == [f"note: piste: {told}"]
    assert [*found.records] == [siret(1)]
    searched = [one.json["structure"] for one in server.asked("/rechercher")]
    assert {"identifiantStructure": "FR-ELSEWHERE-1"} in searched


def test_the_whole_country_is_not_read() -> None:
    with PisteServer(portfolio(1)) as server, pytest.raises(UsageFault, match="never all of the country"):
        read_piste("", request_of(server))
    assert server.seen == []


def test_another_structure_whose_identifiant_begins_alike_is_left_out() -> None:
    other = sheet(1)
    other["informations_generales"] |= {"identifiant": siret(1)[:9] + "9", "type_identifiant": "SIRET"}
    with PisteServer([sheet(1), other]) as server:
        found = read_piste("", request_of(server, siret(1)[:9] + "9"))
    assert [*found.records] == [siret(1)[:9] + "9"]


@pytest.mark.parametrize("statut", ["ACTIF", "INACTIF"])
def test_of_equal_structures_of_one_identifiant_the_last_made_is_read_and_told(statut: str) -> None:
    notes: list[str] = []
    twins = [sheet(1), sheet(1), sheet(1)]
    for number, twin in enumerate(twins):
        twin["informations_generales"] |= {"statut": statut, "libelle": f"Faite en {number}"}
    with PisteServer([*twins, sheet(2)]) as server:
        found = read_all(server, note=notes.append)
    assert found[siret(1)]["informations_generales"]["libelle"] == "Faite en 2"
    assert found[siret(2)] == expected(sheet(2))
    assert [note.rpartition(": ")[2] for note in notes] == [siret(1)]
    assert "several structures of one identifiant" in notes[0]


def test_of_unlike_structures_of_one_identifiant_what_they_have_in_common_is_read_and_told() -> None:
    notes: list[str] = []
    with PisteServer([sheet(1), sheet(1), sheet(2)]) as server:
        server.alter("rechercher", lambda data: {**data, "listeStructures": [*map(designated, data["listeStructures"])]})
        found = read_all(server, note=notes.append)
        general = {"type_identifiant": "SIRET", "identifiant": siret(1), "statut": "ACTIF"}
        assert found == {
            siret(1): {"type": "fiche-structure", "version": 1, "informations_generales": general},
            siret(2): expected(sheet(2)),
        }
        assert len(server.asked("/consulter")) == 1
    assert [note.rpartition(": ")[2] for note in notes] == [siret(1)]


def designated(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with another designation for each technical number."""
    return {**row, "designationStructure": f"N° {row['idStructureCPP']}"}


def test_of_two_structures_of_one_identifiant_the_active_one_is_read() -> None:
    twin = sheet(1)
    twin["informations_generales"] |= {"statut": "INACTIF", "libelle": "Ancienne"}
    with PisteServer([twin, sheet(1)]) as server:
        assert read_all(server)[siret(1)]["informations_generales"]["libelle"] == "Commune de Valmont 1"
