"""CP702 and CP709: a service code is asked for, and there is no service to name but FACTURES_PUBLIQUES."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from tests.samples import SHEET, changed, told, verdict

FP: Final = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
TECH: Final = '  - code: "ST-TECH"\n    libelle: "Services techniques"\n'
ECOLE: Final = '  - code: "ECOLE"\n    libelle: "Écoles"\n'
BOXES: Final = {
    "CP702": ("code_service_obligatoire", "error"),
    "CP709": ("engagement_ou_code_service_obligatoire", "warning"),
}


def sheet(rule: str, services: str, ticked: str = "true") -> str:
    written = f"services:\n{services}" if services else ""
    return f"{SHEET}parametres:\n  {BOXES[rule][0]}: {ticked}\n{written}"


@pytest.mark.parametrize("rule", BOXES)
@pytest.mark.parametrize(
    "services",
    [
        pytest.param(FP, id="FACTURES_PUBLIQUES alone"),
        pytest.param(f"{FP}{TECH}    actif: false\n", id="the other inactive"),
        pytest.param(f"{TECH}    actif: false\n{FP}{ECOLE}    actif: false\n", id="all others inactive"),
    ],
)
def test_no_service_to_name(rule: str, services: str) -> None:
    box, level = BOXES[rule]
    found = verdict(sheet(rule, services))
    assert told(found) == [(rule, f"/parametres/{box}", 15, len(box) + 5)]
    assert found[0].level == level
    missing = {"CP702": "a code", "CP709": "a commitment number"}[rule]
    said, _comma, seen = found[0].message.rpartition(", ")
    assert said.endswith("beside FACTURES_PUBLIQUES: at least one is expected")
    assert seen == f"since invoices without {missing} come back to their suppliers as « 213 Rejetée » (REJ_CONT_B2G)"
    assert verdict(sheet(rule, services), day=date(2026, 8, 31))[0].message == said


@pytest.mark.parametrize("rule", BOXES)
@pytest.mark.parametrize(
    "services",
    [
        pytest.param("", id="services not written"),
        pytest.param(FP + TECH, id="another, active when not said"),
        pytest.param(f"{FP}{TECH}    actif: true\n", id="another, active"),
        pytest.param(f"{FP}{TECH}    actif: false\n{ECOLE}", id="one of two active"),
    ],
)
def test_a_service_to_name(rule: str, services: str) -> None:
    assert verdict(sheet(rule, services)) == ()


@pytest.mark.parametrize("rule", BOXES)
def test_an_empty_box_asks_for_nothing(rule: str) -> None:
    assert verdict(sheet(rule, FP, "false")) == ()


@pytest.mark.parametrize("rule", BOXES)
def test_an_empty_list_is_told_itself_first(rule: str) -> None:
    text = f"{SHEET}parametres:\n  {BOXES[rule][0]}: true\nservices: []\n"
    assert [finding.rule for finding in verdict(text)] == ["CP401"]
    private = changed(text, "adresse_postale:", "  structure_privee: true\nadresse_postale:").replace(
        "services: []", "services: []\ncomptabilite: autre"
    )
    assert [finding.rule for finding in verdict(private)] == [rule]


@pytest.mark.parametrize("rule", BOXES)
def test_a_box_of_another_type_is_cp009_only(rule: str) -> None:
    box = BOXES[rule][0]
    assert told(verdict(sheet(rule, FP, "oui"))) == [("CP009", f"/parametres/{box}", 15, len(box) + 5)]


def test_both_boxes_are_told_each_at_its_place() -> None:
    text = sheet("CP702", FP).replace("services:\n", "  engagement_ou_code_service_obligatoire: true\nservices:\n")
    assert told(verdict(text)) == [
        ("CP702", "/parametres/code_service_obligatoire", 15, 29),
        ("CP703", "/parametres/engagement_ou_code_service_obligatoire", 16, 43),
        ("CP709", "/parametres/engagement_ou_code_service_obligatoire", 16, 43),
    ]
