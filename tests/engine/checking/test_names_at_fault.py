"""Names at fault: what follows from one is not told beside it."""

from __future__ import annotations

import pytest

from chorus_config.engine.checking.one_file import check_file
from chorus_config.model.project import FileKind, TextFile
from tests.samples import ACCOUNT, SHEET, SIRET, changed, checked, composed, setting, told

SERVICES = """\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
    habilitations: ["Organisation modification"]
    services: ["ST-TECH"]
"""
LABEL = 'libelle: "Services techniques"'


@pytest.mark.parametrize(
    ("old", "new", "rules", "named"),
    [
        (f'"{SIRET}"', f'"{SIRET}"', [], True),
        (f'"{SIRET}"', SIRET, ["CP006"], True),
        (f'"{SIRET}"', '"21169999600017"', ["CP102"], False),
        (f'"{SIRET}"', '"2116999960001"', ["CP101"], False),
        (f'"{SIRET}"', '"211 699 996 00016"', ["CP101"], False),
        ("type_identifiant: SIRET", "type_identifiant: SIREN", ["CP009"], False),
        ("type_identifiant: SIRET", "type_identifiant: AUTRE", ["CP103"], False),
        ('ville: "VALMONT"', 'ville: ""', ["CP201"], True),
    ],
)
def test_a_sheet_whose_name_is_at_fault_describes_nobody(old: str, new: str, rules: list[str], named: bool) -> None:
    one = checked(changed(SHEET, old, new))
    assert [finding.rule for finding in one.findings] == rules
    assert bool(one.name_errors) is not named


def test_a_file_is_not_to_be_renamed_after_a_name_at_fault() -> None:
    wrong = changed(SHEET, f'"{SIRET}"', '"21169999600017"').encode()
    found = check_file(TextFile(f"structures/{SIRET}.yaml", wrong, "fiche-structure"), setting()).findings
    assert [finding.rule for finding in found] == ["CP102"]


@pytest.mark.parametrize(("text", "kind"), [(SHEET, "fiche-structure"), (ACCOUNT, "compte-utilisateur")])
def test_without_a_name_every_error_hides_it(text: str, kind: FileKind) -> None:
    broken = text.replace("identifiant:", "identifian:").replace("ref:", "reff:")
    one = checked(broken, kind)
    assert one.name_errors == tuple(finding for finding in one.findings if finding.level == "error") != ()


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ('code: "ST-TECH"', 'code: "ST-TEC"', {"CP505"}),
        ('code: "ST-TECH"', 'code: ""', {"CP402"}),
        ('code: "ST-TECH"', "code: [ST-TECH]", {"CP009"}),
        (f'code: "ST-TECH"\n    {LABEL}', LABEL, {"CP008"}),
        ('code: "ST-TECH"', 'code: "FACTURES_PUBLIQUES"', {"CP403"}),
        ('services: ["ST-TECH"]', 'services: ["ST-TEC"]', {"CP505"}),
    ],
)
def test_of_a_service_whose_code_is_at_fault_only_that_is_told(old: str, new: str, rules: set[str]) -> None:
    found = checked(changed(composed(SHEET, SERVICES), old, new)).findings
    assert {finding.rule for finding in found if finding.level != "info"} >= rules
    assert ("CP505" in {finding.rule for finding in found}) is ("CP505" in rules), told(found)


def test_an_inactive_service_of_a_user_is_only_told() -> None:
    found = checked(changed(composed(SHEET, SERVICES), LABEL, f"{LABEL}\n    actif: false")).findings
    assert [(finding.rule, finding.level) for finding in found if finding.rule == "CP505"] == [("CP505", "info")]
