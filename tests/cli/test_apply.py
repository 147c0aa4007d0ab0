"""`apply`: approve exactly what was reviewed, or refuse (4) and write nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chorus_config.model.errors import Locked, Unavailable
from chorus_config.store.packed import unpacked
from tests.store.raw import raw_rows

from .desk import (
    ACCOUNT,
    BANK,
    IBAN,
    OTHER,
    PROJECT,
    SECOND,
    SERVICES,
    SHEET,
    SIRET,
    STORE,
    TECHNICAL,
    WITHOUT,
    Desk,
    spawn,
)


def rows(desk: Desk, query: str) -> list[Any]:
    """Return what the store answers."""
    return raw_rows(desk.root / STORE, query)


def unchanged(desk: Desk, code: int, *words: str, stdin: str = "") -> str:
    """Assert that a command ends so and writes nothing; return what it told on stderr."""
    before = desk.listing()
    ended = desk.run(*words, stdin=stdin)
    assert ended.code == code, ended.err
    assert desk.listing() == before
    assert "Traceback" not in ended.err
    return ended.err


# The question.


@pytest.mark.parametrize("answer", ["", "\n", "n\n", "no\n", "non\n", "yes please\n", "1\n", "true\n", "maybe", "\ny\n"])
def test_anything_but_a_yes_is_a_no(desk: Desk, answer: str) -> None:
    assert "[y/N]" in unchanged(desk, 4, "apply", stdin=answer)


@pytest.mark.parametrize("answer", ["y\n", "yes\n", "o\n", "oui\n", "OUI\n", " Yes \n", "yes"])
def test_a_yes_is_a_yes(desk: Desk, answer: str) -> None:
    ended = desk.run("apply", stdin=answer)
    assert ended.code == 0
    assert "Approved: 10 changes." in ended.out


def test_the_plan_is_shown_before_the_question(desk: Desk) -> None:
    ended = desk.run("apply", stdin="n\n")
    assert "Plan: 10 to check;" in ended.out
    assert "Nothing is changed in Chorus Pro" in ended.err


def test_stdout_is_for_the_document_alone(desk: Desk) -> None:
    ended = desk.run("apply", "--format", "json", stdin="y\n")
    assert "Plan: 10 to check;" in ended.err
    assert ended.json == {
        "format_version": "1.0",
        "type": "apply",
        "plan": ended.json["plan"],
        "approved": 10,
        "serial": 1,
        "open_operations": 10,
        "portal_changed": False,
    }


def test_nothing_to_approve_asks_nothing_and_writes_nothing(approved: Desk) -> None:
    assert "[y/N]" not in unchanged(approved, 0, "apply")
    assert "10 operations remain" in approved.run("apply").out


def test_yes_by_the_environment(desk: Desk) -> None:
    desk.env(YES="1", BY="Ada, PR 12")
    assert desk.run("apply").code == 0
    assert rows(desk, 'SELECT "by" FROM history') == [("Ada, PR 12",)]


def test_by_is_in_the_history(desk: Desk) -> None:
    desk.run("apply", "--yes", "--by", "Ada")
    assert rows(desk, 'SELECT serial, event, "by" FROM history') == [(1, "apply", "Ada")]


def test_the_history_holds_the_plan(desk: Desk) -> None:
    plan = desk.plan()
    desk.run("apply", "--yes", "--by", "Ada")
    ((digest, document),) = rows(desk, "SELECT plan, document FROM history")
    assert digest == plan["digest"]
    assert json.loads(document) == {**plan, "dirty": False, "by_origin": "given"}


def test_the_history_says_which_operations_gave_way(approved: Desk) -> None:
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC 16"')
    assert approved.run("apply", "--yes").code == 0
    document = json.loads(rows(approved, "SELECT document FROM history ORDER BY serial DESC")[0][0])
    assert [(row["address"], row["state"]) for row in document["operations"]] == [(SIRET, "dropped")]
    assert document["operations"][0]["reason"] == "replaced by a later approval"


def test_operations_are_opened_one_per_change(desk: Desk) -> None:
    changes = desk.plan()["changes"]
    desk.run("apply", "--yes")
    opened = rows(desk, "SELECT address, op, state FROM operations ORDER BY id")
    assert opened == [(change["address"], change["op"], "open") for change in changes]


def test_what_only_the_project_declares_opens_no_operation(approved: Desk) -> None:
    approved.edit(SHEET, "comptabilite: helios\n", "comptabilite: helios\nraccordement: {mode: PORTAIL}\n")
    ended = approved.run("apply", "--yes")
    assert "Approved: 1 change." in ended.out
    assert "10 operations remain" in ended.out


def test_one_operation_is_said_in_the_singular(desk: Desk) -> None:
    ended = desk.run("apply", "--yes", "--target", "comptes/gest*")
    assert "Approved: 1 change." in ended.out
    assert "1 operation remains" in ended.out


def test_a_plan_after_apply_is_empty(desk: Desk) -> None:
    desk.append(SHEET, BANK)
    desk.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    desk.run("apply", "--yes")
    assert desk.plan("--detailed-exitcode")["changes"] == []


def test_target_approves_its_structures_only(desk: Desk) -> None:
    assert desk.run("apply", "--yes", "--target", SECOND).code == 0
    assert rows(desk, "SELECT root FROM records") == [(SECOND,)]
    assert {change["address"].split("/")[0] for change in desk.plan()["changes"]} == {SIRET, "comptes"}


def test_a_removed_account_is_forgotten(approved: Desk) -> None:
    (approved.root / ACCOUNT).unlink()
    assert approved.run("apply", "--yes").code == 0
    assert rows(approved, "SELECT root FROM records ORDER BY root") == [(SIRET,), (SECOND,), ("comptes/comptabilite-sditec",)]
    assert rows(approved, "SELECT count(*) FROM operations") == [(10,)]


def test_an_iban_is_masked_in_the_history_and_the_operations(approved: Desk) -> None:
    approved.append(SHEET, BANK)
    ended = approved.run("apply", "--yes")
    assert IBAN[4:-4] not in ended.out + ended.err
    told = json.dumps(rows(approved, "SELECT document FROM history") + rows(approved, "SELECT fields FROM operations"))
    assert IBAN[4:-4] not in told
    assert "FR76 **** 0189" in told
    assert "AGRIFRPPXXX" not in told


# A saved plan.


def edited(approved: Desk) -> Desk:
    """Change a field and an entry, and save the plan."""
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.edit(SHEET, "    actif: true\nutilisateurs", f"    actif: true\n{TECHNICAL}utilisateurs")
    approved.save()
    return approved


def test_a_saved_plan_is_not_asked_about(approved: Desk) -> None:
    assert edited(approved).run("apply", "plan.json").code == 0


def test_an_untouched_plan_is_not_read_whole(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def _read(*_words: object) -> None:
        raise AssertionError("read whole")

    monkeypatch.setattr("chorus_config.cli.apply.read_plan_file", _read)
    assert edited(approved).run("apply", "plan.json").code == 0


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_a_plan_laid_out_otherwise_is_the_same_plan(approved: Desk, indent: int | None) -> None:
    edited(approved)
    approved.write("plan.json", json.dumps(json.loads(approved.read("plan.json")), indent=indent))
    assert approved.run("apply", "plan.json").code == 0


@pytest.mark.parametrize("laid_out", [True, False])
def test_notes_beside_a_saved_plan_are_told_once(approved: Desk, *, laid_out: bool) -> None:
    edited(approved)
    if not laid_out:
        approved.write("plan.json", approved.read("plan.json") + " ")
    approved.write("structures/autre.yml", "")
    told = approved.run("apply", "plan.json")
    assert told.code == 0
    assert told.err.count("structures/autre.yml is not read") == 1


@pytest.mark.parametrize(("error", "code"), [(Locked, 75), (Unavailable, 69)])
def test_a_store_that_does_not_answer_is_asked_once(
    approved: Desk, monkeypatch: pytest.MonkeyPatch, error: type[Locked | Unavailable], code: int
) -> None:
    """Whoever waits for it once, waits no second time; but a file that is no plan is told first."""
    edited(approved)
    asked: list[int] = []

    def _read(*_given: object) -> None:
        asked.append(1)
        raise error("busy")

    monkeypatch.setattr("chorus_config.store.store.Store.read", _read)
    assert approved.run("apply", "plan.json").code == code
    assert len(asked) == 1
    approved.write("plan.json", approved.read("plan.json")[:-30])
    assert approved.run("apply", "plan.json").code == 4


def test_a_first_plan_with_an_iban_is_applied(desk: Desk) -> None:
    desk.append(SHEET, BANK)
    desk.save()
    assert desk.run("apply", "plan.json").code == 0
    assert desk.run("apply", "plan.json").code == 4


def test_a_saved_plan_is_applied_on_its_own_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.edit(PROJECT, 'date_de_reference: "2016-10-01"\n', "")
    monkeypatch.setattr("chorus_config.app.project.today", lambda: date(2022, 1, 1))
    desk.save()
    monkeypatch.setattr("chorus_config.app.project.today", lambda: date(2024, 1, 1))
    assert desk.run("apply", "plan.json").code == 0


def test_a_saved_plan_keeps_its_paths_and_targets(approved: Desk) -> None:
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.edit(OTHER, "ANGOULEME", "COGNAC")
    approved.save(SHEET, name="un.json")
    approved.save("--target", SECOND, name="deux.json")
    assert "Approved: 1 change." in approved.run("apply", "un.json").out
    assert [change["address"] for change in approved.plan()["changes"]] == [SECOND]
    unchanged(approved, 4, "apply", "deux.json")


def test_a_saved_plan_is_applied_from_anywhere(approved: Desk) -> None:
    edited(approved)
    approved.save(SHEET)
    assert approved.run("apply", "../plan.json", at=approved.root / "structures").code == 0


def test_a_commit_made_since_does_not_stale_a_plan(approved: Desk) -> None:
    edited(approved)
    (approved.root / ".git").mkdir()
    assert approved.run("apply", "plan.json").code == 0


def test_target_does_not_go_with_a_saved_plan(approved: Desk) -> None:
    unchanged(edited(approved), 64, "apply", "plan.json", "--target", SIRET)


def _another_apply(desk: Desk) -> None:
    desk.edit(OTHER, "ANGOULEME", "COGNAC")
    assert desk.run("apply", "--yes", "--target", SECOND).code == 0
    desk.edit(OTHER, "COGNAC", "ANGOULEME")
    assert desk.run("apply", "--yes", "--target", SECOND).code == 0


def _another_store(desk: Desk) -> None:
    shutil.rmtree(desk.root / ".chorus-config")
    assert desk.run("apply", "--yes").code == 0


def _decide(text: str) -> Callable[[Desk], object]:
    return lambda desk: desk.append(PROJECT, text)


_MOVES: list[tuple[str, Callable[[Desk], object]]] = [
    ("the sheet", lambda desk: desk.edit(SHEET, "COGNAC", "JARNAC")),
    ("the sheet, back to what is approved", lambda desk: desk.edit(SHEET, "COGNAC", "ANGOULEME")),
    ("another sheet", lambda desk: desk.edit(OTHER, "ANGOULEME", "COGNAC")),
    ("a memo", lambda desk: desk.edit(SHEET, "ASYMEX", "AUTRE")),
    ("a sheet more", lambda desk: desk.write("structures/x.yaml", desk.read(OTHER).replace(SECOND, "25160278500031"))),
    ("a sheet less", lambda desk: (desk.root / OTHER).unlink()),
    ("an account", lambda desk: desk.edit(ACCOUNT, '"GESTIONNAIRE"', '"DUPONT"')),
    ("another apply", _another_apply),
    ("a level", _decide("regles:\n  CP701: info\n")),
    ("a waiver", _decide(f'derogations: [{{regle: CP108, fiche: "{SIRET}", motif: "x", jusqu_au: "2050-01-01"}}]\n')),
    ("an acceptance", _decide(f'acceptations: [{{regle: CP904, adresse: "{SIRET}", motif: "x", jusqu_au: "2050-01-01"}}]\n')),
    ("a threshold", _decide("seuils: {structures: 1}\n")),
    ("an unreadable sheet", lambda desk: desk.write(OTHER, "a: [")),
    ("no store", lambda desk: shutil.rmtree(desk.root / ".chorus-config")),
    ("a store emptied", lambda desk: (desk.root / STORE).write_bytes(b"")),
    ("another store", _another_store),
]


@pytest.mark.parametrize("move", [row[1] for row in _MOVES], ids=[row[0] for row in _MOVES])
def test_a_stale_plan_is_4_and_told_how_to_go_on(approved: Desk, move: Callable[[Desk], object]) -> None:
    edited(approved)
    move(approved)
    told = unchanged(approved, 4, "apply", "plan.json")
    assert "nothing was approved" in told
    assert "chorus-config plan --out plan.json" in told


def test_another_iban_of_the_same_mask_makes_a_plan_stale(approved: Desk) -> None:
    approved.append(SHEET, BANK)
    approved.save()
    approved.edit(SHEET, "1234567", "1234568")
    unchanged(approved, 4, "apply", "plan.json")


def test_another_iban_of_the_same_mask_makes_a_first_plan_stale(desk: Desk) -> None:
    desk.append(SHEET, BANK)
    desk.save()
    desk.edit(SHEET, "1234567", "1234568")
    unchanged(desk, 4, "apply", "plan.json")


def test_a_first_plan_is_stale_when_any_store_is_found(desk: Desk) -> None:
    desk.save()
    desk.run("apply", "--yes", "--target", "comptes/*")
    unchanged(desk, 4, "apply", "plan.json")


def test_a_named_file_gone_since_makes_a_plan_stale(approved: Desk) -> None:
    edited(approved)
    approved.save(SHEET, ACCOUNT)
    (approved.root / ACCOUNT).unlink()
    unchanged(approved, 4, "apply", "plan.json")


def test_all_sheets_gone_since_makes_a_first_plan_stale(desk: Desk) -> None:
    desk.save()
    for name in (SHEET, OTHER, ACCOUNT):
        (desk.root / name).unlink()
    unchanged(desk, 4, "apply", "plan.json")


def test_a_plan_of_another_version_of_the_rules_is_stale(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(approved)
    monkeypatch.setattr("chorus_config.app.plan.tool", lambda: {"version": "9", "rules": "9"})
    unchanged(approved, 4, "apply", "plan.json")


# A plan that somebody edited.

Edit = Callable[[dict[str, Any]], object]


def put(*path: str | int, value: Any) -> tuple[str, Edit]:
    """Return an edit that sets what a path leads to, and its name."""

    def change(document: Any) -> None:
        for step in path[:-1]:
            document = document[step]
        document[path[-1]] = value

    return f"{'.'.join(map(str, path))}={value!a}", change


def drop(*path: str | int) -> tuple[str, Edit]:
    """Return an edit that removes what a path leads to, and its name."""

    def change(document: Any) -> None:
        for step in path[:-1]:
            document = document[step]
        del document[path[-1]]

    return f"no {'.'.join(map(str, path))}", change


_FIRST = ("changes", 0)
_TOLD = (*_FIRST, "findings", 0)
_EDITS: list[tuple[str, Edit]] = [
    put("format_version", value="2.0"),
    put("type", value="diff"),
    put("type", value="findings"),
    put("tool", "version", value="9.9"),
    put("tool", "rules", value="0"),
    put("desired", "digest", value="0" * 64),
    put("desired", "commit", value="0" * 40),
    put("desired", "dirty", value=True),
    put("before", "source", value="sqlite:///autre"),
    put("before", "taken_at", value="2016-01-01T00:00:00Z"),
    put("before", "lineage", value=None),
    put("before", "lineage", value="0"),
    put("before", "serial", value=0),
    put("before", "serial", value=10**30),
    put("before", "digest", value="0" * 64),
    put("as_of", value="2016-10-02"),
    put("as_of", value="0001-01-01"),
    put("as_of", value="demain"),
    put("options", value={}),
    put("options", "paths", value=[SHEET]),
    put("options", "paths", value=["structures/absent.yaml"]),
    put("options", "paths", value=["../.."]),
    put("options", "paths", value=["\ud800"]),
    put("options", "paths", value=["\0"]),
    put("options", "paths", value=[5]),
    put("options", "paths", value=5),
    put("options", "paths", value=None),
    put("options", "targets", value=[SIRET]),
    put("options", "targets", value=["*"]),
    put("options", "targets", value=["absent"]),
    put("options", "targets", value=[5]),
    put("options", "targets", value=5),
    put("options", "accept", value=[{"rule": "CP901", "address": SIRET, "reason": "x"}]),
    put("options", "accept", value=[{"rule": "CP910", "address": SECOND, "reason": "x"}]),
    put("options", "accept", value=[{"rule": "CP999", "address": "", "reason": ""}]),
    put("options", "accept", value=[{"rule": "CP910", "address": "\ud800", "reason": "x"}]),
    put("options", "accept", value=[5]),
    put("options", "accept", value=None),
    put("options", "expect_structures", value=1),
    put("options", "expect_structures", value=7),
    put("options", "expect_structures", value=-1),
    put("options", "expect_structures", value="1"),
    put("options", "expect_removals", value=0),
    put("options", "expect_removals", value=7),
    put("moves", value=[{"address": SIRET, "before": "a", "after": "b"}]),
    put("decisions", value=[{"what": "regles/CP901", "before": None, "after": "off"}]),
    put("options", "language", value="xx"),
    put("options", "language", value=["en"]),
    put("options", "language", value=None),
    put("changes", value=[]),
    put("changes", value={}),
    drop("changes", 1),
    ("changes reversed", lambda document: document["changes"].reverse()),
    ("a change twice", lambda document: document["changes"].append(document["changes"][0])),
    put(*_FIRST, "address", value=SECOND),
    put(*_FIRST, "address", value=""),
    put(*_FIRST, "address", value=f"{SIRET}/inconnu/x"),
    put(*_FIRST, "op", value="delete"),
    put(*_FIRST, "risk", value="none"),
    put(*_FIRST, "blocked", value=True),
    put(*_FIRST, "blocked", value="non"),
    put(*_FIRST, "source", value=None),
    put(*_FIRST, "source", "path", value=OTHER),
    put(*_FIRST, "source", "line", value=1),
    put(*_FIRST, "fields", value=[]),
    put(*_FIRST, "fields", 0, "path", value="/libelle"),
    put(*_FIRST, "fields", 0, "before", value="x"),
    put(*_FIRST, "fields", 0, "after", value="x"),
    put(*_FIRST, "fields", 0, "after", value=None),
    put(*_FIRST, "fields", 0, "after", value=["COGNAC"]),
    put(*_FIRST, "findings", value=[]),
    put(*_TOLD, "rule", value="CP999"),
    put(*_TOLD, "level", value="info"),
    put(*_TOLD, "message", value="rien"),
    put(*_TOLD, "line", value=1),
    put(*_TOLD, "related", value=[{"path": "x", "line": 1, "column": 1, "message": "x"}]),
    put("findings", value=[]),
    put("findings", 0, "message", value="rien"),
    put("findings", 0, "level", value="info"),
    put("accepted", value=[{"rule": "CP901", "address": SIRET, "reason": "x"}]),
    put("managed", value=1),
    put("summary", "update", value=7),
    put("summary", "blocked", value=7),
    put("applyable", value=False),
    put("reasons", value=["x"]),
    put("digest", value="0" * 64),
    put("digest", value=""),
]
_KEYS = (
    "format_version", "type", "tool", "desired", "before", "as_of", "options", "changes", "findings", "accepted", "managed",
    "summary", "applyable", "reasons", "digest", "moves", "decisions", "names",
)  # fmt: skip


def _alter(desk: Desk, edit: Edit) -> None:
    document = json.loads(desk.read("plan.json"))
    before = json.dumps(document)
    edit(document)
    assert json.dumps(document) != before
    desk.write("plan.json", json.dumps(document, indent=2) + "\n")


@pytest.mark.parametrize("edit", [row[1] for row in _EDITS], ids=[row[0] for row in _EDITS])
def test_an_edited_plan_is_4(approved: Desk, edit: Edit) -> None:
    edited(approved)
    _alter(approved, edit)
    told = unchanged(approved, 4, "apply", "plan.json")
    assert "plan.json" in told
    ended = approved.run("apply", "plan.json", "--format", "json")
    assert (ended.code, ended.json["error"]["exit_code"]) == (4, 4)


_IGNORED = [
    put("format_version", value="1.9"),
    put("autre", value="x"),
    put("tool", "autre", value="0"),
    put("desired", "autre", value="0"),
    put("before", "autre", value="0"),
    put("options", "autre", value="0"),
    put(*_FIRST, "autre", value=1),
    put(*_FIRST, "blocked", value=0),
    put(*_FIRST, "source", "autre", value=1),
    put(*_FIRST, "fields", 0, "autre", value=1),
    put(*_TOLD, "autre", value=1),
    put(*_TOLD, "related", value=[{"path": "x", "line": 1, "column": 1, "message": "x", "autre": 1}]),
]


@pytest.mark.parametrize("edit", [row[1] for row in _IGNORED], ids=[row[0] for row in _IGNORED])
def test_what_readers_ignore_is_ignored_or_refused_never_a_crash(approved: Desk, edit: Edit) -> None:
    edited(approved)
    _alter(approved, edit)
    assert approved.run("apply", "plan.json").code in {0, 4}


def test_the_keys_of_a_plan_are_all_tried(approved: Desk) -> None:
    edited(approved)
    assert sorted(json.loads(approved.read("plan.json"))) == sorted(_KEYS)


@pytest.mark.parametrize("key", _KEYS)
def test_a_plan_without_a_key_or_with_null_is_4(approved: Desk, key: str) -> None:
    edited(approved)
    whole = approved.read("plan.json")
    _alter(approved, drop(key)[1])
    unchanged(approved, 4, "apply", "plan.json")
    approved.write("plan.json", whole)
    _alter(approved, put(key, value=None)[1])
    unchanged(approved, 4, "apply", "plan.json")


def test_a_key_written_twice_is_4(approved: Desk) -> None:
    """What a person reads first must be what is approved."""
    edited(approved)
    approved.edit("plan.json", '"after": "COGNAC"', '"after": "JARNAC", "after": "COGNAC"')
    unchanged(approved, 4, "apply", "plan.json")


# FACTURES_PUBLIQUES stays, whatever is tried.


def _without(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)


def _replaced_by(text: str) -> Callable[[Desk], object]:
    return lambda desk: desk.edit(SHEET, SERVICES, text)


def _decided(text: str) -> Callable[[Desk], object]:
    def trick(desk: Desk) -> None:
        _without(desk)
        desk.append(PROJECT, text)

    return trick


def _private(desk: Desk) -> None:
    _without(desk)
    desk.edit(SHEET, "structure_privee: false", "structure_privee: true")


def _private_first(desk: Desk) -> None:
    desk.edit(SHEET, "structure_privee: false", "structure_privee: true")
    assert desk.run("apply", "--yes").code == 0
    _without(desk)


def _list_first(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, "")
    assert desk.run("apply", "--yes").code == 0
    desk.edit(SHEET, "utilisateurs:\n", WITHOUT + "utilisateurs:\n")


def _list_first_and_private(desk: Desk) -> None:
    _list_first(desk)
    desk.edit(SHEET, "structure_privee: false", "structure_privee: true")


def _not_said_private(desk: Desk) -> None:
    _without(desk)
    desk.edit(SHEET, "  structure_privee: false\n", "")


def _sheet_gone(desk: Desk) -> None:
    (desk.root / SHEET).unlink()


def _file_renamed(desk: Desk) -> None:
    _without(desk)
    (desk.root / SHEET).rename(desk.root / "structures" / "a.yaml")


def _moved_out_of_sight(desk: Desk) -> None:
    (desk.root / SHEET).rename(desk.root / "ailleurs.yaml")


def _globs_narrowed(desk: Desk) -> None:
    desk.append(PROJECT, f'structures: ["{OTHER}"]\n')


def _hidden_behind_a_twin(name: str) -> Callable[[Desk], object]:
    def trick(desk: Desk) -> None:
        desk.write(name, desk.read(SHEET).replace(SERVICES, WITHOUT))

    return trick


def _twice(text: str) -> Callable[[Desk], object]:
    def trick(desk: Desk) -> None:
        desk.edit(SHEET, SERVICES, SERVICES + text)
        desk.append(PROJECT, 'regles:\n  CP403: "off"\n')

    return trick


def _type_changed(desk: Desk) -> None:
    _without(desk)
    desk.edit(SHEET, "type_identifiant: SIRET", "type_identifiant: HORS_UE")


def _changed(old: str, new: str) -> Callable[[Desk], object]:
    return lambda desk: desk.edit(SHEET, old, new)


_FP = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
_WAIVER = '{{regle: {rule}, {key}: "{name}", motif: "essai", jusqu_au: "2050-12-31"}}'
_TRICKS: dict[str, tuple[Callable[[Desk], object], tuple[str, ...]]] = {
    "an edit": (_without, ()),
    "the file by name": (_without, (SHEET,)),
    "a target": (_without, ("--target", SIRET)),
    "a pattern": (_without, ("--target", "2516*")),
    "an earlier day": (_without, ("--as-of", "2012-01-01")),
    "an empty list": (_replaced_by("services: []\n"), ()),
    "CP401 off": (_decided('regles:\n  CP401: "off"\n  CP901: "off"\n'), ()),
    "CP401 info": (_decided("regles:\n  CP401: info\n  CP901: info\n"), ()),
    "waivers": (
        _decided(
            "derogations:\n"
            + "".join(f"  - {_WAIVER.format(rule=rule, key='fiche', name=SIRET)}\n" for rule in ("CP401", "CP901"))
        ),
        (),
    ),
    "acceptances": (
        _decided(
            "acceptations:\n"
            + "".join(
                f"  - {_WAIVER.format(rule=rule, key='adresse', name=name)}\n"
                for rule in ("CP401", "CP901")
                for name in (SIRET, f"{SIRET}/services/FACTURES_PUBLIQUES")
            )
        ),
        (),
    ),
    "a private structure": (_private, ()),
    "a private structure, approved first": (_private_first, ()),
    "nothing said of private": (_not_said_private, ()),
    "the list first": (_list_first, ()),
    "the list first, then private": (_list_first_and_private, ()),
    "the sheet deleted": (_sheet_gone, ()),
    "the file renamed": (_file_renamed, ()),
    "the file moved away": (_moved_out_of_sight, ()),
    "the globs narrowed": (_globs_narrowed, ()),
    "a second sheet before": (_hidden_behind_a_twin("structures/00.yaml"), ()),
    "a second sheet after": (_hidden_behind_a_twin("structures/zz.yaml"), ()),
    "a second sheet, by name": (_hidden_behind_a_twin("structures/zz.yaml"), ("structures/zz.yaml",)),
    "the type of identifiant": (_type_changed, ()),
    "the code renamed": (_changed('"FACTURES_PUBLIQUES"', '"FACTURES_PUBLIQUES_2"'), ()),
    "the code in small letters": (_changed('"FACTURES_PUBLIQUES"', '"factures_publiques"'), ()),
    "the code with a space": (_changed('"FACTURES_PUBLIQUES"', '"FACTURES_PUBLIQUES "'), ()),
    "the code with a Greek letter": (_changed('"FACTURES_PUBLIQUES"', '"F\u0391CTURES_PUBLIQUES"'), ()),
    "inactive": (_changed("    actif: true", "    actif: false"), ()),
    "another label": (_changed("Service des factures publiques", "Service"), ()),
    "an end": (_changed("    actif: true", '    actif: true\n    date_fin: "2050-12-31"'), ()),
    "a commitment": (_changed("    actif: true", "    actif: true\n    engagement_obligatoire: true"), ()),
    "written twice": (_twice(f"{_FP}    actif: false\n"), ()),
    "written twice, ended": (_twice(f'{_FP}    date_fin: "2016-12-31"\n'), ()),
    "the key twice": (lambda desk: desk.append(SHEET, WITHOUT), ()),
}  # fmt: skip


@pytest.mark.parametrize(("trick", "words"), _TRICKS.values(), ids=_TRICKS)
def test_factures_publiques_is_never_removed_or_changed(
    approved: Desk, trick: Callable[[Desk], object], words: tuple[str, ...]
) -> None:
    trick(approved)
    unchanged(approved, 1, "plan", *words)
    targets = words if words[:1] in {("--target",), ("--as-of",)} else ()
    unchanged(approved, 4, "apply", "--yes", *targets)
    approved.save(*words)
    unchanged(approved, 4, "apply", "plan.json")
    unchanged(approved, 4, "apply", "--yes", "plan.json")
    _alter(approved, _forged)
    unchanged(approved, 4, "apply", "--yes", "plan.json")


def _forged(document: dict[str, Any]) -> None:
    """Make a blocked plan look as if nothing stood against it."""
    document["applyable"], document["reasons"], document["findings"] = True, [], []
    document["summary"]["blocked"] = 0
    for change in document["changes"]:
        change["blocked"], change["findings"], change["risk"] = False, [], "none"


@pytest.mark.parametrize(("trick", "words"), _TRICKS.values(), ids=_TRICKS)
def test_nor_by_an_environment_that_selects_ignores_or_says_yes(
    approved: Desk, trick: Callable[[Desk], object], words: tuple[str, ...]
) -> None:
    trick(approved)
    approved.env(YES="1", IGNORE="CP4,CP9", SELECT="CP1", FAIL_LEVEL="error", DETAILED_EXITCODE="1")
    unchanged(approved, 1, "plan", *words)
    unchanged(approved, 4, "apply")


@pytest.mark.parametrize(
    "text",
    [WITHOUT, "services: []\n", SERVICES.replace("true", "false"), SERVICES + f"{_FP}    actif: false\n"],
)
def test_nor_by_a_first_approval(desk: Desk, text: str) -> None:
    desk.edit(SHEET, SERVICES, text)
    desk.append(PROJECT, 'regles:\n  CP403: "off"\n')
    unchanged(desk, 1, "plan")
    unchanged(desk, 4, "apply", "--yes")


@pytest.mark.parametrize(
    "text", ["services: {}\n", "services:\n", 'services: ""\n', SERVICES.replace("FACTURES_", "FACTURES\\u200b_")]
)
def test_a_list_that_cannot_be_understood_removes_nothing(approved: Desk, text: str) -> None:
    approved.edit(SHEET, SERVICES, text)
    assert approved.run("validate").code == 1
    assert not [change for change in approved.plan()["changes"] if change["op"] == "delete"]


def test_a_return_to_what_it_was_is_allowed(approved: Desk, tmp_path: Path) -> None:
    """A store from elsewhere may hold it damaged: the way back is open."""
    with closing(sqlite3.connect(approved.root / STORE)) as base:
        ((body,),) = base.execute("SELECT approved FROM records WHERE root = ?", (SIRET,)).fetchall()
        broken = unpacked(body)
        broken["services"][0] |= {"actif": False, "libelle": "x"}
        base.execute("UPDATE records SET approved = ? WHERE root = ?", (json.dumps(broken), SIRET))
        base.commit()
    changes = approved.plan()["changes"]
    assert [(change["op"], change["address"], change["blocked"]) for change in changes] == [
        ("update", f"{SIRET}/services/FACTURES_PUBLIQUES", False)
    ]
    assert approved.run("apply", "--yes").code == 0


def test_an_error_elsewhere_blocks_no_other_sheet_but_the_plan_as_a_whole(approved: Desk) -> None:
    _without(approved)
    approved.edit(OTHER, "ANGOULEME", "COGNAC")
    unchanged(approved, 4, "apply", "--yes")
    assert approved.run("apply", "--yes", "--target", SECOND).code == 0


# What somebody accepts, and what somebody expects.

ACCEPT = ("--accept", f"CP910:{SECOND}=fusion au 1er janvier")
WRITTEN = f'acceptations: [{{regle: CP910, adresse: "{SECOND}", motif: "fusion", jusqu_au: "2050-01-01"}}]\n'


def _without_second(approved: Desk) -> Desk:
    (approved.root / OTHER).unlink()
    unchanged(approved, 4, "apply", "--yes")
    return approved


def _document(desk: Desk) -> Any:
    return json.loads(rows(desk, "SELECT document FROM history ORDER BY serial DESC LIMIT 1")[0][0])


def test_an_acceptance_of_the_project_applies(approved: Desk) -> None:
    _without_second(approved).append(PROJECT, WRITTEN)
    assert "fusion" in approved.run("plan").out
    assert approved.run("apply", "--yes").code == 0
    assert SECOND not in {root for (root,) in rows(approved, "SELECT root FROM records")}
    assert _document(approved)["accepted"] == [
        {"rule": "CP910", "address": SECOND, "reason": "fusion", "until": "2050-01-01", "origin": "project"}
    ]


@pytest.mark.parametrize(
    "row",
    [
        f'{{regle: CP910, adresse: "{SECOND}", motif: "x", jusqu_au: "2016-09-30"}}',
        f'{{regle: CP910, adresse: "{SECOND}", motif: " ", jusqu_au: "2050-01-01"}}',
        f'{{regle: CP910, adresse: "{SECOND}", jusqu_au: "2050-01-01"}}',
        f'{{regle: CP910, adresse: "{SECOND}", motif: "x"}}',
        f'{{regle: CP910, adresse: "{SIRET}", motif: "x", jusqu_au: "2050-01-01"}}',
        '{regle: CP910, adresse: "*", motif: "x", jusqu_au: "2050-01-01"}',
        f'{{regle: CP904, adresse: "{SECOND}", motif: "x", jusqu_au: "2050-01-01"}}',
    ],
)
def test_no_other_acceptance_does(approved: Desk, row: str) -> None:
    _without_second(approved).append(PROJECT, f"acceptations: [{row}]\n")
    unchanged(approved, 4, "apply", "--yes")


def test_an_acceptance_for_one_plan_applies(approved: Desk) -> None:
    _without_second(approved)
    assert approved.run("plan", *ACCEPT).code == 0
    ended = approved.run("apply", "--yes", *ACCEPT)
    assert ended.code == 0, ended.err
    (accepted,) = _document(approved)["accepted"]
    assert (accepted["reason"], accepted["origin"], accepted["until"]) == ("fusion au 1er janvier", "option", None)


def test_a_saved_plan_carries_what_was_accepted(approved: Desk) -> None:
    _without_second(approved).save(*ACCEPT)
    for words in (ACCEPT, ("--expect-structures", "1"), ("--expect-removals", "0"), ("--expect-removals", "1")):
        told = unchanged(approved, 64, "apply", "plan.json", "--yes", *words)
        assert words[0] in told
    assert approved.run("apply", "plan.json").code == 0
    assert [row["reason"] for row in _document(approved)["accepted"]] == ["fusion au 1er janvier"]


def test_by_the_environment(approved: Desk) -> None:
    _without_second(approved).env(ACCEPT=f"CP904:x=y\nCP910:{SECOND}=fusion au 1er janvier", EXPECT_REMOVALS="1")
    assert approved.plan()["options"]["accept"][1]["reason"] == "fusion au 1er janvier"
    assert approved.run("apply", "--yes").code == 0


def test_a_saved_plan_is_not_helped_by_an_acceptance_slipped_in(approved: Desk) -> None:
    _without_second(approved).save()
    accepted = {"rule": "CP910", "address": SECOND, "reason": "x", "until": None, "origin": "option"}
    whole = approved.read("plan.json")
    for edit in (put("options", "accept", value=[accepted])[1], put("accepted", value=[accepted])[1]):
        approved.write("plan.json", whole)
        _alter(approved, edit)
        unchanged(approved, 4, "apply", "plan.json", "--yes")
        _alter(approved, _forged)
        unchanged(approved, 4, "apply", "plan.json", "--yes")


@pytest.mark.parametrize("rule", ["CP901", "CP902", "CP401", "CP001", "CP011", "CP920", "cp901"])
@pytest.mark.parametrize("address", [SIRET, f"{SIRET}/services/FACTURES_PUBLIQUES"])
def test_what_can_never_be_accepted_is_64(approved: Desk, rule: str, address: str) -> None:
    _without(approved)
    assert rule.upper() in unchanged(approved, 64, "apply", "--yes", "--accept", f"{rule}:{address}=x")
    assert rule.upper() in unchanged(approved, 64, "plan", "--accept", f"{rule}:{address}=x")


def test_nor_slipped_into_a_saved_plan(approved: Desk) -> None:
    _without(approved)
    approved.save()
    address = f"{SIRET}/services/FACTURES_PUBLIQUES"
    accepted = [{"rule": "CP901", "address": address, "reason": "x", "until": None, "origin": "option"}]
    _alter(approved, put("options", "accept", value=accepted)[1])
    unchanged(approved, 4, "apply", "plan.json", "--yes")
    _alter(approved, put("accepted", value=accepted)[1])
    _alter(approved, _forged)
    unchanged(approved, 4, "apply", "plan.json", "--yes")


def test_an_accepted_deletion_takes_factures_publiques_along_and_says_so(approved: Desk) -> None:
    """A sheet accepted as gone is no longer managed; nothing of it is planned for the portal but that."""
    (approved.root / OTHER).unlink()
    assert [(row["op"], row["address"]) for row in approved.plan(*ACCEPT)["changes"]] == [("delete", SECOND)]


def _threshold(approved: Desk) -> Desk:
    approved.append(PROJECT, "seuils: {structures: 1, suppressions: 0}\n")
    for name in (SHEET, OTHER):
        approved.edit(name, "ANGOULEME", "COGNAC")
    (approved.root / ACCOUNT).unlink()
    return approved


def test_over_a_threshold_is_4_until_the_counts_are_named(approved: Desk) -> None:
    _threshold(approved)
    told = unchanged(approved, 4, "apply", "--yes")
    assert "at most 1" in told
    assert "at most 0" in told
    for words in (("2", "0"), ("3", "1"), ("1", "1"), ("0", "0")):
        unchanged(approved, 4, "apply", "--yes", "--expect-structures", words[0], "--expect-removals", words[1])
    unchanged(approved, 4, "apply", "--yes", "--expect-structures", "2")
    assert approved.run("apply", "--yes", "--expect-structures", "2", "--expect-removals", "1").code == 0
    assert _document(approved)["options"]["expect_structures"] == 2


def test_a_saved_plan_carries_the_counts(approved: Desk) -> None:
    _threshold(approved).save()
    unchanged(approved, 4, "apply", "plan.json")
    whole = approved.read("plan.json")
    _alter(approved, put("options", "expect_structures", value=2)[1])
    _alter(approved, put("options", "expect_removals", value=1)[1])
    unchanged(approved, 4, "apply", "plan.json")
    approved.write("plan.json", whole)
    approved.save("--expect-structures", "2", "--expect-removals", "1")
    assert approved.run("apply", "plan.json").code == 0


def test_first_records_are_no_updates(desk: Desk) -> None:
    desk.append(PROJECT, "seuils: {structures: 0, suppressions: 0}\n")
    assert desk.run("apply", "--yes").code == 0


def test_a_held_store_is_75_and_nothing_is_approved(approved: Desk) -> None:
    from chorus_config.i18n.translator import translator_for
    from chorus_config.store.store import Store

    edited(approved)
    with Store(f"sqlite:///{STORE}", approved.root, translator_for("en")).locked("Bob", 0):
        for words in (("plan.json",), ("--yes",)):
            ended = approved.run("apply", *words, "--lock-timeout", "0")
            assert ended.code == 75
            assert "held by Bob" in ended.err
    assert rows(approved, "SELECT serial FROM history") == [(1,)]


def test_a_store_that_is_written_while_somebody_thinks_is_4(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is approved is what was shown; it was planned on a state that is no more."""

    def think(_question: str) -> bool:
        assert spawn(approved.root, "confirm", "--all").returncode == 0
        return True

    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    monkeypatch.setattr("chorus_config.cli.apply.agreed", think)
    ended = approved.run("apply")
    assert (ended.code, "the store changed since the plan was made" in ended.err) == (4, True)
    assert rows(approved, "SELECT event FROM history ORDER BY serial") == [("apply",), ("confirm",)]


