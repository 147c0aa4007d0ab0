"""`diff`: what leads from one git revision to another; with the real git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repository import begun, commit, counted, git

from .desk import ACCOUNT, BANK, IBAN, OTHER, PROJECT, SECOND, SERVICES, SHEET, SIRET, WITHOUT, Desk, conforms
from .test_startup import imported

THIRD = "25160278500031"
DAY = ("--as-of", "2016-10-01")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The settings of whoever runs the tests stay out."""
    for name in [name for name in os.environ if name.startswith("PRE_COMMIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def repo(desk: Desk) -> Desk:
    """The example, committed to `main`."""
    begun(desk.root)
    return desk


def diff(desk: Desk, *words: str, code: int | None = None) -> Any:
    """Return the document of a comparison."""
    ended = desk.run("diff", "--format", "json", *words)
    document = ended.json
    conforms("plan", document)
    assert document["type"] == "diff"
    assert "error" not in document, document["error"]
    assert ended.code == (code if code is not None else int(not document["applyable"]))
    return document


def addresses(document: Any) -> list[tuple[str, str]]:
    """Return op and address of each change."""
    return [(change["op"], change["address"]) for change in document["changes"]]


def told(document: Any) -> set[str]:
    """Return the rules that a document names."""
    rows = [*document["findings"], *(row for change in document["changes"] for row in change["findings"])]
    return {row["rule"] for row in rows}


def refused(desk: Desk, code: int, *words: str) -> str:
    """Assert that a comparison ends so, with one document for machines; return what it told people."""
    ended = desk.run("diff", *words)
    assert ended.code == code, (ended.out, ended.err)
    assert ended.out == ""
    assert "Traceback" not in ended.err
    machine = desk.run("diff", "--format", "json", *words)
    conforms("plan", machine.json)
    assert (machine.code, machine.json["type"], machine.json["error"]["exit_code"]) == (code, "diff", code)
    assert machine.json["applyable"] is False
    return ended.err


# What is a change, and what is none.


def test_nothing_changed(repo: Desk) -> None:
    document = diff(repo, "HEAD")
    assert (document["changes"], document["findings"], document["moves"], document["decisions"]) == ([], [], [], [])
    assert repo.run("diff", "--detailed-exitcode").code == 0


def test_a_field(repo: Desk) -> None:
    first = git(repo.root, "rev-parse", "HEAD")
    repo.edit(SHEET, "ANGOULEME", "COGNAC")
    document = diff(repo)
    assert addresses(document) == [("update", SIRET)]
    assert document["changes"][0]["fields"] == [{"path": "/adresse_postale/ville", "before": "ANGOULEME", "after": "COGNAC"}]
    assert document["changes"][0]["source"]["path"] == SHEET
    assert document["before"] | {"digest": ""} == {
        "source": f"git:{first}", "taken_at": None, "lineage": None, "serial": 0, "digest": "",
    }  # fmt: skip
    assert (document["desired"]["commit"], document["desired"]["dirty"]) == (None, True)
    second = commit(repo.root)
    document = diff(repo, "HEAD~1..HEAD")
    assert (document["desired"]["commit"], document["desired"]["dirty"]) == (second, False)
    assert repo.run("diff", "HEAD~1..HEAD", "--detailed-exitcode").code == 2
    assert repo.run("diff", "HEAD~1..HEAD").code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1\n", "version: 1 # note\n"),
        ('ville: "ANGOULEME"\n', "ville: ANGOULEME\n"),
        ('ville: "ANGOULEME"\n', "ville: 'ANGOULEME'\n"),
        ('  ville: "ANGOULEME"\n  pays: "France"\n', '  pays: "France"\n  ville: "ANGOULEME"\n'),
        ("ASYMEX", "UNE AUTRE RAISON SOCIALE"),
        ("comptabilite: helios\n", ""),
        ("type: fiche-structure\n", "\ufefftype: fiche-structure\n"),
    ],
)
def test_what_is_no_change(repo: Desk, old: str, new: str) -> None:
    text = repo.read(SHEET)
    assert old in text
    repo.write(SHEET, text.replace(old, new, 1) if not new.startswith("\ufeff") else "\ufeff" + text)
    document = diff(repo)
    assert [row for row in document["changes"] if row["fields"] != []] == []


def test_other_line_ends_are_no_change(repo: Desk) -> None:
    (repo.root / SHEET).write_bytes((repo.root / SHEET).read_bytes().replace(b"\n", b"\r\n"))
    assert diff(repo)["changes"] == []
    git(repo.root, "config", "core.autocrlf", "true")
    assert diff(repo)["changes"] == []
    assert diff(repo, "--staged")["changes"] == []


def test_a_moved_sheet_is_a_move_and_no_change(repo: Desk) -> None:
    (repo.root / "structures/sous").mkdir()
    git(repo.root, "mv", OTHER, "structures/sous/b.yaml")
    for words in ((), ("--staged",)):
        document = diff(repo, *words)
        assert document["changes"] == []
        assert document["moves"] == [{"address": SECOND, "before": OTHER, "after": "structures/sous/b.yaml"}]
    assert diff(repo, "--target", SIRET)["moves"] == []
    assert len(diff(repo, "--target", SECOND)["moves"]) == 1
    repo.edit("structures/sous/b.yaml", "ANGOULEME", "COGNAC")
    document = diff(repo)
    assert addresses(document) == [("update", SECOND)]
    assert len(document["moves"]) == 1


def test_files_that_swap_their_names_are_two_moves(repo: Desk) -> None:
    first, second = repo.read(SHEET), repo.read(OTHER)
    repo.write(SHEET, second)
    repo.write(OTHER, first)
    document = diff(repo)
    assert (document["changes"], [move["address"] for move in document["moves"]]) == ([], [SIRET, SECOND])


