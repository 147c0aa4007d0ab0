"""One cause, one finding within a file; and nothing is left out for what is not told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from chorus_config.engine.checking.causes import one_per_cause
from chorus_config.model.finding import Fault, Level
from chorus_config.model.project import ProjectConfig
from chorus_config.model.project_entries import Waiver
from chorus_config.rules.catalogue import RULES
from tests.samples import SHEET, SIRET, TODAY, changed, composed, told, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

FP: Final = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
TECH: Final = '  - code: "ST-TECH"\n    libelle: "Services techniques"\n'
USERS: Final = (
    "utilisateurs:\n  - ref: dgs\n    role: GESTIONNAIRE_PRINCIPAL\n  - ref: compta\n    role: UTILISATEUR_SIMPLE\n"
    '    habilitations: ["Organisation modification"]\n    services: ["ST-TECH"]\n'
)
EDI_2016: Final = composed(SHEET, "parametres:\n  reception_donnees_edi: true\nraccordement: {mode: PORTAIL}\n")


def level(fault: Fault) -> Level | None:
    return RULES[fault.rule].level


def rules(found: Sequence[Fault]) -> list[str]:
    return [fault.rule for fault in found]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        pytest.param(EDI_2016, date(2016, 10, 1), ["CP706"], id="EDI too early, and no connection"),
        pytest.param(f"{SHEET}services:\n{FP}{TECH.replace('code:', 'cod:')}{USERS}", TODAY, ["CP007"], id="key of a code"),
        pytest.param(
            f"{SHEET}services:\n{FP}{TECH.replace(chr(34) + 'ST-TECH' + chr(34), '[]')}{USERS}", TODAY, ["CP009"], id="code"
        ),
        pytest.param(f"{SHEET}services: []\n{USERS}", TODAY, ["CP401"], id="no services at all"),
        pytest.param(
            f"{SHEET}services:\n{FP}{TECH}{USERS.replace('habilitations', 'habilitation')}",
            TODAY,
            ["CP007"],
            id="second manager",
        ),
        pytest.param(changed(SHEET, '"16000"', "1600"), TODAY, ["CP006", "CP202"], id="no quotes and four digits: two causes"),
        pytest.param(changed(SHEET, '"VALMONT"', ""), TODAY, ["CP006"], id="nothing in a field of the address"),
        pytest.param(f"{SHEET}remplace:\n  le:\n", TODAY, ["CP006"], id="nothing for a date"),
        pytest.param(f"{SHEET}remplace:\n  le: 12\n", TODAY, ["CP006"], id="no date, without quotes"),
        pytest.param(
            f"{SHEET}comptabilite: helios\nparametres:\n  engagement_juridique_obligatoire: true\n"
            "  code_service_obligatoire: true\n",
            TODAY,
            ["CP701"],
            id="a box that is advised against, and the strictest setting",
        ),
        pytest.param(
            f"{SHEET}utilisateurs:\n" + "  - ref: dgs\n    role: GESTIONNAIRE_PRINCIPAL\n" * 2,
            TODAY,
            ["CP605"],
            id="one user twice",
        ),
    ],
)
def test_what_follows_is_not_told(text: str, day: date, expected: list[str]) -> None:
    assert [finding.rule for finding in verdict(text, day=day)] == expected


@pytest.mark.parametrize(
    "project",
    [
        ProjectConfig(levels={"CP706": "off"}),
        ProjectConfig(waivers=(Waiver("CP706", SIRET, "essai", date(2099, 1, 1)),)),
        ProjectConfig(levels={"CP706": "info"}),
    ],
)
def test_what_is_silenced_hides_nothing(project: ProjectConfig) -> None:
    assert "CP110" in [finding.rule for finding in verdict(EDI_2016, day=date(2016, 10, 1), project=project)]


def test_a_warning_never_hides_an_error() -> None:
    here = ("services", 0, "code")
    found = (Fault("CP010", here), Fault("CP402", here), Fault("CP406", here))
    assert rules(one_per_cause(found, level)) == ["CP402"]
    assert rules(one_per_cause(found, lambda fault: None if fault.rule == "CP402" else level(fault))) == ["CP010"]


def test_two_causes_stay_two() -> None:
    text = changed(
        f"{SHEET}services:\n{TECH}{USERS.replace('[' + chr(34) + 'ST', '[' + chr(34) + 'SX')}", 'VALMONT"\n  p', '"\n  p'
    )
    assert [finding.rule for finding in verdict(text)] == ["CP201", "CP401", "CP505"]


def test_one_cause_in_several_places_is_told_once_with_the_others() -> None:
    boxes = "  recevoir_cycles_de_vie_edi: true\n  emetteur_flux_edi: true\nadresse_postale:"
    text = composed(
        changed(SHEET, "adresse_postale:", boxes), "parametres:\n  reception_donnees_edi: true\nraccordement: {mode: PORTAIL}\n"
    )
    (finding,) = verdict(text)
    assert told([finding]) == [("CP110", "/informations_generales/recevoir_cycles_de_vie_edi", 9, 31)]
    assert [(other.line, other.message) for other in finding.related] == [(10, "ticked here too"), (17, "ticked here too")]


def test_the_fixed_rule_is_told_beside_an_entry_written_twice() -> None:
    found = verdict(f"{SHEET}services:\n{FP}{FP}    actif: false\n")
    assert [finding.rule for finding in found] == ["CP403", "CP401"]
