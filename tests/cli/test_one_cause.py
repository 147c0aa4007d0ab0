"""One cause, one finding: what merely follows from a value at fault is not told, between files and in plans either."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.repository import commit, git

from .desk import PROJECT, SECOND, SHEET, SIRET, Desk, findings

COMMUNE = Path(__file__).resolve().parents[2] / "examples" / "commune"
MAIN, WATER = "21160999500017", "21160999500025"
FILE, MAIN_FILE = f"structures/{WATER}.yaml", f"structures/{MAIN}.yaml"
NAME = f'"{WATER}"'

# What was mistyped where, and the one thing that is to be told, with its file.
FAULTS = [
    (FILE, NAME, '"21160999500035"', [("CP102", FILE)]),
    (FILE, NAME, '"2116099950025"', [("CP101", FILE)]),
    (FILE, NAME, '"211 609 995 00025"', [("CP101", FILE)]),
    (FILE, "type_identifiant: SIRET", "type_identifiant: SIREN", [("CP009", FILE)]),
    (FILE, "services:", "services: a: b", [("CP001", FILE)]),
    (FILE, NAME, f'"{MAIN}"', [("CP011", FILE)]),
    (MAIN_FILE, f'"{MAIN}"', NAME, [("CP011", MAIN_FILE)]),
    (MAIN_FILE, '"ST-TECH"', '""', [("CP402", MAIN_FILE)]),
    (MAIN_FILE, '"ST-TECH"', '"SCOLAIRE"', [("CP403", MAIN_FILE)]),
    ("comptes/dgs.yaml", 'ref: "dgs"', 'ref: ["dgs"]', [("CP009", "comptes/dgs.yaml")]),
    ("comptes/dgs.yaml", "version: 1", "version: : 1", [("CP001", "comptes/dgs.yaml")]),
]


@pytest.fixture
def town(desk: Desk) -> Desk:
    """A copy of the example with a portfolio, approved and in git."""
    shutil.rmtree(desk.root)
    shutil.copytree(COMMUNE, desk.root, ignore=shutil.ignore_patterns(".chorus-config"))
    assert desk.run("apply", "--yes").code == 0
    git(desk.root, "init", "--quiet", "--initial-branch=main")
    commit(desk.root, "start")
    return desk


def told(document: Any) -> list[tuple[str, str]]:
    """Return (rule, file) of every finding of a plan, beside its changes or not."""
    rows = [*document["findings"], *(row for change in document["changes"] for row in change["findings"])]
    return [(row["rule"], row["path"]) for row in rows]


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS)
def test_one_mistake_is_one_finding(town: Desk, file: str, old: str, new: str, expected: list[tuple[str, str]]) -> None:
    town.edit(file, old, new)
    found = findings(town.run("validate", "--format", "json"))
    assert [(rule, path) for rule, _level, path in found] == expected


@pytest.mark.parametrize("command", ["plan", "diff"])
@pytest.mark.parametrize(("edit", "expected"), [(fault[:3], fault[3]) for fault in FAULTS])
def test_nor_does_a_plan_conclude_from_it(
    town: Desk, command: str, edit: tuple[str, str, str], expected: list[tuple[str, str]]
) -> None:
    town.edit(*edit)
    ended = town.run(command, "--format", "json")
    document = json.loads(ended.out)
    assert (ended.code, document["applyable"]) == (1, False)
    assert document["summary"]["delete"] == 0
    assert {"CP902", "CP906", "CP907", "CP910", "CP012"}.isdisjoint(rule for rule, _path in told(document))
    assert [one for one in told(document) if one[0] in {rule for rule, _path in expected}] == expected
    text = town.run(command).out
    if not document["changes"]:
        assert "No change in what could be compared" in text
    for shown in (text, town.run(command, "--format", "markdown").out, town.run(command, "--format", "html").out):
        assert "what is approved is what the sheets want" not in shown
        assert "the sheets want the same on both sides" not in shown


@pytest.mark.parametrize(
    ("file", "old", "new", "case"),
    [
        (PROJECT, f'"{WATER}"', '"21160999500035"', "is probably meant, whose sheet is in no budget"),
        (FILE, NAME, '"21160999500033"', "the file named after it describes 21160999500033"),
    ],
)
def test_a_budget_and_its_sheet_under_two_names_are_one_finding(town: Desk, file: str, old: str, new: str, case: str) -> None:
    town.edit(file, old, new)
    (finding,) = town.run("validate", "--format", "json").json["findings"]
    assert (finding["rule"], finding["path"]) == ("CP051", PROJECT)
    assert case in finding["message"]
    assert [one["path"] for one in finding["related"]] == [FILE]


def test_a_missing_account_is_told_once_for_all_that_name_it(town: Desk) -> None:
    (town.root / "comptes" / "dgs.yaml").unlink()
    (finding,) = town.run("validate", "--format", "json").json["findings"]
    assert (finding["rule"], finding["path"]) == ("CP606", MAIN_FILE)
    assert [one["path"] for one in finding["related"]] == [FILE]
    # Of the files that were named, the one that is concerned is told.
    (named,) = town.run("validate", FILE, "--format", "json").json["findings"]
    assert (named["rule"], named["path"]) == ("CP606", FILE)


def test_an_account_under_another_ref_is_told_where_it_is_missed(town: Desk) -> None:
    town.edit("comptes/dgs.yaml", 'ref: "dgs"', 'ref: "directrice"')
    (finding,) = town.run("validate", "--format", "json").json["findings"]
    assert (finding["rule"], [one["path"] for one in finding["related"]]) == ("CP606", ["comptes/dgs.yaml", FILE])


def test_a_name_that_is_corrected_is_no_structure_that_was_deleted(town: Desk) -> None:
    town.edit(FILE, NAME, '"21160999500035"')
    commit(town.root, "mistyped")
    town.edit(FILE, '"21160999500035"', NAME)
    document = town.run("diff", "HEAD", "--format", "json").json
    assert (document["applyable"], document["summary"]["delete"]) == (True, 0)
    assert {row["op"] for row in document["changes"]} == {"create"}
    # The same mistake on both sides is not the author's: what else changes is compared.
    town.edit(FILE, NAME, '"21160999500035"')
    town.edit(FILE, '"SERVICE DES EAUX"', '"EAUX"')
    document = town.run("diff", "HEAD", "--format", "json").json
    assert [(row["op"], row["address"], row["blocked"]) for row in document["changes"]] == [("update", "21160999500035", False)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    actif: true\nutilisateurs:", "    actif: true\nutilisateurs:"),
        ('  pays: "France"\n', ""),
        ('  - ref: "comptabilite-sditec"\n', '  - reff: "comptabilite-sditec"\n'),
        ("type: fiche-structure", "type: fiche"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "diff"])
def test_what_is_not_known_of_a_sheet_is_named(approved: Desk, command: str, old: str, new: str) -> None:
    git(approved.root, "init", "--quiet", "--initial-branch=main")
    commit(approved.root, "start")
    approved.edit(SHEET, old, new)
    if old == new:
        text = approved.read(SHEET)
        start = text.index("services:\n")
        approved.write(SHEET, text[: start + 10] + text[text.index("utilisateurs:") :])
    ended = approved.run(command, "--format", "json")
    document = ended.json
    assert (ended.code, document["changes"], document["applyable"]) == (1, [], False)
    assert [SHEET in reason for reason in document["reasons"]] == [True]
    for form in ("text", "markdown", "html"):
        shown = approved.run(command, "--format", form).out
        assert "that part was not compared" in shown, form
    assert "No change in what could be compared" in approved.run(command).out
    assert "Not all that the sheets want is known" in approved.run(command, "--format", "markdown").out
    assert approved.run(command, "--target", SECOND).code == 0


def test_an_error_that_leaves_nothing_unknown_is_told_and_blocks_nothing(approved: Desk) -> None:
    approved.edit(SHEET, f'"{SIRET}"', SIRET)
    ended = approved.run("plan")
    assert (ended.code, "CP006" in ended.out) == (0, True)
    assert "No change: what is approved is what the sheets want" in ended.out


def test_a_target_finds_the_sheet_whose_name_is_at_fault(approved: Desk) -> None:
    approved.edit(SHEET, f'"{SIRET}"', '"25160278500016"')
    ended = approved.run("plan", "--target", SIRET)
    assert ended.code == 1
    assert "nobody knows which structure" in ended.out
    assert approved.run("plan", "--target", SECOND).code == 0