def test_a_new_sheet_and_account(repo: Desk) -> None:
    repo.write(f"structures/{THIRD}.yaml", repo.read(OTHER).replace(SECOND, THIRD))
    repo.write("comptes/neuf.yaml", repo.read(ACCOUNT).replace("gestionnaire-sditec", "neuf"))
    document = diff(repo)
    assert ("create", THIRD) in addresses(document)
    assert ("create", "comptes/neuf") in addresses(document)
    assert diff(repo, "--staged")["changes"] == [], "untracked files are in no index"
    assert diff(repo, "HEAD..HEAD")["changes"] == []
    git(repo.root, "add", ".")
    assert diff(repo, "--staged")["changes"] == document["changes"]


def test_staged_and_not_yet_staged(repo: Desk) -> None:
    repo.edit(SHEET, "ANGOULEME", "COGNAC")
    git(repo.root, "add", ".")
    repo.edit(SHEET, "COGNAC", "JARNAC")
    repo.edit(OTHER, "ANGOULEME", "SAINTES")
    staged, disk = diff(repo, "--staged"), diff(repo, "HEAD")
    assert [row["fields"][0]["after"] for row in staged["changes"]] == ["COGNAC"]
    assert [row["fields"][0]["after"] for row in disk["changes"]] == ["JARNAC", "SAINTES"]
    assert (staged["desired"]["commit"], staged["desired"]["dirty"]) == (None, True)


def test_an_announced_file_is_not_staged(repo: Desk) -> None:
    repo.write(f"structures/{THIRD}.yaml", repo.read(OTHER).replace(SECOND, THIRD))
    git(repo.root, "add", "--intent-to-add", ".")
    assert diff(repo, "--staged")["changes"] == []
    assert ("create", THIRD) in addresses(diff(repo))


def test_staged_against_a_base(repo: Desk) -> None:
    repo.edit(SHEET, "ANGOULEME", "COGNAC")
    commit(repo.root)
    assert diff(repo, "--staged")["changes"] == []
    assert addresses(diff(repo, "--staged", "HEAD~1")) == [("update", SIRET)]


# Errors that stood.

BROKEN = ("pays:", "pas:")


def test_an_error_that_stood_is_shown_and_blocks_nothing(repo: Desk) -> None:
    repo.edit(SHEET, 'adresse_electronique: "accueil@sditec.fr"', 'adresse_electronique: "accueil"')
    commit(repo.root)
    repo.edit(SHEET, "ANGOULEME", "COGNAC")
    document = diff(repo)
    assert "CP106" in told(document)
    assert (document["applyable"], document["summary"]["blocked"]) == (True, 0)
    repo.edit(SHEET, "type_identifiant: SIRET", 'type_identifiant: SIRET\n  inconnue: "x"')
    document = diff(repo)
    assert {"CP106", "CP007"} <= told(document)
    assert (document["applyable"], document["summary"]["blocked"]) == (False, 1)
    assert repo.run("plan").code == 1


def test_the_same_rule_elsewhere_is_another_error(repo: Desk) -> None:
    repo.edit(SHEET, 'telephone: "+33 545222040"', 'telephone: "x"')
    commit(repo.root)
    repo.edit(SHEET, 'fax: "+33 545234963"', 'fax: "y"')
    assert diff(repo)["summary"]["blocked"] == 1


def test_an_error_of_a_sheet_that_moved_still_stood(repo: Desk) -> None:
    repo.edit(OTHER, 'telephone: "', 'telephone: "x')
    commit(repo.root)
    git(repo.root, "mv", OTHER, "structures/ailleurs.yaml")
    repo.edit("structures/ailleurs.yaml", "ANGOULEME", "COGNAC")
    document = diff(repo)
    assert "CP203" in told(document)
    assert document["applyable"]


def test_an_error_is_mended(repo: Desk) -> None:
    repo.edit(SHEET, '"+33 545222040"', '"x"')
    commit(repo.root)
    repo.edit(SHEET, '"x"', '"+33 545222040"')
    document = diff(repo)
    assert (addresses(document), document["applyable"]) == ([("update", SIRET)], True)


def test_a_sheet_that_could_not_be_read_and_now_can(repo: Desk) -> None:
    good = repo.read(SHEET)
    repo.write(SHEET, "a: [")
    commit(repo.root)
    repo.write(SHEET, good)
    document = diff(repo)
    assert ("create", SIRET) in addresses(document)
    assert document["applyable"]
    assert SHEET in repo.run("diff").err, "what it held is not known: say so"
    assert repo.run("diff", "--quiet").err == ""
    repo.edit(SHEET, SERVICES, WITHOUT)
    assert "CP401" in told(diff(repo, code=1))


def test_a_sheet_that_can_no_longer_be_read(repo: Desk) -> None:
    repo.write(SHEET, "a: [")
    (repo.root / OTHER).unlink()
    for words in ((), ("--target", "*"), ("--target", SIRET)):
        document = diff(repo, *words, code=1)
        assert (document["changes"], told(document)) == ([], {"CP001"})
        assert SHEET in document["reasons"][0]
    assert diff(repo, "--target", SECOND, code=0)["applyable"], "the file of another structure"


@pytest.mark.parametrize("text", ["a: [ ", "type: fiche-structure\nversion: 1\n", "\x00"])
def test_a_sheet_that_cannot_be_read_on_either_side(repo: Desk, text: str) -> None:
    repo.write(SHEET, text)
    commit(repo.root)
    repo.write(SHEET, text + "\n\n")
    document = diff(repo, code=0)
    assert (document["changes"], document["reasons"]) == ([], [])
    assert document["findings"] != []
    (repo.root / OTHER).unlink()
    assert addresses(diff(repo, code=1)) == [("delete", SECOND)]


