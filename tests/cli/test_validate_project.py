"""`validate` sees the whole project, even when only some of its files are named; `--ready` says where each sheet stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chorus_config.cli.main import main

SHEET = """\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "{siret}"
  statut: {statut}
  libelle: "{libelle}"
  adresse_electronique: "factures@valmont.fr"
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
"""
FIRST, SECOND = "21169999600016", "21169999600024"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two active sheets that share a libellé."""
    (tmp_path / "structures").mkdir()
    for siret in (FIRST, SECOND):
        text = SHEET.format(siret=siret, statut="ACTIF", libelle="Commune de Valmont")
        (tmp_path / "structures" / f"{siret}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    """Run validate and return its code and document."""
    code = main(["validate", "--lang", "en", "--as-of", "2016-10-01", "--format", "json", *words])
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, document


def rules(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (rule, file) of each finding."""
    return [(row["rule"], Path(row["path"]).stem) for row in document["findings"]]


@pytest.mark.parametrize("names", [(), (f"structures/{FIRST}.yaml",), (f"structures/{SECOND}.yaml",), ("structures",)])
def test_a_conflict_is_told_whichever_side_is_named(
    home: Path, capsys: pytest.CaptureFixture[str], names: tuple[str, ...]
) -> None:
    _code, document = told(capsys, *names)
    assert rules(document) == [("CP112", SECOND)]
    (finding,) = document["findings"]
    assert [Path(other["path"]).stem for other in finding["related"]] == [FIRST]
    assert (finding["line"], finding["related"][0]["line"]) == (8, 8)


def test_a_conflict_between_others_is_not(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    third = SHEET.format(siret="26169999800013", statut="ACTIF", libelle="CCAS de Valmont")
    (home / "structures" / "26169999800013.yaml").write_text(third, encoding="utf-8")
    _code, document = told(capsys, "structures/26169999800013.yaml")
    assert "CP112" not in {rule for rule, _file in rules(document)}


def test_an_identifiant_twice_is_one_error_with_both_places(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (home / "structures" / f"{FIRST}.yaml").read_text(encoding="utf-8")
    (home / "structures" / "copie.yaml").write_text(text, encoding="utf-8")
    code, document = told(capsys, "--select", "CP011")
    assert (code, rules(document)) == (1, [("CP011", "copie")])
    assert document["findings"][0]["related"][0]["path"] == f"structures/{FIRST}.yaml"


def test_ready_says_each_sheet(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SHEET.format(siret=SECOND, statut="INACTIF", libelle="Commune de Valmont - Eau")
    (home / "structures" / f"{SECOND}.yaml").write_text(text, encoding="utf-8")
    code, document = told(capsys, "--ready")
    assert code == 1
    assert {row["identifiant"]: row["ready"] for row in document["sheets"]} == {FIRST: True, SECOND: False}
    assert main(["validate", "--lang", "en", "--as-of", "2016-10-01", "--ready"]) == 1
    out = capsys.readouterr().out
    assert f"{FIRST} (Commune de Valmont): ready\n" in out
    assert f"{SECOND} (Commune de Valmont - Eau): not ready\n" in out
    # A sheet that manages little is soon ready: how much it manages is said beside.
    left = "Informations générales (5/10), Adresse postale du siège (4/8), Services, Espaces, Utilisateurs rattachés"
    assert out.count(f"\n    9 fields are managed; not managed, or in part: {left}") == 2
    (first, _second) = document["sheets"]
    assert first["managed"] == 9
    assert {row["block"]: (row["written"], row["total"]) for row in first["blocks"]}["parametres"] == (None, 7)


def test_without_ready_nothing_is_said_of_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "sheets" not in told(capsys)[1]


@pytest.mark.parametrize(("environment", "code", "level"), [("production", 1, "error"), ("qualification", 0, "info")])
def test_a_structure_made_for_trials(
    home: Path, capsys: pytest.CaptureFixture[str], environment: str, code: int, level: str
) -> None:
    """Its SIRET need not add up; that trials are meant is said, and only then."""
    (home / "chorus-config.yaml").write_text(f"type: projet\nversion: 1\nenvironnement: {environment}\n", encoding="utf-8")
    text = SHEET.format(siret="21169999600017", statut="ACTIF", libelle="Commune d'essai")
    (home / "structures" / "21169999600017.yaml").write_text(text, encoding="utf-8")
    words = ("--select", "CP102", "--ready")
    found, document = told(capsys, *words)
    assert (found, [(row["rule"], row["level"]) for row in document["findings"]]) == (code, [("CP102", level)])
    assert main(["validate", "--lang", "en", "--as-of", "2016-10-01", *words]) == code
    assert ("\nEnvironment: qualification, the Chorus Pro of trials\n" in capsys.readouterr().out) is (level == "info")


PORTFOLIO = """\
type: projet
version: 1
portefeuille:
  echeance: "2016-10-31"
  budgets:
    - {identifiant: "21169999600016"}
    - {identifiant: "26169999800013"}
derogations:
  - {regle: CP112, fiche: "21169999600024", motif: "fusion en cours", jusqu_au: "2016-12-31"}
  - {regle: CP105, fiche: "21169999600016", motif: "x", jusqu_au: "2016-12-31"}
regles:
  CP999: error
"""


def test_the_project_file_is_held_to_what_it_says(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "chorus-config.yaml").write_text(PORTFOLIO, encoding="utf-8")
    code, document = told(capsys)
    assert code == 1
    assert rules(document) == [
        ("CP053", "chorus-config"),
        ("CP051", "chorus-config"),
        ("CP013", "chorus-config"),
        ("CP015", "chorus-config"),
        ("CP052", SECOND),
    ]
    # Days are in words, as everywhere else.
    assert document["findings"][0]["message"].startswith("Last day on 30 October 2016 ")
    ended = [row["message"] for row in told(capsys, "--as-of", "2017-01-01")[1]["findings"] if row["rule"] == "CP013"]
    assert "The waiver of CP105 for 21169999600016 ended on 31 December 2016" in ended


def test_ready_makes_a_missing_budget_an_error(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "chorus-config.yaml").write_text(PORTFOLIO, encoding="utf-8")
    levels = {row["rule"]: row["level"] for row in told(capsys, "--ready")[1]["findings"]}
    assert levels["CP051"] == "error"
    assert levels["CP053"] == "warning"


def test_a_named_project_file_is_judged_on_all_sheets(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SHEET.format(siret=FIRST, statut="INACTIF", libelle="Commune de Valmont")
    (home / "structures" / f"{FIRST}.yaml").write_text(text, encoding="utf-8")
    budgets = f'  echeance: "2016-10-31"\n  budgets: [{{identifiant: "{FIRST}"}}]\n'
    project = f"type: projet\nversion: 1\nportefeuille:\n{budgets}"
    (home / "chorus-config.yaml").write_text(project, encoding="utf-8")
    assert rules(told(capsys, "chorus-config.yaml")[1]) == [("CP053", "chorus-config")]


def test_readiness_is_said_of_what_was_checked_only(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheets = told(capsys, "--ready", f"structures/{FIRST}.yaml")[1]["sheets"]
    assert [row["identifiant"] for row in sheets] == [FIRST]


def test_a_copy_is_not_told_to_take_the_name_of_its_original(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (home / "structures" / f"{FIRST}.yaml").read_text(encoding="utf-8")
    (home / "structures" / "copie.yaml").write_text(text, encoding="utf-8")
    assert "CP012" not in {rule for rule, _file in rules(told(capsys)[1])}


def test_a_file_is_named_as_it_was_from_a_folder_below(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home / "structures")
    (home / "chorus-config.yaml").write_text("type: projet\nversion: 1\n", encoding="utf-8")
    assert {row["path"] for row in told(capsys, f"{SECOND}.yaml")[1]["findings"]} == {f"{SECOND}.yaml"}
