"""`plan --to SERIAL`: back to the sheets of an earlier approval, out of git; what cannot be known is refused."""

from __future__ import annotations

import json
import shlex
import subprocess

import pytest

from tests.cli.desk import BANK, OTHER, PROJECT, SECOND, SHEET, SIRET, STORE, Desk


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A project in git with two approvals, of two commits; the second changed a sheet and added bank details."""
    desk.git("init", "-q")
    desk.write(".gitignore", ".chorus-config/\nplan.json\n")
    commit(desk)
    assert desk.run("apply", "--yes").code == 0
    desk.edit(SHEET, "ANGOULEME", "COGNAC")
    desk.append(SHEET, BANK)
    commit(desk)
    assert desk.run("apply", "--yes").code == 0
    return desk


def commit(desk: Desk) -> None:
    """Commit all that stands in the folder."""
    desk.git("add", "-A")
    desk.git("commit", "-qm", "x")


def test_it_shows_the_way_back_and_writes_nothing(two: Desk) -> None:
    before = two.listing()
    ended = two.run("plan", "--to", "1", "--format", "json")
    assert ended.code == 0
    document = ended.json
    assert [(change["op"], change["address"]) for change in document["changes"]] == [("update", SIRET)]
    fields = {field["path"]: (field["before"], field["after"]) for field in document["changes"][0]["fields"]}
    assert fields == {"/adresse_postale/ville": ("COGNAC", "ANGOULEME")}
    assert document["desired"]["dirty"] is False
    assert "git restore --source=" in ended.err
    assert two.listing() == before


def test_the_command_that_is_named_brings_it_back_and_the_saved_plan_is_approved_as_it_was_reviewed(two: Desk) -> None:
    two.write("structures/neuve.yaml", two.read(OTHER).replace(SECOND, "21160015700019"))
    commit(two)
    ended = two.run("plan", "--to", "1", "--out", "plan.json")
    assert ended.code == 0
    assert ended.err.rstrip().endswith(", then chorus-config apply plan.json")
    saved = two.read("plan.json")
    assert json.loads(saved)["options"]["to"] == 1
    refused = two.run("apply", "plan.json")
    assert refused.code == 4
    assert "the plan leads back to the sheets of approval 1, and those on the disk are others" in refused.err
    assert "--out plan.json" not in refused.err
    words = shlex.split(ended.err.split("To go that way: ")[1].split(", then")[0])
    assert shlex.join(words) in refused.err
    assert words[-2:] == ["structures", "comptes"]
    subprocess.run(words, cwd=two.root, check=True, timeout=60)
    assert not (two.root / "structures/neuve.yaml").exists()
    assert two.run("apply", "plan.json", "--yes").code == 0
    assert two.plan()["changes"] == []
    assert "ANGOULEME" in two.read(SHEET)


def test_a_plan_back_that_is_stale_is_made_anew_as_such(two: Desk) -> None:
    assert two.run("plan", "--to", "1", "--out", "plan.json").code == 0
    two.append(PROJECT, "seuils: {structures: 7}\n")
    refused = two.run("apply", "plan.json")
    assert refused.code == 4
    assert "chorus-config plan --out plan.json --to 1, review" in refused.err


def test_to_the_last_approval_there_is_nothing(two: Desk) -> None:
    two.edit(SHEET, "COGNAC", "JARNAC")
    assert two.run("plan", "--to", "2", "--format", "json").json["changes"] == []
    assert two.run("plan", "--to", "1", "--detailed-exitcode").code == 2
    assert two.run("plan", "--to", "1", "--target", SECOND, "--format", "json").json["changes"] == []


def test_a_number_that_is_none_is_66_and_one_that_approved_nothing_4(two: Desk) -> None:
    two.run("confirm", "--by", "Ada", "--target", SECOND, stdin="e\nd\nx\n")
    assert two.run("plan", "--to", "99").code == 66
    ended = two.run("plan", "--to", "3", "--format", "json")
    assert (ended.code, ended.json["error"]["exit_code"]) == (4, 4)
    assert "the last approval before it is 2: --to 2" in ended.err
    assert two.run("plan", "--to", "0").code == 64


@pytest.mark.parametrize("words", [("--against", "x.json"), ("structures",)])
def test_with_a_source_or_a_path_it_is_64(two: Desk, words: tuple[str, ...]) -> None:
    assert two.run("plan", "--to", "1", *words).code == 64


def test_sheets_that_were_in_no_commit_are_4(approved: Desk) -> None:
    ended = approved.run("plan", "--to", "1")
    assert ended.code == 4
    assert "in no git commit" in ended.err


def test_sheets_that_were_not_those_of_the_commit_are_4(two: Desk) -> None:
    two.edit(SHEET, "COGNAC", "JARNAC")
    assert two.run("apply", "--yes").code == 0
    ended = two.run("plan", "--to", "3")
    assert ended.code == 4
    assert "were not those of the commit" in ended.err
    # Another sheet that was not committed either, and in which nothing changed.
    two.append(OTHER, "# a remark\n")
    two.git("add", SHEET)
    two.git("commit", "-qm", "y")
    two.edit(SHEET, "JARNAC", "RUELLE")
    two.git("commit", "-qm", "z", "--", SHEET)
    assert two.run("apply", "--yes").code == 0
    assert "were not those of the commit" in two.run("plan", "--to", "4").err


def test_a_removal_that_was_not_committed_is_no_state_of_the_commit(two: Desk) -> None:
    (two.root / OTHER).unlink()
    assert two.run("apply", "--yes", "--accept", f"CP910:{SECOND}=fusion").code == 0
    assert two.run("history", "3", "--format", "json").json["writes"][0]["dirty"] is True
    assert "were not those of the commit" in two.run("plan", "--to", "3").err


def test_an_approval_of_some_wants_to_be_told_of_which(two: Desk) -> None:
    two.edit(SHEET, "COGNAC", "JARNAC")
    commit(two)
    assert two.run("apply", "--yes", "--target", SIRET).code == 0
    ended = two.run("plan", "--to", "3")
    assert ended.code == 4
    assert "--target" in ended.err
    assert two.run("plan", "--to", "3", "--target", SIRET).code == 0


def test_a_commit_that_is_not_here_or_no_git_at_all(two: Desk) -> None:
    import shutil

    shutil.rmtree(two.root / ".git")
    assert two.run("plan", "--to", "1").code == 66
    two.git("init", "-q")
    two.git("commit", "-q", "--allow-empty", "-m", "other")
    ended = two.run("plan", "--to", "1")
    assert ended.code == 4
    assert "not in this clone: git fetch" in ended.err


def test_the_decisions_are_those_of_today(two: Desk) -> None:
    two.append(PROJECT, "seuils: {structures: 0}\n")
    ended = two.run("plan", "--to", "1")
    assert ended.code in {0, 1}
    assert (two.root / STORE).exists()
