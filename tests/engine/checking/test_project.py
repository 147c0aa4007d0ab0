"""The project file to what it decides."""

from __future__ import annotations

from datetime import date

import pytest

from chorus_config.engine.checking.project import read_project
from chorus_config.model.finding import Finding
from chorus_config.model.project import ProjectConfig, TextFile, Waiver
from tests.engine.making import SETTING

START = "type: projet\nversion: 1\n"


def read(text: str) -> tuple[ProjectConfig | None, tuple[Finding, ...]]:
    """Read a project file."""
    return read_project(TextFile("chorus-config.yaml", text.encode(), "projet"), SETTING)


def test_an_empty_project_has_the_defaults() -> None:
    assert read(START) == (ProjectConfig(), ())


def test_everything_is_read() -> None:
    project, findings = read(
        START + 'langue: en\ndate_de_reference: "2016-10-01"\nstructures: ["s/*.yaml"]\ncomptes: ["c/*.yaml"]\n'
        'registre: "sqlite:///r"\nregles: {CP701: info, CP703: "off"}\nseuils: {structures: 3, suppressions: 1}\n'
        'derogations:\n  - {regle: CP104, fiche: "1", motif: " motif ", jusqu_au: "2027-12-31"}\n'
        'acceptations:\n  - {regle: CP910, adresse: "1", motif: "m", jusqu_au: "2027-12-31"}\n'
    )
    assert findings == ()
    assert project is not None
    assert (project.language, project.reference_date) == ("en", date(2016, 10, 1))
    assert (project.structures, project.accounts, project.store) == (("s/*.yaml",), ("c/*.yaml",), "sqlite:///r")
    assert project.levels == {"CP701": "info", "CP703": "off"}
    assert project.waivers == (Waiver("CP104", "1", "motif", date(2027, 12, 31)),)
    assert set(project.decisions) == {"regles", "derogations", "acceptations", "seuils"}
    assert project.decisions["seuils"] == {"structures": 3, "suppressions": 1}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "type: projet\n",
        START + "langue: de\n",
        START + "inconnu: 1\n",
        START + "regles: {CP701: grave}\n",
        START + 'date_de_reference: "2016-02-30"\n',
        START + 'structures: ["../*.yaml"]\n',
        START + "langue: fr\nlangue: en\n",
        START + "seuils: {structures: beaucoup}\n",
        "a: [",
    ],
)
def test_an_invalid_project_is_not_obeyed_at_all(text: str) -> None:
    project, findings = read(text)
    assert project is None
    assert any(finding.level == "error" for finding in findings)


@pytest.mark.parametrize(
    "decision",
    [
        "regles: {CP401: warning}\n",
        'derogations:\n  - {regle: CP901, fiche: "1", motif: "m", jusqu_au: "2027-12-31"}\n',
        'derogations:\n  - {regle: CP104, fiche: "1", motif: "  ", jusqu_au: "2027-12-31"}\n',
        'derogations:\n  - {regle: CP104, fiche: "1", motif: "m"}\n',
    ],
)
def test_a_decision_that_is_not_allowed_is_told_and_the_rest_obeyed(decision: str) -> None:
    project, findings = read(START + decision)
    assert [finding.rule for finding in findings] == ["CP015"]
    assert project is not None


def test_regles_of_the_project_file_do_not_excuse_the_project_file() -> None:
    project, _findings = read(START + "regles: {CP007: info, CP009: info}\ninconnu: 1\n")
    assert project is None