def test_the_history_names_the_commit_it_was_approved_from(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the one it was planned on: git may have moved on, with the same sheets."""
    edited(approved)
    monkeypatch.setattr("chorus_config.app.apply.commit_of", lambda _root, _files: ("c" * 40, False))
    assert approved.run("apply", "plan.json").code == 0
    assert rows(approved, 'SELECT "commit" FROM history ORDER BY serial') == [(None,), ("c" * 40,)]


def test_a_plan_that_starts_from_what_the_portal_says_is_told_what_takes_that_over(approved: Desk) -> None:
    edited(approved)
    _alter(approved, lambda document: document["before"].update(source="releve.json", lineage=None))
    assert "chorus-config observe releve.json --record" in unchanged(approved, 4, "apply", "plan.json")


def test_a_plan_saved_with_changes_that_are_in_no_commit_is_applied(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chorus_config.app.plan.commit_of", lambda _root, _files: ("c" * 40, True))
    edited(approved)
    assert json.loads(approved.read("plan.json"))["desired"]["dirty"] is True
    assert approved.run("apply", "plan.json").code == 0


def test_a_plan_saved_in_another_language_is_applied_and_told_in_it(approved: Desk) -> None:
    edited(approved).save("--lang", "fr")
    ended = approved.run("apply", "plan.json")
    assert (ended.code, ended.err) == (0, "")
    assert "Approuvé" in ended.out


def test_a_note_of_what_the_portal_shows_of_factures_publiques_is_only_checked_and_never_changed(approved: Desk) -> None:
    note = '    actif: true\n    description: "Service du portail"\n    date_debut: "2016-07-13"\n'
    approved.edit(SHEET, "    actif: true\n", note)
    (change,) = approved.plan()["changes"]
    assert (change["address"], change["op"]) == (f"{SIRET}/services/FACTURES_PUBLIQUES", "update")
    assert (change["blocked"], change["findings"]) == (False, [])
    assert approved.run("apply", "--yes").code == 0
    told = approved.run("worksheet").out
    assert "To check: Service FACTURES_PUBLIQUES" in told
    assert "where anything else differs, correct the sheet" in told
    approved.edit(SHEET, "Service du portail", "Autre chose")
    approved.edit(SHEET, "2016-07-13", "2016-07-14")
    (change,) = approved.plan()["changes"]
    assert (change["blocked"], [one["rule"] for one in change["findings"]]) == (True, ["CP901"])
