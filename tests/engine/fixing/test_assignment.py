"""`FIELD=VALUE`: the value that the schema takes, and where it stands."""

from __future__ import annotations

from datetime import date

import pytest

from chorus_config.engine.fixing.assignment import NoAssignment, assigned, parse_assignment, path_in
from tests.samples import SHEET, TODAY, body


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("parametres.code_service_obligatoire=oui", True),
        ("parametres.code_service_obligatoire=false", False),
        ("informations_generales.statut=Actif", "ACTIF"),
        ("informations_generales.libelle=a = b", "a = b"),
        ("utilisateurs[dgs].services=A, B", ["A", "B"]),
        ("utilisateurs[dgs].services=", []),
        ("utilisateurs[a.b=c].role=Utilisateur simple", "UTILISATEUR"),
        ("services[ST].date_fin=31/12/2025", "2025-12-31"),
        ("services[ST].date_fin=03/04/2025", "03/04/2025"),
        ("services[ST].adresse_postale.ville=X", "X"),
    ],
)
def test_the_value_is_of_the_type_that_is_due(word: str, value: object) -> None:
    assert parse_assignment(word, "fiche-structure", TODAY).value == value


def test_a_role_is_one_of_the_portal_of_the_day() -> None:
    word = "utilisateurs[dgs].role=Utilisateur simple"
    assert parse_assignment(word, "fiche-structure", date(2016, 10, 1)).value == "UTILISATEUR_SIMPLE"
    with pytest.raises(NoAssignment):
        parse_assignment("utilisateurs[dgs].role=GESTIONNAIRE_SECONDAIRE", "fiche-structure", TODAY)


def test_a_block_that_is_not_written_is_written_with_the_key() -> None:
    one = parse_assignment("parametres.moa_uniquement=non", "fiche-structure", TODAY)
    path = path_in(body(SHEET), one)
    assert path == ("parametres", "moa_uniquement")
    made = assigned(SHEET.encode(), "fiche-structure", path, one.value, body(SHEET))
    assert made.decode() == f"{SHEET}parametres:\n  moa_uniquement: false\n"


def test_an_entry_that_is_not_there_has_no_place() -> None:
    one = parse_assignment("services[ST].actif=false", "fiche-structure", TODAY)
    assert path_in(body(SHEET), one) is None