def test_a_sheet_that_loses_its_name(repo: Desk) -> None:
    repo.edit(SHEET, f'  identifiant: "{SIRET}"\n', "")
    document = diff(repo, code=1)
    assert (document["changes"], len(document["reasons"])) == ([], 1)


# Sheets that come and go.


def test_a_deleted_sheet(repo: Desk) -> None:
    (repo.root / OTHER).unlink()
    document = diff(repo, code=1)
    assert (addresses(document), told(document)) == ([("delete", SECOND)], {"CP910"})
    assert diff(repo, "--target", SECOND, code=0)["changes"] == [], "absence is judged on the whole"
    commit(repo.root)
    assert addresses(diff(repo, "HEAD~1..HEAD", code=1)) == [("delete", SECOND)]
    assert ("create", SECOND) in addresses(diff(repo, "HEAD..HEAD~1", code=0))


@pytest.mark.parametrize(
    "written", [f'"{SECOND}"', f"'{SECOND}'", f'"\\u0032{SECOND[1:]}"', f'"{SECOND[:4]}\\\n    {SECOND[4:]}"']
)
@pytest.mark.parametrize("words", [("HEAD",), ("--staged",), ("HEAD~1..HEAD",)])
def test_a_deleted_sheet_that_an_unchanged_one_replaces(repo: Desk, written: str, words: tuple[str, ...]) -> None:
    text = f'remplace:\n  identifiant: {written}\n  le: "2016-09-01"\n  motif: "transfert"\n'
    repo.append(SHEET, text)
    commit(repo.root)
    (repo.root / OTHER).unlink()
    git(repo.root, "add", "--all")
    if words == ("HEAD~1..HEAD",):
        commit(repo.root)
    document = diff(repo, *words, code=0)
    assert (addresses(document), document["applyable"]) == ([("delete", SECOND)], True)


def test_the_replacing_sheet_is_that_of_the_index(repo: Desk) -> None:
    text = repo.read(SHEET)
    repo.append(SHEET, f'remplace: {{identifiant: "{SECOND}", le: "2016-09-01", motif: "x"}}\n')
    commit(repo.root)
    (repo.root / OTHER).unlink()
    git(repo.root, "add", "--all")
    repo.write(SHEET, text)
    assert diff(repo, "--staged", code=0)["applyable"]
    assert not diff(repo, "HEAD", code=1)["applyable"]


def test_a_deleted_account(repo: Desk) -> None:
    (repo.root / ACCOUNT).unlink()
    assert addresses(diff(repo, code=0)) == [("delete", "comptes/gestionnaire-sditec")]


def test_all_sheets_gone_is_a_comparison_not_no_input(repo: Desk) -> None:
    shutil.rmtree(repo.root / "structures")
    shutil.rmtree(repo.root / "comptes")
    assert len(diff(repo, code=1)["changes"]) == 4


def test_an_identifiant_changed_in_place(repo: Desk) -> None:
    repo.edit(OTHER, SECOND, THIRD)
    for words in ((), ("--target", THIRD)):
        document = diff(repo, *words, code=1)
        assert "CP902" in told(document)


@pytest.mark.parametrize("name", ["structures/00.yaml", "structures/zz.yaml"])
@pytest.mark.parametrize("words", [("HEAD",), ("--staged",), ("HEAD~1..HEAD",)])
def test_a_name_that_an_unchanged_sheet_bears(repo: Desk, name: str, words: tuple[str, ...]) -> None:
    repo.write(name, repo.read(SHEET).replace("ANGOULEME", "COGNAC"))
    git(repo.root, "add", "--all")
    if words == ("HEAD~1..HEAD",):
        commit(repo.root)
    document = diff(repo, *words, code=1)
    assert "CP011" in told(document)
    assert any(SIRET in reason for reason in document["reasons"])


def test_an_untracked_twin(repo: Desk) -> None:
    repo.write("structures/zz.yaml", repo.read(SHEET))
    assert "CP011" in told(diff(repo, code=1))


def test_a_ref_that_an_unchanged_account_bears(repo: Desk) -> None:
    repo.write("comptes/zz.yaml", repo.read(ACCOUNT))
    assert "CP011" in told(diff(repo, code=1))


def test_twins_that_stood(repo: Desk) -> None:
    repo.write("structures/zz.yaml", repo.read(SHEET))
    commit(repo.root)
    repo.edit(SHEET, "ANGOULEME", "COGNAC")
    assert addresses(diff(repo, code=0)) == [("update", SIRET)]
    repo.append("structures/zz.yaml", "# x\n")
    document = diff(repo, code=0)
    assert "CP011" in told(document), "shown, when both are read"
    repo.edit("structures/zz.yaml", "ANGOULEME", "JARNAC")
    assert diff(repo, code=1)["applyable"] is False, "which of the two is meant?"


def test_one_of_twins_is_removed(repo: Desk) -> None:
    repo.write("structures/zz.yaml", repo.read(SHEET))
    commit(repo.root)
    (repo.root / "structures/zz.yaml").unlink()
    document = diff(repo, code=0)
    assert (document["changes"], document["moves"]) == ([], [])


# FACTURES_PUBLIQUES.


def linked(desk: Desk, target: str) -> None:
    """Put a link in the place of the sheet."""
    (desk.root / SHEET).unlink()
    (desk.root / SHEET).symlink_to(target)


def _a_link_to_another(desk: Desk) -> None:
    desk.write("modele.yaml", desk.read(SHEET).replace(SERVICES, WITHOUT))
    linked(desk, "../modele.yaml")


def _decided(desk: Desk, decision: str) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    desk.append(PROJECT, decision)


def _a_folder(desk: Desk) -> None:
    (desk.root / SHEET).unlink()
    desk.write(f"{SHEET}/x", "x")


