"""The project file to what it decides."""

from __future__ import annotations

from datetime import date

import pytest

from chorus_config.engine.checking.project import read_project
from chorus_config.model.finding import Finding
from chorus_config.model.project import ProjectConfig, TextFile
from chorus_config.model.project_entries import Member, Platform, Waiver
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


def test_what_a_syndicat_and_its_platform_add_is_read() -> None:
    project, findings = read(
        START + 'annuaire: "annuaire/structures.csv"\nenvironnement: qualification\n'
        'plateformes:\n  pa-1: {api: "https://api.example/v1", oauth: "https://auth.example/token"}\n'
        'membres:\n  - {nom: "Valmont", siren: "211699996", echeance: "2026-12-31", agent_referent: "A. Martin"}\n'
        '  - {nom: "Valmont-le-Haut", siren: "251602785"}\n'
    )
    assert findings == ()
    assert project is not None
    assert (project.directory, project.environment) == ("annuaire/structures.csv", "qualification")
    assert project.platforms == {"pa-1": Platform("https://api.example/v1", "https://auth.example/token")}
    assert project.members == (
        Member("Valmont", "211699996", date(2026, 12, 31), "A. Martin"),
        Member("Valmont-le-Haut", "251602785"),
    )


def test_a_member_at_fault_is_told_and_the_project_is_obeyed_all_the_same() -> None:
    project, (twice, wrong) = read(
        START + 'membres:\n  - {nom: "A", siren: "211699996"}\n  - {nom: "B", siren: "211699996"}\n'
        '  - {nom: "C", siren: "211699995"}\n'
    )
    assert (twice.rule, twice.level, twice.pointer) == ("CP055", "warning", "/membres/1/siren")
    assert [(one.line, one.column) for one in twice.related] == [(4, 23)]
    assert (wrong.rule, wrong.level, wrong.pointer) == ("CP102", "error", "/membres/2/siren")
    assert project is not None
    assert len(project.members) == 3


def test_among_trials_the_siren_of_a_member_is_a_note() -> None:
    _project, (wrong,) = read(START + 'environnement: qualification\nmembres:\n  - {nom: "C", siren: "211699995"}\n')
    assert (wrong.rule, wrong.level, wrong.pointer) == ("CP102", "info", "/membres/0/siren")
    assert "INSEE" not in wrong.message + wrong.help


@pytest.mark.parametrize("key", ["api", "oauth"])
@pytest.mark.parametrize(
    "url", ["https://jean:hunter2@a.example", "https://a.example/?jeton=hunter2", "https://a.example/#hunter2"]
)
def test_what_gives_access_is_never_shown_nor_obeyed(key: str, url: str) -> None:
    urls = {"api": "https://a.example", "oauth": "https://b.example", key: url}
    project, (finding,) = read(f'{START}plateformes:\n  pa: {{api: "{urls["api"]}", oauth: "{urls["oauth"]}"}}\n')
    assert (project, finding.rule, finding.pointer) == (None, "CP804", f"/plateformes/pa/{key}")
    assert "hunter2" not in finding.message + finding.help


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("anuaire: a.csv", "annuaire"),
        ("env: qualification", "environnement"),
        ("plateforme: {}", "plateformes"),
        ("adhérents: []", "membres"),
        ('membres: [{nom: "V", siren: "211699996", référent: "A"}]', "agent_referent"),
        ('membres: [{nom: "V", SIRET: "211699996"}]', "siren"),
        ("environnement: qualif", "qualification"),
    ],
)
def test_a_misspelt_key_is_told_what_was_meant(line: str, meant: str) -> None:
    _project, (finding,) = read(f"{START}{line}\n")
    assert meant in finding.message


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
        START + 'annuaire: "../liste.csv"\n',
        START + 'annuaire: "/liste.csv"\n',
        START + 'plateformes: {pa: {api: "http://a.example", oauth: "https://b.example"}}\n',
        START + 'plateformes: {pa: {api: "https://a.example"}}\n',
        START + 'membres: [{nom: "V", siren: "21169999600016"}]\n',
        START + 'membres: [{nom: "V", siren: "211699996", echeance: "31/12/2026"}]\n',
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
