"""A syndicat of 300 members: it is valid, approved in one go, and a change made to forty members is told once."""

from __future__ import annotations

from pathlib import Path

from stdnum.fr import siret as checked

from tests.cli.desk import conforms

from .conftest import Run
from .syndicat import MEMBERS, generate, siret

CHANGED = 40
MOA = ("structure_avec_moa: false", "structure_avec_moa: true")
LABEL = "Structure avec MOA (parametres.structure_avec_moa)"


def test_the_members_are_the_same_at_every_call(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    members = generate(first)
    assert members == generate(second)
    assert len(set(members)) == MEMBERS
    assert all(checked.is_valid(member) for member in members)
    texts = [{path.relative_to(root): path.read_bytes() for path in root.rglob("*.yaml")} for root in (first, second)]
    assert texts[0] == texts[1]


def test_a_syndicat_of_300_members(tmp_path: Path, run: Run) -> None:
    members = generate(tmp_path)
    words = ("-C", str(tmp_path), "--lang", "en")

    # Nothing to report, not even a warning.
    ended = run("validate", *words, "--format", "json")
    assert ended.code == 0, ended.out
    assert ended.json["summary"] == {"error": 0, "warning": 0, "info": 0}

    # Everything is to be created, and is approved.
    first = run("plan", *words, "--format", "json").json
    conforms("plan", first)
    assert {change["op"] for change in first["changes"]} == {"create"}
    assert set(members) <= {change["address"] for change in first["changes"]}
    assert run("apply", *words, "--yes").code == 0
    assert run("plan", *words, "--detailed-exitcode", "--quiet").code == 0

    # The same change on forty members of one kind is told once, the forty are named.
    chosen = [siret(member) for member in range(0, 3 * CHANGED, 3)]
    for member in chosen:
        sheet = tmp_path / "structures" / f"{member}.yaml"
        text = sheet.read_text(encoding="utf-8")
        assert MOA[0] in text
        sheet.write_text(text.replace(*MOA), encoding="utf-8")
    told = run("plan", *words).out
    assert told.count(f"same change on {CHANGED} structures") == 1
    assert told.count(LABEL) == 1
    assert all(member in told for member in chosen)
    assert f"Plan: {CHANGED} to change;" in told
