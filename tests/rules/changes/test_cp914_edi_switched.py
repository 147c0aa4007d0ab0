"""CP914, CP915 and CP916: boxes of the structure that are switched, what suppliers search for, where notices go."""

from __future__ import annotations

import pytest

from tests.rules.changing import CASES, TECH, Body, document, findings, general, judged, refused, rules, services, ticked
from tests.rules.judged import sheet

BOXES = (
    ("CP914", "recevoir_cycles_de_vie_edi"),
    ("CP914", "emetteur_flux_edi"),
    ("CP914", "reception_donnees_edi"),
    ("CP916", "structure_privee"),
    ("CP916", "centre_gestion_agricole"),
)


def switched(box: str, value: bool | None) -> Body:
    """Return a sheet with one box."""
    if value is None:
        return sheet()
    return ticked(**{box: value}) if box == "reception_donnees_edi" else general(**{box: value})


@pytest.mark.parametrize(("rule", "box"), BOXES)
@pytest.mark.parametrize(
    ("before", "after", "case"),
    [
        (False, True, "on"),
        (None, True, "on"),
        (True, False, "off"),
        (None, False, ""),
        (True, True, ""),
        (False, False, ""),
        (True, None, ""),
        (False, None, ""),
    ],
)
def test_a_box_that_is_switched(rule: str, box: str, before: bool | None, after: bool | None, case: str) -> None:
    block = "parametres" if box == "reception_donnees_edi" else "informations_generales"
    assert judged(switched(box, before), switched(box, after)) == [("", rule, case, (block, box))] * bool(case)


@pytest.mark.parametrize(("rule", "box"), BOXES)
def test_a_first_record_switches_nothing(rule: str, box: str) -> None:
    assert rules({}, switched(box, True)) == []
    path = f"/parametres/{box}" if box == "reception_donnees_edi" else f"/{box}"
    fields = {path: {"before": False, "after": True}}
    assert refused(document(rule, fields=fields)) == [(rule, "on")]
    for other in ({"op": "create"}, {"op": "delete", "replaced": True}, {"kind": "compte"}, {"kind": "espace", "key": "x"}):
        assert refused(document(rule, fields=fields, **other)) == []


@pytest.mark.parametrize(("rule", "box"), BOXES)
@pytest.mark.parametrize(
    ("before", "after", "case"),
    [(0, 1, ""), (None, 1, ""), (True, 1, "off"), (1, True, "on"), ("x", "y", ""), (None, None, "")],
)
def test_only_true_is_ticked(rule: str, box: str, before: object, after: object, case: str) -> None:
    path = f"/parametres/{box}" if box == "reception_donnees_edi" else f"/{box}"
    assert refused(document(rule, fields={path: {"before": before, "after": after}})) == [(rule, case)] * bool(case)


def test_other_boxes_are_not_judged() -> None:
    for box in ("demande_rattachement_active", "statut"):
        assert rules(general(**{box: False}), general(**{box: True})) == []
    assert rules(sheet(raccordement={"mode": "EDI"}), sheet(raccordement={"mode": "PORTAIL"})) == []


@pytest.mark.parametrize(("key", "case"), [("libelle", "label"), ("adresse_electronique", "mailbox")])
def test_a_label_or_a_mailbox_that_changes(key: str, case: str) -> None:
    at = ("informations_generales", key)
    assert judged(general(**{key: "a"}), general(**{key: "b"})) == [("", "CP915", case, at)]
    assert judged(general(**{key: ""}), general(**{key: "b"})) == [("", "CP915", case, at)]
    assert rules(general(**{key: "a"}), general(**{key: "a"})) == []
    assert rules({}, general(**{key: "b"})) == []
    bare = sheet()
    del bare["informations_generales"][key]
    assert rules(bare, general(**{key: "b"})) == []
    assert rules(general(**{key: "a"}), bare) == []


def test_both_are_told() -> None:
    assert rules(sheet(), general(libelle="a", adresse_electronique="b@c.example")) == ["CP915", "CP915"]


def test_the_label_of_a_service_is_its_own_affair() -> None:
    assert rules(services(TECH), services({**TECH, "libelle": "Voirie"})) == []
    for kind in ("service", "compte_bancaire", "compte"):
        found = [rule for rule, _case in refused(document("CP915", kind=kind, key="x"))]
        assert "CP915" not in found


@pytest.mark.parametrize("private", [True, False])
def test_private_structures_are_judged_alike(*, private: bool) -> None:
    before = general(structure_privee=private, emetteur_flux_edi=False)
    assert rules(before, general(structure_privee=private, emetteur_flux_edi=True, libelle="b")) == ["CP914", "CP915"]


def test_levels_and_words() -> None:
    told = {key: findings(*CASES[key])[0] for key in CASES if key[0] in {"CP914", "CP915", "CP916"}}
    assert {key: finding.level for key, finding in told.items()} == {
        key: "info" if key[0] == "CP915" else "warning" for key in told
    }
    assert "« L’entité peut recevoir des données via EDI »" in told["CP914", "on"].message
    assert "« Est émetteur de flux EDI »" in told["CP914", "off"].message
    assert '"Ville de Valmont"' in told["CP915", "label"].message
    assert told["CP915", "label"].help != told["CP915", "mailbox"].help
