"""Letters from Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chorus_config.app import approve_plan, find_letters, plan_to_approve
from chorus_config.model.errors import NoInput

from .conftest import Open

SIRET = "25160278500015"
SECOND = "25160278500023"


def test_what_is_approved_and_not_known_is_asked_for(opened: Open) -> None:
    project = opened()
    assert find_letters(project).letters == ()
    approve_plan(project, plan_to_approve(project))
    found = find_letters(opened())
    assert [(one.kind, one.roots) for one in found.letters] == [("structure", (SIRET, SECOND)), ("account", (SIRET,))]
    assert found.source == "sqlite:///.chorus-config/registre.sqlite3"
    with pytest.raises(NoInput):
        find_letters(opened(), "structure", ["absent"])


def test_what_is_approved_counts_while_its_sheet_is_gone(opened: Open, folder: Path) -> None:
    project = opened()
    approve_plan(project, plan_to_approve(project))
    (folder / "structures" / f"{SECOND}.yaml").unlink()
    found = find_letters(opened())
    assert [(one.kind, one.roots) for one in found.letters] == [("structure", (SIRET, SECOND)), ("account", (SIRET,))]


def test_a_source_is_named_beside_the_store(opened: Open, folder: Path) -> None:
    (folder / "releve.json").write_text(
        json.dumps({
            "format_version": "1.0", "type": "snapshot", "source": "x", "taken_at": "2026-10-05T08:30:00Z",
            "records": [{"root": SIRET, "body": {}}, {"root": SECOND, "body": {"services": []}}],
        })
    )  # fmt: skip
    found = find_letters(opened(), sources=["releve.json"])
    assert [(one.kind, one.roots) for one in found.letters] == [("public-invoices", (SECOND,))]
    assert found.source.endswith(" + releve.json")


def test_a_budget_of_the_portfolio_without_a_sheet_is_asked_for_by_its_name(opened: Open, folder: Path) -> None:
    (folder / "structures" / f"{SECOND}.yaml").unlink()
    (letter,) = find_letters(opened()).letters
    assert (letter.kind, letter.roots) == ("budget", (SECOND,))
    assert letter.references[0].name == "ADHERENT SDITEC"


def test_a_file_that_may_be_its_sheet_is_no_missing_budget(opened: Open, folder: Path) -> None:
    """A sheet that cannot be read is told by validate; nobody is asked to create its structure."""
    (folder / "structures" / f"{SECOND}.yaml").write_text("type: [\n")
    assert find_letters(opened()).letters == ()


def test_the_list_of_budgets_that_the_project_keeps_counts(opened: Open, folder: Path) -> None:
    file = folder / "chorus-config.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "annuaire: budgets.csv\n", encoding="utf-8")
    rows = ["EXER;IDENT;NDEPT;LBUDG;CBUDG;NOMEN;SIREN", "2025;25160278500031;016;SDITEC FORMATION;2;M57;251602785"]
    (folder / "budgets.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (letter,) = find_letters(opened()).letters
    assert (letter.kind, letter.roots, letter.references[0].name) == ("budget", ("25160278500031",), "SDITEC FORMATION")