_ACCEPTED = f'{{regle: CP901, adresse: "{SIRET}/services/FACTURES_PUBLIQUES", motif: "x", jusqu_au: "2050-01-01"}}'
_TRICKS: dict[str, Callable[[Desk], object]] = {
    "an edit": lambda desk: desk.edit(SHEET, SERVICES, WITHOUT),
    "inactive": lambda desk: desk.edit(SHEET, "    actif: true", "    actif: false"),
    "the sheet deleted": lambda desk: (desk.root / SHEET).unlink(),
    "out of sight": lambda desk: (desk.root / SHEET).rename(desk.root / "ailleurs.yaml"),
    "globs narrowed": lambda desk: desk.append(PROJECT, f'structures: ["{OTHER}"]\n'),
    "rules off": lambda desk: _decided(desk, 'regles: {CP401: "off", CP901: "off"}\n'),
    "accepted": lambda desk: _decided(desk, f"acceptations: [{_ACCEPTED}]\n"),
    "a link to another sheet": _a_link_to_another,
    "a link out": lambda desk: linked(desk, "/etc/passwd"),
    "a folder": _a_folder,
}


@pytest.mark.parametrize("trick", _TRICKS.values(), ids=_TRICKS)
def test_factures_publiques_never_goes_unseen(repo: Desk, trick: Callable[[Desk], object]) -> None:
    trick(repo)
    assert diff(repo, code=1)["applyable"] is False
    git(repo.root, "add", "--all")
    assert diff(repo, "--staged", code=1)["applyable"] is False
    commit(repo.root)
    assert diff(repo, "HEAD~1..HEAD", code=1)["applyable"] is False


def test_a_link_whose_target_changed(repo: Desk) -> None:
    repo.write("modele.yaml", repo.read(SHEET))
    linked(repo, "../modele.yaml")
    commit(repo.root)
    repo.edit("modele.yaml", SERVICES, WITHOUT)
    for words in ((), ("--staged",), ("HEAD~1..HEAD",)):
        if words:
            commit(repo.root) if words[0] != "--staged" else git(repo.root, "add", "--all")
        assert "CP901" in told(diff(repo, *words, code=1)), words


def test_a_submodule_in_place_of_a_sheet(repo: Desk) -> None:
    git(repo.root, "rm", "--quiet", "--cached", SHEET)
    git(repo.root, "update-index", "--add", "--cacheinfo", f"160000,{git(repo.root, 'rev-parse', 'HEAD')},{SHEET}")
    assert "CP014" in told(diff(repo, "--staged", code=1))


def test_a_huge_blob(repo: Desk) -> None:
    (repo.root / SHEET).write_bytes(b"#" * 100_000_000)
    commit(repo.root)
    assert told(diff(repo, "HEAD~1..HEAD", code=1)) == {"CP005"}


# Revisions.


@pytest.fixture
def branch(repo: Desk) -> Desk:
    """On `branche`, the first sheet changed; on `main`, the second, after the two parted."""
    git(repo.root, "tag", "-a", "v1", "-m", "x")
    git(repo.root, "switch", "--quiet", "-c", "branche")
    repo.edit(SHEET, "ANGOULEME", "COGNAC")
    commit(repo.root)
    git(repo.root, "switch", "--quiet", "main")
    repo.edit(OTHER, "ANGOULEME", "SAINTES")
    commit(repo.root)
    git(repo.root, "switch", "--quiet", "branche")
    return repo


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ((), [SIRET]),
        (("main",), [SIRET, SECOND]),
        (("main..",), [SIRET, SECOND]),
        (("main..HEAD",), [SIRET, SECOND]),
        (("main...",), [SIRET]),
        (("main...HEAD",), [SIRET]),
        (("main...branche",), [SIRET]),
        (("HEAD...main",), [SECOND]),
        (("...main",), [SECOND]),
        (("..main",), [SIRET, SECOND]),
        (("v1",), [SIRET]),
        (("v1..main",), [SECOND]),
        (("HEAD~1",), [SIRET]),
        (("HEAD~1..HEAD",), [SIRET]),
        (("HEAD^..",), [SIRET]),
        (("@",), []),
        (("..",), []),
        (("...",), []),
        (("HEAD",), []),
        (("main", "--target", SECOND), [SECOND]),
        (("main", "--target", "*23", "--target", "absent"), [SECOND]),
    ],
)
def test_what_is_compared(branch: Desk, words: tuple[str, ...], changed: list[str]) -> None:
    assert [address for _op, address in addresses(diff(branch, *words))] == changed


def test_a_target_that_names_nothing_is_told(branch: Desk) -> None:
    ended = branch.run("diff", "main", "--target", "absent")
    assert ended.code == 66
    assert "no sheet of either side matches absent" in ended.err
    # The sheet is there, and does not differ.
    assert branch.run("diff", "HEAD", "--target", SECOND).code == 0
    git(branch.root, "mv", OTHER, "structures/autre.yaml")
    commit(branch.root, "named otherwise")
    assert branch.run("diff", "HEAD", "--target", SECOND).code == 0


def test_a_detached_head(branch: Desk) -> None:
    git(branch.root, "switch", "--quiet", "--detach")
    assert addresses(diff(branch)) == [("update", SIRET)]
    assert addresses(diff(branch, "main...")) == [("update", SIRET)]


def test_the_remote_s_default_branch_is_first(branch: Desk) -> None:
    git(branch.root, "update-ref", "refs/remotes/origin/main", "branche")
    assert diff(branch)["changes"] == []


@pytest.mark.parametrize(
    "name", ["absent", "absent..HEAD", "HEAD..absent", "HEAD~99", "a..b..c", "HEAD:structures", "^HEAD", "main...absent"]
)
def test_a_revision_that_is_not_there(repo: Desk, name: str) -> None:
    assert "git fetch" in refused(repo, 66, name)


