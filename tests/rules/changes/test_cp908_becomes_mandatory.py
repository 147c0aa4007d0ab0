"""CP908 and CP909: what becomes mandatory, and a structure that becomes inactive."""

from __future__ import annotations

import pytest

from tests.rules.changing import CASES, PUBLIC, TECH, document, findings, general, judged, refused, rules, services, ticked
from tests.rules.judged import sheet

BOXES = ("engagement_juridique_obligatoire", "code_service_obligatoire", "engagement_ou_code_service_obligatoire")
# Every pair of sides: what was known (None: not known), what is wanted, whether it becomes mandatory.
SIDES = [(False, True, True), (None, True, True), (True, False, False), (None, False, False), (True, True, False)]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize(("before", "after", "told"), SIDES)
def test_a_box_of_the_structure(box: str, before: bool | None, *, after: bool, told: bool) -> None:
    known = sheet() if before is None else ticked(**{box: before})
    assert judged(known, ticked(**{box: after})) == [("", "CP908", "", ("parametres", box))] * told


@pytest.mark.parametrize(("before", "after", "told"), SIDES)
def test_the_box_of_a_service(before: bool | None, *, after: bool, told: bool) -> None:
    known = TECH if before is None else {**TECH, "engagement_obligatoire": before}
    found = judged(services(known), services({**TECH, "engagement_obligatoire": after}))
    at = ("services", 1, "engagement_obligatoire")
    assert found == [("services/ST-TECH", "CP908", "service", at)] * told


@pytest.mark.parametrize(
    "box",
    ["structure_avec_moa", "mise_en_paiement_non_remontee", "engagement_obligatoire"],
)
def test_other_boxes_make_nothing_mandatory(box: str) -> None:
    assert rules(ticked(**{box: False}), ticked(**{box: True})) == []


def test_each_box_is_told() -> None:
    assert rules(sheet(), ticked(**dict.fromkeys(BOXES, True))) == ["CP908"] * 3


def test_a_first_record_and_a_new_service_make_nothing_mandatory() -> None:
    assert rules({}, ticked(**dict.fromkeys(BOXES, True))) == []
    assert rules(services(), services({**TECH, "engagement_obligatoire": True})) == []
    assert rules(ticked(**dict.fromkeys(BOXES, True)), sheet()) == []


def test_factures_publiques_is_cp901_s_alone() -> None:
    assert rules(services(), sheet(services=[{**PUBLIC, "engagement_obligatoire": True}])) == ["CP901"]


def test_a_box_belongs_to_its_kind() -> None:
    fields = {f"/parametres/{box}": {"before": False, "after": True} for box in BOXES}
    for kind in ("service", "utilisateur", "compte"):
        assert refused(document("CP908", kind=kind, key="x", fields=fields)) == []
    assert refused(document("CP908", fields={"/engagement_obligatoire": {"before": False, "after": True}})) == []
    assert refused(document("CP908", op="create")) == []
    assert refused(document("CP908", op="delete", replaced=True)) == []


@pytest.mark.parametrize(("before", "after"), [(False, 1), (None, "true"), (True, None), (True, 1)])
def test_only_true_makes_mandatory(before: object, after: object) -> None:
    box = {"/parametres/code_service_obligatoire": {"before": before, "after": after}}
    assert refused(document("CP908", fields=box)) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("ACTIF", "INACTIF", True),
        (None, "INACTIF", True),
        ("x", "INACTIF", True),
        ("INACTIF", "INACTIF", False),
        ("INACTIF", "ACTIF", False),
        ("ACTIF", "inactif", False),
        (None, "ACTIF", False),
    ],
)
def test_a_structure_that_becomes_inactive(before: str | None, after: str, *, told: bool) -> None:
    known = sheet() if before is None else general(statut=before)
    assert judged(known, general(statut=after)) == [("", "CP909", "", ("informations_generales", "statut"))] * told


def test_a_structure_that_is_recorded_inactive_or_deleted_is_not_deactivated() -> None:
    assert rules({}, general(statut="INACTIF")) == []
    assert refused(document("CP909", op="create")) == []
    assert refused(document("CP909", kind="service", key="A")) == []


@pytest.mark.parametrize("private", [True, False])
def test_private_structures_are_judged_alike(*, private: bool) -> None:
    before = sheet(general={"structure_privee": private}, parametres={"code_service_obligatoire": False})
    after = sheet(general={"structure_privee": private, "statut": "INACTIF"}, parametres={"code_service_obligatoire": True})
    assert rules(before, after) == ["CP908", "CP909"]


def test_the_box_is_named_as_on_the_portal_and_the_service_by_its_code() -> None:
    (box,) = findings(*CASES["CP908", ""])
    assert "« Le code service doit être renseigné par le fournisseur »" in box.message
    (service,) = findings(*CASES["CP908", "service"])
    assert '"ST-TECH"' in service.message
