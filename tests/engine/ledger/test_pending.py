"""What is to be entered for one resource."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chorus_config.engine.ledger.pending import ComparedSides, pending_operation
from tests.engine.making import IBAN, PUBLIC, SIRET, TECH, general, sheet
from tests.engine.observing import records

ST_TECH = f"{SIRET}/services/ST-TECH"
VOIRIE = {**TECH, "libelle": "Voirie", "description": "x"}


def asked(name: str, approved: Any, confirmed: Any, *paths: str) -> tuple[str, dict[str, tuple[object, object]]] | None:
    """Return the op and the fields, from → to."""
    sides = ComparedSides(records(approved).get, records(confirmed).get)
    found = pending_operation(name, paths, sides)
    return None if found is None else (found.op, {str(row["path"]): (row["before"], row["after"]) for row in found.fields})


def test_only_the_fields_that_are_named_are_asked_for() -> None:
    sides = sheet(services=[VOIRIE]), sheet(services=[TECH])
    assert asked(ST_TECH, *sides, "/libelle") == ("update", {"/libelle": ("Services techniques", "Voirie")})
    assert asked(ST_TECH, *sides, "/description") == ("update", {"/description": (None, "x")})
    assert asked(ST_TECH, *sides, "/code") is None


def test_what_is_not_there_is_created_whole_and_what_is_not_wanted_removed() -> None:
    with_it, without = sheet(services=[TECH]), sheet(services=[PUBLIC])
    assert asked(ST_TECH, with_it, without) == (
        "create",
        {"/code": (None, "ST-TECH"), "/libelle": (None, "Services techniques")},
    )
    assert asked(ST_TECH, without, with_it) == (
        "delete",
        {"/code": ("ST-TECH", None), "/libelle": ("Services techniques", None)},
    )
    assert asked(ST_TECH, without, without) is None


def test_a_structure_of_which_only_the_name_is_known_is_still_to_be_created() -> None:
    known = {**sheet(), "informations_generales": {"type_identifiant": "SIRET", "identifiant": SIRET}}
    del known["adresse_postale"]
    found = asked(SIRET, sheet(), known, "/libelle")
    assert found is not None
    assert (found[0], len(found[1])) == ("create", 8)
    named = {**known, "informations_generales": general(libelle="Autre")}
    assert asked(SIRET, sheet(), named, "/libelle") == ("update", {"/libelle": ("Autre", "Commune de Valmont")})


def test_a_structure_is_never_removed_from_here() -> None:
    assert asked(SIRET, None, sheet()) is None


@pytest.mark.parametrize(
    ("iban", "asks"), [(IBAN, False), ("FR76 3000 6000 0112 3456 7890 189", False), (IBAN[:-1] + "8", True)]
)
def test_bank_details_are_compared_in_clear_and_told_masked(iban: str, asks: bool) -> None:
    def bank(value: str) -> Any:
        return sheet(coordonnees_bancaires=[{"libelle": "Régie", "iban": value}])

    found = asked(f"{SIRET}/coordonnees_bancaires/Régie", bank(IBAN), bank(iban), "/iban")
    assert (found is not None) is asks
    assert IBAN not in str(found)


def test_what_only_the_project_declares_is_not_entered() -> None:
    assert asked(SIRET, {**sheet(), "comptabilite": "autre"}, sheet(), "/comptabilite") is None


def test_a_structure_of_which_a_memo_is_known_is_on_the_portal() -> None:
    """A directory tells the raison sociale and not the libellé: nobody is to be sent to create the structure."""
    known = {**sheet(), "informations_generales": {"type_identifiant": "SIRET", "identifiant": SIRET, "raison_sociale": "X"}}
    del known["adresse_postale"]
    found = asked(SIRET, sheet(), known, "/libelle")
    assert found == ("update", {"/libelle": (None, "Commune de Valmont")})


def test_what_the_portal_of_a_day_does_not_have_is_not_pending() -> None:
    before, after = sheet(), sheet(espaces=["Engagements"])
    for day, is_there in ((date(2023, 2, 20), True), (date(2023, 2, 21), False), (None, True)):
        sides = ComparedSides(records(after).get, records(before).get, day)
        assert (pending_operation(f"{SIRET}/espaces/Engagements", (), sides) is not None) is is_there