@pytest.mark.parametrize("name", ["-x", "--output=x", "-h..HEAD", "--all", "HEAD..--all"])
def test_a_revision_that_begins_with_a_dash(repo: Desk, name: str) -> None:
    before = repo.listing()
    refused(repo, 66, "--", name)
    assert repo.listing() == before


def test_an_option_that_there_is_not(repo: Desk) -> None:
    ended = repo.run("diff", "--format", "json", "--output=x")
    assert (ended.code, ended.json["error"]["exit_code"], ended.json["type"]) == (64, 64, "diff")


@pytest.mark.parametrize(
    "words",
    [
        ("--staged", "HEAD..HEAD"),
        ("--from-pre-commit", "HEAD"),
        ("--from-pre-commit", "--staged"),
        ("--from-pre-commit", "a..b"),
    ],
)
def test_what_does_not_go_together(repo: Desk, words: tuple[str, ...]) -> None:
    assert "do not go together" in refused(repo, 64, *words)


@pytest.mark.parametrize("words", [(), ("HEAD",), ("--staged",), ("HEAD..",)])
def test_no_commit_yet(desk: Desk, words: tuple[str, ...]) -> None:
    git(desk.root, "init", "--quiet")
    assert "no commit yet" in refused(desk, 66, *words)


@pytest.mark.parametrize("words", [(), ("HEAD",), ("--staged",), ("a..b",), ("--from-pre-commit",)])
def test_no_repository(desk: Desk, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(desk.root.parent))
    assert "`plan`" in refused(desk, 66, *words)


@pytest.mark.parametrize("words", [(), ("HEAD",), ("--staged",), ("HEAD~1..HEAD",)])
def test_no_git(repo: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...]) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "rien"))
    assert "installed" in refused(repo, 69, *words)


