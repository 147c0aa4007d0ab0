"""What a source says of a structure, as the sheet that is made of it."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.engine.importing.sheet import DraftSheet, draft_account, draft_sheet, says_the_same
from chorus_config.model.snapshot import Record

SIRET = "21160999500017"
RIGHT = {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques", "actif": True}


def drafted(root: str = SIRET, **body: Any) -> DraftSheet:
    return draft_sheet(Record(root, body))


def absent(sheet: DraftSheet) -> set[str]:
    return {".".join(map(str, one.path)) for one in sheet.remarks if one.absent}


def services(*entries: dict[str, Any], **own: Any) -> DraftSheet:
    return drafted(informations_generales=own, services=[*entries])


def test_the_structure_is_named_by_its_identifiant() -> None:
    sheet = drafted()
    assert sheet.body == {
        "type": "fiche-structure", "version": 1,
        "informations_generales": {"identifiant": SIRET, "type_identifiant": "SIRET"},
    }  # fmt: skip
    assert "type_identifiant" not in dict(drafted("FR12345678901").body)["informations_generales"]  # type: ignore[operator]


def test_what_is_due_and_not_reported_is_named() -> None:
    assert absent(drafted(adresse_postale={"ville": "X"})) == {
        "services", "informations_generales.raison_sociale", "informations_generales.libelle",
        "informations_generales.adresse_electronique", "adresse_postale.adresse", "adresse_postale.code_postal",
        "adresse_postale.pays",
    }  # fmt: skip
    assert "adresse_postale" in absent(drafted())
    assert "services.1.libelle" in absent(services(RIGHT, {"code": "X"}))


def test_a_structure_without_libelle_is_called_by_its_raison_sociale() -> None:
    sheet = drafted(informations_generales={"raison_sociale": "VILLE"})
    assert dict(sheet.body)["informations_generales"]["libelle"] == "VILLE"  # type: ignore[index]
    assert [one.path for one in sheet.remarks if not one.absent] == [("informations_generales", "libelle")]
    kept = drafted(informations_generales={"raison_sociale": "VILLE", "libelle": "Ville"})
    assert all(one.absent for one in kept.remarks)


def test_factures_publiques_as_it_is_needs_no_remark() -> None:
    sheet = services({"code": "X", "libelle": "X"}, {**RIGHT, "engagement_obligatoire": False})
    assert sheet.body["services"] == [{**RIGHT, "engagement_obligatoire": False}, {"code": "X", "libelle": "X"}]
    assert not any(one.repaired for one in sheet.remarks)


def test_what_the_source_does_not_report_of_it_is_filled_in_and_nothing_is_repaired() -> None:
    sheet = services({"code": "FACTURES_PUBLIQUES"})
    assert sheet.body["services"] == [RIGHT]
    assert not any(one.repaired for one in sheet.remarks)


@pytest.mark.parametrize(
    "wrong",
    [{"actif": False}, {"libelle": "Factures"}, {"date_fin": "2020-01-01"}, {"engagement_obligatoire": True}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_damaged_factures_publiques_is_written_right_and_told(wrong: dict[str, Any]) -> None:
    sheet = services({**RIGHT, **wrong})
    assert sheet.body["services"] == [RIGHT]
    (remark,) = [one for one in sheet.remarks if one.repaired]
    assert remark.path == ("services", 0)
    assert remark.places == {"fields": next(iter(wrong))}


def test_the_end_date_that_is_none_is_left_out_and_repairs_nothing() -> None:
    sheet = services({**RIGHT, "date_fin": "2050-12-31"})
    assert sheet.body["services"] == [RIGHT]
    assert not any(one.repaired for one in sheet.remarks)


def test_a_missing_factures_publiques_is_added_and_told() -> None:
    sheet = services({"code": "X", "libelle": "X"})
    assert sheet.body["services"] == [RIGHT, {"code": "X", "libelle": "X"}]
    assert [one.path for one in sheet.remarks if one.repaired] == [("services", 0)]


def test_a_private_structure_has_no_factures_publiques() -> None:
    assert services({"code": "X", "libelle": "X"}, structure_privee=True).body["services"] == [{"code": "X", "libelle": "X"}]


def test_a_list_that_is_not_reported_is_left_out_and_said() -> None:
    sheet = drafted()
    assert "services" not in sheet.body
    assert "services" in absent(sheet)


def test_a_lost_letter_is_told_at_its_place() -> None:
    sheet = services(RIGHT, {"code": "H", "libelle": "St Martin H¿res"})
    assert ("services", 1, "libelle") in [one.path for one in sheet.remarks]


def test_of_a_former_sheet_all_stays_that_the_source_does_not_report() -> None:
    former = {
        "type": "fiche-structure", "version": 1, "comptabilite": "autre",
        "informations_generales": {"identifiant": SIRET, "libelle": "Mairie", "raison_sociale": "VILLE", "statut": "INACTIF"},
        "adresse_postale": {"ville": "St Martin Hères", "adresse": "1 RUE"},
        "services": [
            RIGHT,
            {"code": "X", "libelle": "Vieux", "description": "à garder", "date_debut": "2016-01-01"},
            {"code": "PARTI", "libelle": "Parti"},
        ],
        "utilisateurs": [{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}],
        "coordonnees_bancaires": [{"libelle": "Régie"}],
    }  # fmt: skip
    reported = {
        "type": "fiche-structure", "version": 1,
        "informations_generales": {"identifiant": SIRET, "raison_sociale": "VILLE DE X", "statut": "ACTIF"},
        "adresse_postale": {"ville": "St Martin H¿res"},
        "services": [RIGHT, {"code": "X", "libelle": "Neuf", "actif": True}],
    }  # fmt: skip
    body: Any = draft_sheet(Record(SIRET, reported), former).body
    own = body["informations_generales"]
    assert (own["libelle"], own["statut"], own["raison_sociale"]) == ("Mairie", "ACTIF", "VILLE DE X")
    assert body["adresse_postale"] == {"ville": "St Martin Hères", "adresse": "1 RUE"}
    assert body["services"] == [
        RIGHT, {"code": "X", "libelle": "Neuf", "description": "à garder", "date_debut": "2016-01-01", "actif": True},
    ]  # fmt: skip
    assert (body["utilisateurs"], body["coordonnees_bancaires"]) == (former["utilisateurs"], former["coordonnees_bancaires"])
    assert body["comptabilite"] == "autre"


def test_what_people_wrote_of_factures_publiques_is_not_put_right_in_silence() -> None:
    written = {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques", "date_fin": "2026-12-31"}
    record = Record("21169999600016", {"informations_generales": {"libelle": "V"}, "services": [written]})
    exact = draft_sheet(record, exact=True)
    assert exact.body["services"] == [written]
    assert not [one for one in exact.remarks if one.repaired]
    other = Record("21169999600016", {"informations_generales": {"libelle": "V"}, "services": [{"code": "A", "libelle": "B"}]})
    listed: Any = draft_sheet(other, exact=True).body["services"]
    assert [one["code"] for one in listed] == ["FACTURES_PUBLIQUES", "A"]


def test_an_account_keeps_what_a_source_does_not_report() -> None:
    kind = {"type": "compte-utilisateur", "version": 1, "ref": "dgs"}
    person = {"adresse_electronique_contact": "a@b.example", "nom": "MARTIN"}
    former = {**kind, "informations_personnelles": person, "parametres": {"langue": "Français"}}
    record = Record("comptes/dgs", {**kind, "informations_personnelles": {"nom": "DURAND"}})
    made = draft_account(record, former)
    assert made.body["informations_personnelles"] == {**person, "nom": "DURAND"}
    assert made.body["parametres"] == {"langue": "Français"}
    assert made.kind == "compte-utilisateur"
    alone = draft_account(record)
    assert ("informations_personnelles", "adresse_electronique_contact") in [one.path for one in alone.remarks]


def test_a_sheet_that_says_the_same_is_known_whatever_its_order() -> None:
    own = {"identifiant": SIRET, "libelle": "V", "raison_sociale": "COMMUNE"}
    one = {"type": "fiche-structure", "version": "1", "informations_generales": own, "services": [RIGHT], "espaces": ["A", "B"]}
    other = {"version": 1, **{key: one[key] for key in ("services", "type", "informations_generales")}, "espaces": ["B", "A"]}
    assert says_the_same(one, other)
    # A name that is only kept for memory is no change to plan, and stands in the sheet all the same.
    assert not says_the_same(one, {**other, "informations_generales": {**own, "raison_sociale": "VILLE"}})
    assert not says_the_same(one, {**other, "espaces": []})
    assert not says_the_same({**one, "espaces": []}, {key: value for key, value in one.items() if key != "espaces"})