def test_the_folder_of_somebody_else(repo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "safe.directory" in refused(repo, 69, "HEAD")


def test_no_default_branch(repo: Desk) -> None:
    git(repo.root, "branch", "--quiet", "-m", "travail")
    assert "BRANCH...HEAD" in refused(repo, 64)
    assert diff(repo, "HEAD")["changes"] == []


def _clone(desk: Desk, *words: str) -> Desk:
    git(desk.root.parent, "clone", "--quiet", *words, desk.root.as_uri(), "clone")
    desk.root = desk.root.parent / "clone"
    return desk


def test_a_shallow_clone(branch: Desk) -> None:
    clone = _clone(branch, "--depth", "1", "--no-single-branch")
    assert diff(clone, "HEAD")["changes"] == []
    for words in (("origin/main...HEAD",), ("HEAD~1",), ()):
        if words == ():
            git(clone.root, "update-ref", "refs/remotes/origin/HEAD", "origin/main")
        told = refused(clone, 66, *words)
        assert "shallow" in told
        assert "fetch-depth: 0" in told
    assert addresses(diff(clone, "origin/main..HEAD")) == [("update", SIRET), ("update", SECOND)]


def test_a_partial_clone(branch: Desk) -> None:
    git(branch.root, "config", "uploadpack.allowFilter", "true")
    clone = _clone(branch, "--filter=blob:none", "--no-checkout")
    assert "partial" in refused(clone, 66, "HEAD~1..HEAD")


def test_a_history_that_shares_nothing(branch: Desk) -> None:
    git(branch.root, "switch", "--quiet", "--orphan", "seule")
    commit(branch.root)
    told = refused(branch, 66, "main...HEAD")
    assert "share no commit" in told
    assert "shallow" not in told


def test_a_merge_that_left_conflicts(branch: Desk) -> None:
    git(branch.root, "switch", "--quiet", "main")
    branch.edit(SHEET, "ANGOULEME", "JARNAC")
    commit(branch.root)
    with pytest.raises(subprocess.CalledProcessError):
        git(branch.root, "merge", "branche")
    told_people = refused(branch, 4, "--staged")
    assert SHEET in told_people
    assert "git add" in told_people
    assert diff(branch, "HEAD", code=1)["reasons"] != [], "marks of a conflict are no YAML"


@pytest.mark.parametrize("first", ["0" * 40, "", None])
def test_a_first_push(branch: Desk, monkeypatch: pytest.MonkeyPatch, first: str | None) -> None:
    branch.edit(SHEET, "COGNAC", "PAS ENCORE")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", git(branch.root, "rev-parse", "HEAD"))
    if first is not None:
        monkeypatch.setenv("PRE_COMMIT_FROM_REF", first)
    document = diff(branch, "--from-pre-commit")
    assert [row["fields"][0]["after"] for row in document["changes"]] == ["COGNAC"]


def test_a_push(branch: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    branch.edit(SHEET, "COGNAC", "PAS ENCORE")
    for name, revision in (("FROM", "main"), ("TO", "branche")):
        monkeypatch.setenv(f"PRE_COMMIT_{name}_REF", git(branch.root, "rev-parse", revision))
    document = diff(branch, "--from-pre-commit")
    assert [row["fields"][0]["after"] for row in document["changes"]] == ["COGNAC", "ANGOULEME"]
    branch.env(FROM_PRE_COMMIT="1")
    assert diff(branch) == document


@pytest.mark.parametrize("last", ["0" * 40, "", None])
def test_no_push(branch: Desk, monkeypatch: pytest.MonkeyPatch, last: str | None) -> None:
    if last is not None:
        monkeypatch.setenv("PRE_COMMIT_TO_REF", last)
        monkeypatch.setenv("PRE_COMMIT_FROM_REF", "0" * 40)
    assert diff(branch, "--from-pre-commit") == diff(branch)


def test_a_push_onto_what_is_not_here(branch: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "1" * 40)
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")
    assert "git fetch" in refused(branch, 66, "--from-pre-commit")


# The project.


def test_a_project_in_a_sub_folder(desk: Desk) -> None:
    root = desk.root
    (root.parent / "depot").mkdir()
    root.rename(root.parent / "depot/fiches é")
    desk.root = root.parent / "depot/fiches é"
    begun(root.parent / "depot")
    (root.parent / "depot/structures").mkdir()
    (root.parent / "depot" / SHEET).write_text("a: [", encoding="utf-8")
    desk.edit(SHEET, "ANGOULEME", "COGNAC")
    (desk.root / OTHER).unlink()
    wanted = [("update", SIRET), ("delete", SECOND)]
    assert addresses(diff(desk)) == wanted
    git(root.parent / "depot", "add", "--all")
    assert addresses(diff(desk, "--staged")) == wanted
    commit(root.parent / "depot")
    here = desk.run("diff", "HEAD~1..HEAD").out
    assert addresses(diff(desk, "HEAD~1..HEAD")) == wanted
    assert desk.run("diff", "HEAD~1..HEAD", at=desk.root / "structures").out == here
    assert desk.run("-C", "fiches é", "diff", "HEAD~1..HEAD", at=desk.root.parent).out == here


def test_a_folder_without_a_project_file(repo: Desk) -> None:
    (repo.root / PROJECT).unlink()
    commit(repo.root)
    repo.edit(SHEET, "ANGOULEME", "COGNAC")
    document = diff(repo, *DAY)
    assert (addresses(document), document["decisions"]) == ([("update", SIRET)], [])
    assert refused(repo, 66, "-C", "structures").count("no sheet found") == 1


def test_a_project_file_that_was_not_there_before(repo: Desk) -> None:
    text = repo.read(PROJECT)
    (repo.root / PROJECT).unlink()
    commit(repo.root)
    repo.write(PROJECT, text + "regles: {CP701: info}\n")
    document = diff(repo)
    assert document["changes"] == []
    assert document["decisions"] == [
        {"what": "date_de_reference", "before": None, "after": "2016-10-01"},
        {"what": "regles/CP701", "before": None, "after": "info"},
    ]


def test_a_project_file_that_was_invalid_before(repo: Desk) -> None:
    repo.append(PROJECT, "inconnue: 1\nregles: {CP701: info}\n")
    commit(repo.root)
    repo.edit(PROJECT, "inconnue: 1\n", "")
    repo.edit(PROJECT, "CP701: info", 'CP701: "off"')
    ended = repo.run("diff")
    assert (ended.code, "was invalid" in ended.err) == (0, True)
    assert diff(repo)["decisions"] == [{"what": "regles/CP701", "before": "info", "after": "off"}]


@pytest.mark.parametrize("text", ["a: [", "regles: 5\nseuils: [x]\nderogations: {a: b}\nacceptations: [x, {regle: [1]}]\n", ""])
def test_a_project_file_that_made_no_sense_before(repo: Desk, text: str) -> None:
    good = repo.read(PROJECT)
    repo.write(PROJECT, text)
    commit(repo.root)
    repo.write(PROJECT, good)
    assert diff(repo)["changes"] == []


@pytest.mark.parametrize("words", [("HEAD",), ("--staged",), ("HEAD~1..HEAD",)])
def test_a_project_file_that_is_invalid_now(repo: Desk, words: tuple[str, ...]) -> None:
    repo.append(PROJECT, "inconnue: 1\n")
    git(repo.root, "add", ".")
    if words == ("HEAD~1..HEAD",):
        commit(repo.root)
        repo.edit(PROJECT, "inconnue: 1\n", "")
    ended = repo.run("diff", *words)
    assert (ended.code, "CP007" in ended.out) == (78, True)
    ended = repo.run("diff", *words, "--format", "json")
    conforms("plan", ended.json)
    assert (ended.code, ended.json["error"]["exit_code"]) == (78, 78)


def test_the_project_file_of_the_revision_is_obeyed_not_that_of_the_disk(repo: Desk) -> None:
    repo.edit(SHEET, '"+33 545222040"', '"x"')
    commit(repo.root)
    repo.append(PROJECT, 'regles: {CP203: "off"}\n')
    assert diff(repo, "HEAD~1..HEAD", code=1)["reasons"] != []
    (repo.root / PROJECT).unlink()
    assert diff(repo, "HEAD~1..HEAD", code=1)["as_of"] == "2016-10-01"


def test_globs_that_changed(repo: Desk) -> None:
    repo.append(PROJECT, 'structures: ["fiches/*.yaml"]\n')
    (repo.root / "structures").rename(repo.root / "fiches")
    document = diff(repo)
    assert document["changes"] == []
    assert len(document["moves"]) == 2
    assert document["decisions"] == [{"what": "structures", "before": None, "after": ["fiches/*.yaml"]}]


_DECISIONS = (
    "regles: {CP701: info}\n"
    f'derogations: [{{regle: CP108, fiche: "{SIRET}", motif: "x", jusqu_au: "2050-01-01"}}]\n'
    f'acceptations: [{{regle: CP910, adresse: "{SECOND}", motif: "y", jusqu_au: "2050-01-01"}}]\n'
    "seuils: {suppressions: 9}\n"
)


def test_decisions_that_changed(repo: Desk) -> None:
    repo.append(PROJECT, _DECISIONS)
    rows = {row["what"]: (row["before"], row["after"]) for row in diff(repo)["decisions"]}
    assert rows == {
        "acceptations/CP910/" + SECOND: (None, {"motif": "y", "jusqu_au": "2050-01-01"}),
        "derogations/CP108/" + SIRET: (None, {"motif": "x", "jusqu_au": "2050-01-01"}),
        "regles/CP701": (None, "info"),
        "seuils/suppressions": (None, 9),
    }
    commit(repo.root)
    assert {row["what"]: (row["after"], row["before"]) for row in diff(repo, "HEAD..HEAD~1")["decisions"]} == rows


def test_an_acceptance_of_the_branch_is_obeyed(repo: Desk) -> None:
    (repo.root / OTHER).unlink()
    repo.append(PROJECT, _DECISIONS)
    document = diff(repo, code=0)
    assert [(row["rule"], row["address"], row["reason"], row["origin"]) for row in document["accepted"]] == [
        ("CP910", SECOND, "y", "project")
    ]
    git(repo.root, "checkout", "--quiet", OTHER)
    assert "CP013" in told(diff(repo, code=0)), "an acceptance without its change is worth a note"


def test_thresholds_only_warn(repo: Desk) -> None:
    repo.append(PROJECT, "seuils: {structures: 0, suppressions: 0}\n")
    repo.edit(SHEET, "ANGOULEME", "COGNAC")
    (repo.root / ACCOUNT).unlink()
    document = diff(repo, code=0)
    rows = [row for row in document["findings"] if row["rule"] == "CP920"]
    assert [row["level"] for row in rows] == ["warning", "warning"]


# Names, settings, places.


@pytest.mark.parametrize(
    "name", ["é à.yaml", " x.yaml", "a'b.yaml", 'a"b.yaml', "a\nb.yaml", "-x.yaml", "a\\b.yaml", "*.yaml", ":x.yaml"]
)
def test_names_of_files(repo: Desk, name: str) -> None:
    git(repo.root, "mv", "--", SHEET, f"structures/{name}")
    commit(repo.root)
    repo.edit(f"structures/{name}", "ANGOULEME", "COGNAC")
    (repo.root / OTHER).unlink()
    git(repo.root, "add", "--all")
    first = diff(repo, code=1)
    assert addresses(first) == [("update", SIRET), ("delete", SECOND)]
    assert first["changes"][0]["source"]["path"] == f"structures/{name}"
    assert diff(repo, "--staged", code=1)["changes"] == first["changes"]
    commit(repo.root)
    assert diff(repo, "HEAD~1..HEAD", code=1)["changes"] == first["changes"]
    ended = repo.run("diff", "HEAD~1..HEAD")
    (head,) = [line for line in ended.out.split("\n") if line.startswith(SIRET)]
    assert head.endswith(".yaml"), "a name never breaks a line"


@pytest.mark.parametrize("words", [("HEAD",), ("--staged",), ("HEAD~1..HEAD",)])
def test_a_name_that_is_no_utf_8(repo: Desk, words: tuple[str, ...]) -> None:
    (repo.root / "structures/a\udcff.yaml").write_bytes((repo.root / SHEET).read_bytes())
    git(repo.root, "add", "--all")
    if words == ("HEAD~1..HEAD",):
        commit(repo.root)
    assert "CP014" in told(diff(repo, *words, code=1))
    for extra in ((), ("--format", "json:x.json"), ("--format", "text:x.txt"), ("--lang", "fr")):
        ended = repo.run("diff", *words, *extra)
        assert (ended.code, "internal" in ended.err) == (1, False)


_SETTINGS = (
    ("color.ui", "always"), ("color.grep", "always"), ("diff.noprefix", "true"), ("core.quotePath", "true"),
    ("grep.patternType", "perl"), ("grep.fullName", "true"), ("grep.lineNumber", "true"), ("grep.column", "true"),
    ("status.short", "true"), ("diff.external", "false"), ("diff.renames", "copies"), ("submodule.recurse", "true"),
    ("core.fsmonitor", "false"), ("core.pager", "false"), ("log.showSignature", "true"),
)  # fmt: skip


def test_no_setting_of_the_user_changes_anything(repo: Desk) -> None:
    repo.append(SHEET, f'remplace: {{identifiant: "{SECOND}", le: "2016-09-01", motif: "x"}}\n')
    commit(repo.root)
    (repo.root / OTHER).unlink()
    git(repo.root, "add", "--all")
    runs = [("HEAD",), ("--staged",), ("HEAD~1..HEAD",), ()]
    before = [repo.run("diff", *words).out for words in runs]
    for name, value in _SETTINGS:
        git(repo.root, "config", name, value)
    assert [repo.run("diff", *words).out for words in runs] == before


@pytest.mark.parametrize("folder", ["", "fiches"])
def test_from_a_hook(desk: Desk, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    top = desk.root.parent / "depot"
    top.mkdir()
    desk.root.rename(top / (folder or ".")) if folder else shutil.copytree(desk.root, top, dirs_exist_ok=True)
    desk.root = top / folder
    begun(top)
    desk.edit(SHEET, "ANGOULEME", "COGNAC")
    git(top, "add", ".")
    desk.edit(SHEET, "COGNAC", "JARNAC")
    before = [desk.run("diff", *words).out for words in ((), ("--staged",))]
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_PREFIX", "")
    names = ["-C", folder] if folder else []
    assert [desk.run(*names, "diff", *words, at=top).out for words in ((), ("--staged",))] == before


def test_the_index_that_a_hook_names(repo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git commit FILE` works with an index of its own."""
    repo.edit(SHEET, "ANGOULEME", "COGNAC")
    shutil.copy(repo.root / ".git/index", repo.root / ".git/autre")
    git(repo.root, "add", ".", env={"GIT_INDEX_FILE": ".git/autre"})
    assert diff(repo, "--staged")["changes"] == []
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/autre")
    assert addresses(diff(repo, "--staged")) == [("update", SIRET)]


def test_in_another_work_tree(branch: Desk) -> None:
    git(branch.root, "worktree", "add", "--quiet", "../autre", "main")
    branch.root = branch.root.parent / "autre"
    assert addresses(diff(branch, "branche...")) == [("update", SECOND)]


def _state(root: Path) -> dict[str, tuple[int, bytes]]:
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    return {str(path.relative_to(root)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@pytest.mark.parametrize(
    "words", [(), ("HEAD",), ("--staged",), ("main...HEAD",), ("--from-pre-commit",), ("--format", "json")]
)
def test_writes_nothing(branch: Desk, words: tuple[str, ...]) -> None:
    later = (branch.root / SHEET).stat().st_mtime + 60
    os.utime(branch.root / SHEET, (later, later))
    before = _state(branch.root)
    assert branch.run("diff", *words).code == 0
    assert _state(branch.root) == before


# What is shown.


def test_an_iban_is_masked_and_its_change_is_seen(repo: Desk) -> None:
    repo.append(SHEET, BANK)
    commit(repo.root)
    repo.edit(SHEET, IBAN, "FR7630006000019999999990189")
    git(repo.root, "add", ".")
    shown = ""
    for words in (("HEAD",), ("--staged",), ("HEAD~1",), ("HEAD~1..HEAD",)):
        for extra in ((), ("--format", "json"), ("--debug",), ("--format", "json:x.json")):
            ended = repo.run("diff", *words, *extra)
            shown += ended.out + ended.err
    shown += repo.read("x.json")
    assert "0006000" not in shown
    assert "9999999" not in shown
    assert "AGRIFRPPXXX" not in shown
    assert diff(repo, "HEAD")["changes"][0]["fields"] == [
        {"path": "/iban", "before": "FR76 **** 0189", "after": "FR76 **** 0189"}
    ]
    assert "hidden" in repo.run("diff", "HEAD").out


def test_the_same_input_gives_the_same_bytes(branch: Desk) -> None:
    for words in (("main",), ("main..", "--format", "json"), ("main...", "--lang", "fr")):
        assert branch.run("diff", *words).out == branch.run("diff", *words).out


def test_stdout_is_for_the_result(branch: Desk) -> None:
    for words in ((), ("main",), ("--staged",), ("main..",)):
        assert branch.run("diff", *words).err == ""


def test_files_beside_stdout(branch: Desk) -> None:
    ended = branch.run("diff", "--format", "json:x.json", "--format", "text")
    assert "COGNAC" in ended.out
    conforms("plan", json.loads(branch.read("x.json")))
    assert branch.run("diff", "--format", "json", "--format", "text").code == 64
    assert branch.run("diff", "--format", "inconnu").code == 64


_FAILURES: list[tuple[str, ...]] = [("absent",), ("--", "-x"), ("--staged", "a..b"), ("HEAD~99..HEAD",)]


@pytest.mark.parametrize("words", _FAILURES)
def test_failures_speak_both_languages(repo: Desk, words: tuple[str, ...]) -> None:
    english, french = (repo.run("diff", "--lang", lang, *words).err for lang in ("en", "fr"))
    assert english.count("\n") == french.count("\n") == 1
    assert english != french


def test_a_folder_that_is_not_there(repo: Desk) -> None:
    assert repo.run("diff", "-C", "absent").code == 66


def test_no_sheet_on_either_side(bare: Desk) -> None:
    bare.write("x", "x")
    begun(bare.root)
    assert "no sheet found" in refused(bare, 66)


def test_a_comparison_is_not_applied(branch: Desk) -> None:
    branch.run("diff", "--format", "json:x.json")
    ended = branch.run("apply", "x.json", "--yes")
    assert ended.code == 4
    assert branch.run("show", "x.json").code in {0, 4}


# Few processes, whatever the size.


def test_few_processes(bare: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks import sheets

    sheets.write(bare.root, 300)
    begun(bare.root)
    for number in range(0, 300, 3):
        bare.edit(f"structures/{sheets.siret(number)}.yaml", 'ville: "VALMONT"', 'ville: "COGNAC"')
    bare.edit(f"structures/{sheets.siret(0)}.yaml", sheets.siret(0), sheets.siret(900))
    commit(bare.root)
    seen = counted(monkeypatch)
    for words in (("HEAD~1..HEAD",), ("HEAD~1",), ("HEAD~1", "--staged"), ("HEAD~1...HEAD",)):
        seen.clear()
        assert len(diff(bare, *words, code=1)["changes"]) > 99
        assert len(seen) <= 20, words


def test_no_store_and_no_detail_where_nothing_changed(repo: Desk) -> None:
    found = imported(repo, "diff", "HEAD~0..HEAD")
    assert (found.code, {"deepdiff", "sqlalchemy", "sqlite3", "jinja2"} & found.heavy) == (0, set())


# What suppliers will see of it.


def test_it_ends_with_what_suppliers_will_see(repo: Desk) -> None:
    repo.edit(SHEET, "statut: INACTIF", "statut: ACTIF")
    document = diff(repo, "HEAD")
    (seen,) = document["suppliers"]
    assert (seen["siret"], [one["event"] for one in seen["changes"]]) == (SIRET, ["opens", "opens"])
    markdown = repo.run("diff", "HEAD", "--format", "markdown", "--lang", "en").out
    assert f"251602785_{SIRET}" in markdown.partition("### What suppliers will see")[2]
    assert diff(repo, "HEAD", "--target", SECOND, code=None).get("suppliers") is None


def test_where_nothing_changes_for_suppliers_nothing_is_said_of_them(repo: Desk) -> None:
    repo.edit(SHEET, 'telephone: "+33 545222040"', 'telephone: "+33 545222041"')
    document = diff(repo, "HEAD")
    assert document["changes"]
    assert "suppliers" not in document
    assert "What suppliers will see" not in repo.run("diff", "HEAD", "--format", "markdown", "--lang", "en").out
