"""`plan`: what would change, exactly, and nothing written."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

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
    WITHOUT,
    Desk,
    conforms,
)


def addresses(plan: object) -> list[tuple[str, str]]:
    """Return op and address of each change."""
    assert isinstance(plan, dict)
    return [(change["op"], change["address"]) for change in plan["changes"]]


def test_writes_nothing(approved: Desk) -> None:
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    before = approved.listing()
    for words in ((), ("--format", "json"), ("--detailed-exitcode",), ("--target", SIRET), (SHEET,)):
        approved.run("plan", *words)
    assert approved.listing() == before


def test_writes_nothing_before_the_first_approval(desk: Desk) -> None:
    before = desk.listing()
    desk.run("plan")
    assert desk.listing() == before


def test_the_same_input_gives_the_same_bytes(approved: Desk) -> None:
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.append(SHEET, BANK)
    first = approved.save(name="un.json").read_bytes()
    assert approved.save(name="deux.json").read_bytes() == first
    approved.run("plan", "--format", "json:trois.json")
    assert approved.read("trois.json").encode() == first
    assert approved.run("plan", "--format", "json").out.encode() == first


def test_the_same_bytes_wherever_it_was_started(approved: Desk) -> None:
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    here = approved.run("plan", "--format", "json", SHEET).out
    assert approved.run("plan", "--format", "json", f"{SIRET}.yaml", at=approved.root / "structures").out == here
    assert approved.run("-C", "sditec", "plan", "--format", "json", SHEET, at=approved.root.parent).out == here


def test_a_saved_plan_is_for_its_owner_only(desk: Desk) -> None:
    assert stat.S_IMODE(desk.save().stat().st_mode) == 0o600


def test_out_replaces_a_file_whole(desk: Desk) -> None:
    desk.write("plan.json", "x" * 1_000_000)
    conforms("plan", json.loads(desk.save().read_text(encoding="utf-8")))


def test_a_blocked_plan_can_be_saved_and_exits_1(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    ended = desk.run("plan", "--out", "plan.json", "--detailed-exitcode")
    assert ended.code == 1
    document = json.loads(desk.read("plan.json"))
    conforms("plan", document)
    assert document["applyable"] is False
    assert document["summary"]["blocked"] > 0


def test_an_error_blocks_its_own_sheet_only(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, WITHOUT)
    blocked = {change["address"].split("/")[0]: change["blocked"] for change in desk.plan()["changes"]}
    assert blocked == {SIRET: True, SECOND: False, "comptes": False}


def test_target_narrows(desk: Desk) -> None:
    assert {address.split("/")[0] for _op, address in addresses(desk.plan("--target", SECOND))} == {SECOND}
    assert {address.split("/")[0] for _op, address in addresses(desk.plan("--target", "*23"))} == {SECOND}
    both = desk.plan("--target", SECOND, "--target", "comptes/*")
    assert {address.split("/")[0] for _op, address in addresses(both)} == {SECOND, "comptes"}
    assert both["options"]["targets"] == [SECOND, "comptes/*"]
    assert SECOND in desk.run("plan", "--target", SECOND).out.splitlines()[-1]


def test_target_by_the_environment(desk: Desk) -> None:
    desk.env(TARGET=SECOND)
    assert desk.plan() == desk.plan("--target", SECOND)


def test_paths_narrow(desk: Desk) -> None:
    assert {address.split("/")[0] for _op, address in addresses(desk.plan(OTHER))} == {SECOND}
    assert {address for _op, address in addresses(desk.plan("comptes"))} == {
        "comptes/comptabilite-sditec",
        "comptes/gestionnaire-sditec",
    }
    assert desk.plan(OTHER)["options"]["paths"] == [OTHER]


def test_a_target_that_is_nowhere_is_66(approved: Desk) -> None:
    ended = approved.run("plan", "--target", "00000000000000")
    assert ended.code == 66
    assert "00000000000000" in ended.err


def test_a_deleted_sheet_is_one_blocked_delete(approved: Desk) -> None:
    (approved.root / OTHER).unlink()
    plan = approved.plan()
    assert addresses(plan) == [("delete", SECOND)]
    change = plan["changes"][0]
    assert (change["source"], change["risk"], change["blocked"]) == (None, "high", True)
    assert [finding["rule"] for finding in change["findings"]] == ["CP910"]
    assert approved.run("plan").code == 1


@pytest.mark.parametrize("words", [(SHEET,), ("structures",), ("--target", SIRET), ("--target", "*")])
def test_absence_is_judged_only_on_the_whole(approved: Desk, words: tuple[str, ...]) -> None:
    (approved.root / OTHER).unlink()
    assert approved.plan(*words)["changes"] == []
    assert approved.run("plan", *words).code == 0


def test_absence_is_not_judged_while_a_file_cannot_be_read(approved: Desk) -> None:
    (approved.root / OTHER).unlink()
    approved.write(SHEET, "a: [")
    plan = approved.plan()
    assert (plan["changes"], plan["applyable"]) == ([], False)


def test_a_deleted_account_is_a_delete(approved: Desk) -> None:
    (approved.root / ACCOUNT).unlink()
    assert addresses(approved.plan()) == [("delete", "comptes/gestionnaire-sditec")]


def test_all_sheets_gone_is_a_plan_not_no_input(approved: Desk) -> None:
    shutil.rmtree(approved.root / "structures")
    shutil.rmtree(approved.root / "comptes")
    assert approved.run("plan").code == 1
    assert len(approved.plan()["changes"]) == 4


def test_replaced_by_another_sheet(approved: Desk) -> None:
    text = approved.read(OTHER).replace(SECOND, "25160278500031")
    (approved.root / OTHER).unlink()
    approved.write(
        "structures/25160278500031.yaml",
        text + f'remplace: {{identifiant: "{SECOND}", le: "2016-09-01", motif: "transfert du siège"}}\n',
    )
    plan = approved.plan()
    assert plan["applyable"], plan["reasons"]
    assert ("delete", SECOND) in addresses(plan)
    assert ("create", "25160278500031") in addresses(plan)


def test_an_identifiant_changed_in_place_is_refused(approved: Desk) -> None:
    approved.edit(OTHER, SECOND, "25160278500031")
    plan = approved.plan()
    assert "CP902" in {finding["rule"] for change in plan["changes"] for finding in change["findings"]}
    assert approved.run("plan", "--target", "25160278500031").code == 1
    assert approved.run("plan", OTHER).code == 1


@pytest.mark.parametrize(
    "decision",
    [
        'regles:\n  CP902: "off"\n  CP910: "off"\n',
        'acceptations:\n  - {regle: CP902, adresse: "25160278500031", motif: "x", jusqu_au: "2050-01-01"}\n',
        'derogations:\n  - {regle: CP902, fiche: "25160278500031", motif: "x", jusqu_au: "2050-01-01"}\n',
    ],
)
def test_no_decision_lets_an_identifiant_change_in_place(approved: Desk, decision: str) -> None:
    approved.edit(OTHER, SECOND, "25160278500031")
    approved.append(PROJECT, decision)
    before = approved.listing()
    assert approved.run("plan").code == 1
    assert approved.run("apply", "--yes").code == 4
    assert approved.listing() == before


def test_a_type_of_identifiant_changed_in_place_is_refused(approved: Desk) -> None:
    approved.edit(OTHER, "type_identifiant: SIRET", "type_identifiant: AUTRE")
    # CP103 stands against the type itself: what merely follows from it is not told.
    made = approved.plan()
    assert [finding["rule"] for finding in made["findings"] if finding["level"] == "error"] == ["CP103"]
    assert (made["changes"], made["applyable"]) == ([], False)
    approved.edit(OTHER, "structure_privee: false", "structure_privee: true")
    approved.edit(OTHER, SERVICES, "")
    rules = {finding["rule"] for change in approved.plan()["changes"] for finding in change["findings"]}
    assert "CP902" in rules


def test_a_change_says_what_where_and_why(approved: Desk) -> None:
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC 16"')
    text = approved.run("plan").out
    assert f"{SIRET}  SDITEC 16   {SHEET}" in text
    assert "~ Structure" in text
    assert '(libelle): "SDITEC" → "SDITEC 16"' in text
    assert "Plan: 1 to change;" in text


def test_a_switch_and_its_absence(approved: Desk) -> None:
    approved.edit(SHEET, "reception_donnees_edi: false", "reception_donnees_edi: true")
    approved.edit(SHEET, "  structure_avec_moa: false\n", "  structure_avec_moa: false\n  moa_uniquement: false\n")
    fields = approved.plan()["changes"][0]["fields"]
    assert fields == [
        {"path": "/parametres/reception_donnees_edi", "before": False, "after": True},
        {"path": "/parametres/moa_uniquement", "before": None, "after": False},
    ]
    assert "no → yes" in approved.run("plan").out
    assert "not reported → no" in approved.run("plan").out


def test_a_removed_entry_of_a_list(approved: Desk) -> None:
    approved.edit(SHEET, '  - ref: "comptabilite-sditec"\n    role: GESTIONNAIRE_SECONDAIRE\n', "")
    change = approved.plan()["changes"][0]
    assert (change["op"], change["address"]) == ("delete", f"{SIRET}/utilisateurs/comptabilite-sditec")
    assert change["fields"][1] == {"path": "/role", "before": "GESTIONNAIRE_SECONDAIRE", "after": None}
    assert change["source"]["path"] == SHEET


def test_keys_with_slashes_and_accents_are_addresses(approved: Desk) -> None:
    approved.edit(SHEET, SERVICES, SERVICES + '  - {code: "A/B/é~", libelle: "x"}\n')
    assert addresses(approved.plan()) == [("create", f"{SIRET}/services/A/B/é~")]
    approved.save()
    assert approved.run("show", "plan.json").out == approved.run("plan").out
    assert approved.run("apply", "plan.json").code == 0


def test_values_cannot_act_on_the_terminal(approved: Desk) -> None:
    approved.edit(SHEET, '"ANGOULEME"', '"\\e[31mROUGE\\u202e"')
    approved.edit(SHEET, SERVICES, SERVICES + '  - {code: "A\\eB\\n+ Structure", libelle: "x"}\n')
    for words in (("plan",), ("plan", "--format", "json"), ("validate",)):
        ended = approved.run(*words)
        assert "\x1b" not in ended.out + ended.err
        assert "\u202e" not in ended.out + ended.err
        assert "\n+ Structure" not in ended.out


def test_the_same_change_on_many_structures_is_told_once(desk: Desk) -> None:
    text = desk.read(OTHER)
    siren = SECOND[:9]
    names = [f"{siren}{number:05d}" for number in (31, 49, 56, 64)]
    for name in names:
        desk.write(f"structures/{name}.yaml", text.replace(SECOND, name))
    assert desk.run("apply", "--yes").code == 0
    for name in names:
        desk.edit(f"structures/{name}.yaml", "ANGOULEME", "COGNAC")
    out = desk.run("plan").out
    assert out.count("COGNAC") == 1
    assert "same change on 4 structures" in out
    assert all(name in out for name in names)
    assert len(desk.plan()["changes"]) == 4


def test_ci_without_a_store_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.run("plan").err == ""
    monkeypatch.setenv("CI", "true")
    ended = desk.run("plan")
    assert (ended.code, "no store found" in ended.err) == (0, True)
    assert desk.run("plan", "--quiet").err == ""


def test_as_of_is_in_the_plan(desk: Desk) -> None:
    assert desk.plan()["as_of"] == "2016-10-01"
    assert desk.plan("--as-of", "2023-02-21")["as_of"] == "2023-02-21"


def test_the_commit_is_in_the_plan(approved: Desk) -> None:
    def git(*words: str) -> str:
        named = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        return subprocess.run(["git", *named, *words], cwd=approved.root, check=True, capture_output=True, text=True).stdout

    git("init", "--quiet")
    git("add", "structures", "comptes", PROJECT)
    git("commit", "--quiet", "--message", "fiches")
    desired = approved.plan()["desired"]
    assert (desired["commit"], desired["dirty"]) == (git("rev-parse", "HEAD").strip(), False)
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    assert approved.plan()["desired"]["dirty"] is True


def _shown(desk: Desk) -> str:
    runs = [
        desk.run(*words)
        for words in (
            ("validate",),
            ("validate", "--format", "json"),
            ("validate", "--format", "concise"),
            ("plan",),
            ("plan", "--format", "json"),
            ("plan", "--out", "plan.json"),
            ("show", "plan.json"),
        )
    ]
    return "".join(run.out + run.err for run in runs) + desk.read("plan.json")


def _gives_away(text: str, value: str = IBAN) -> bool:
    middle = value[4:-4]
    return any(middle[at : at + 6] in text.replace(" ", "") for at in range(0, len(middle) - 5, 3))


def test_an_iban_is_masked_in_a_creation(desk: Desk) -> None:
    desk.append(SHEET, BANK)
    shown = _shown(desk)
    assert not _gives_away(shown)
    assert "AGRIFRPPXXX" not in shown
    assert "FR76 **** 0189" in shown


def test_an_iban_is_masked_in_an_update_a_removal_and_a_forgotten_sheet(approved: Desk) -> None:
    approved.append(SHEET, BANK)
    assert approved.run("apply", "--yes").code == 0
    changed = IBAN.replace("1234567", "1234568")
    approved.edit(SHEET, IBAN, changed)
    shown = _shown(approved)
    assert not _gives_away(shown)
    assert not _gives_away(shown, changed)
    assert "the hidden part differs" in approved.run("plan").out
    approved.edit(SHEET, BANK.replace(IBAN, changed), "coordonnees_bancaires: []\n")
    assert not _gives_away(_shown(approved))
    (approved.root / SHEET).unlink()
    assert not _gives_away(_shown(approved))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f'iban: "{IBAN}"', f"iban: [{IBAN}]"),
        (f'iban: "{IBAN}"', f'iban: {{numero: "{IBAN}"}}'),
        (f'iban: "{IBAN}"', f"iban: {IBAN[2:]}"),
        (f'iban: "{IBAN}"', f'iban: "{IBAN}\\u200b"'),
        (f'iban: "{IBAN}"', f'iban: "{IBAN}'),
        (f'iban: "{IBAN}"', f'iban: "{IBAN}"\n    iban: "{IBAN}"'),
        (f'iban: "{IBAN}"', f"iban: &{IBAN} x"),
        (f'iban: "{IBAN}"', f"iban: *{IBAN}"),
        (f'iban: "{IBAN}"', f"iban: !{IBAN} x"),
        (f'iban: "{IBAN}"', f"{IBAN}"),
        ('bic: "AGRIFRPPXXX"', f'bic: "{IBAN}"'),
    ],
)
def test_an_iban_in_a_faulty_file_is_not_repeated(desk: Desk, old: str, new: str) -> None:
    desk.append(SHEET, BANK.replace(old, new))
    assert not _gives_away(_shown(desk))


def test_a_named_folder_outside_the_project_does_not_enter_the_plan(approved: Desk) -> None:
    outside = approved.root.parent / "ailleurs"
    outside.mkdir()
    (outside / "x.yaml").write_bytes((approved.root / SHEET).read_bytes())
    assert approved.run("plan", "structures", "../ailleurs").code in {0, 1, 64, 66}


def test_a_missing_name_among_good_ones_is_66(approved: Desk) -> None:
    assert approved.run("plan", SHEET, "structures/absent.yaml").code == 66


def test_out_and_format_to_the_same_folder_leave_no_temporary_file(desk: Desk) -> None:
    desk.run("plan", "--out", "plan.json", "--format", "text:plan.txt")
    names = {name for name in os.listdir(desk.root) if "plan" in name}  # noqa: PTH208 - dot files too
    assert names == {"plan.json", "plan.txt"}
    assert Path(desk.root / "plan.txt").read_text(encoding="utf-8").startswith("Plan: ")


# What is accepted and expected.


def test_an_accepted_error_is_told_and_does_not_block(approved: Desk) -> None:
    (approved.root / OTHER).unlink()
    plan = approved.plan("--accept", f"CP910:{SECOND}=fusion = transfert")
    accepted = {"rule": "CP910", "address": SECOND, "reason": "fusion = transfert", "until": None, "origin": "option"}
    assert plan["accepted"] == plan["options"]["accept"] == [accepted]
    assert (plan["applyable"], plan["summary"]["blocked"], plan["changes"][0]["blocked"]) == (True, 0, False)
    assert [finding["rule"] for finding in plan["changes"][0]["findings"]] == ["CP910"]
    ended = approved.run("plan", "--accept", f"CP910:{SECOND}=fusion = transfert", "--detailed-exitcode")
    assert (ended.code, "fusion = transfert" in ended.out) == (2, True)


def test_an_acceptance_of_another_address_changes_nothing(approved: Desk) -> None:
    (approved.root / OTHER).unlink()
    plan = approved.plan("--accept", f"CP910:{SIRET}=x")
    assert (plan["accepted"], plan["applyable"]) == ([], False)


def test_the_plan_s_own_acceptance_outdoes_the_project_s(approved: Desk) -> None:
    (approved.root / OTHER).unlink()
    approved.append(PROJECT, f'acceptations: [{{regle: CP910, adresse: "{SECOND}", motif: "y", jusqu_au: "2050-01-01"}}]\n')
    assert [row["reason"] for row in approved.plan()["accepted"]] == ["y"]
    assert [row["reason"] for row in approved.plan("--accept", f"CP910:{SECOND}=x")["accepted"]] == ["x"]


@pytest.mark.parametrize(
    "word", ["", "x", "CP910", "CP910:x", "CP910:x=", "CP910:x= ", "CP910:=x", ":x=y", "CP910=x:y", "CP999:x=y"]
)
def test_an_acceptance_that_is_none_is_64(desk: Desk, word: str) -> None:
    before = desk.listing()
    for command in (("plan",), ("apply", "--yes")):
        ended = desk.run(*command, "--accept", word)
        assert (ended.code, ended.out, "--accept" in ended.err) == (64, "", True)
    assert desk.listing() == before


def test_an_acceptance_cannot_act_on_the_terminal(approved: Desk) -> None:
    (approved.root / OTHER).unlink()
    for word in ("CP999\x1b[31m:x=y", "\x1b[31m", f"CP910:{SECOND}=\x1b[31mrouge\u202e"):
        ended = approved.run("plan", "--accept", word)
        assert "\x1b" not in ended.out + ended.err
        assert "\u202e" not in ended.out + ended.err


@pytest.mark.parametrize("words", [("--expect-structures", "-1"), ("--expect-removals", "x"), ("--expect-structures", "1.5")])
def test_a_count_that_is_none_is_64(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.run("plan", *words).code == 64


def test_over_a_threshold(approved: Desk) -> None:
    approved.append(PROJECT, "seuils: {structures: 1}\n")
    for name in (SHEET, OTHER):
        approved.edit(name, "ANGOULEME", "COGNAC")
    plan = approved.plan()
    (finding,) = [one for one in plan["findings"] if one["rule"] == "CP920"]
    assert (finding["level"], finding["path"], plan["applyable"]) == ("error", PROJECT, False)
    assert plan["reasons"] == [finding["message"]]
    assert "--expect-structures 2 --expect-removals 0" in finding["help"]
    assert approved.run("plan").code == 1
    assert approved.run("plan", "--expect-structures", "2", "--detailed-exitcode").code == 2
    assert approved.run("plan", "--target", SIRET).code == 0
    assert approved.plan("--expect-structures", "2")["options"]["expect_structures"] == 2


def test_an_expected_count_is_that_of_all_structures_that_the_plan_touches(desk: Desk) -> None:
    assert desk.run("plan", "--expect-structures", "2").code == 0
    ended = desk.run("plan", "--expect-structures", "1")
    assert (ended.code, "Structures that the plan changes: 2; 1 are expected" in ended.out) == (1, True)


@pytest.mark.parametrize("word", ["CP905:99999999999999=x", f"CP905:{SIRET}/utilisateurs/absent=x"])
def test_an_acceptance_that_no_change_needs_is_told(approved: Desk, word: str) -> None:
    for more in ((), ("--target", SIRET)):
        (finding,) = [one for one in approved.plan("--accept", word, *more)["findings"] if one["rule"] == "CP013"]
        assert (finding["level"], finding["path"]) == ("info", PROJECT)
        assert finding["message"] == f"No change here needs `--accept {word.partition('=')[0]}=…`"
    assert approved.run("plan", "--accept", word).code == 0


def test_targets_and_paths_that_name_nothing_are_told(approved: Desk) -> None:
    assert approved.run("plan", "--target", "absent").code == 66
    ended = approved.run("plan", "--target", SIRET, "--target", "absent")
    assert (ended.code, ended.err) == (0, "note: no sheet and no known structure matches absent\n")
    (approved.root / "docs").mkdir()
    ended = approved.run("plan", "docs")
    assert (ended.code, "no sheet found in docs" in ended.err) == (66, True)


def test_a_wrong_count_is_told_below_the_threshold_too(approved: Desk) -> None:
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    assert approved.run("plan", "--expect-structures", "1", "--expect-removals", "0").code == 0
    assert approved.run("plan", "--expect-structures", "2").code == 1
    assert approved.run("plan", "--expect-removals", "1").code == 1


def test_a_user_added_on_the_old_portal_is_accepted_by_address(approved: Desk) -> None:
    user = '  - ref: "comptabilite-sditec"\n'
    approved.edit(SHEET, user, f'  - ref: "dgs"\n    role: UTILISATEUR_SIMPLE\n{user}')
    plan = approved.plan()
    assert ("CP904", "error") in {(row["rule"], row["level"]) for row in plan["changes"][0]["findings"]}
    assert not plan["applyable"]
    assert not approved.plan("--accept", f"CP904:{SIRET}=x")["applyable"]
    assert approved.plan("--accept", f"CP904:{SIRET}/utilisateurs/dgs=rattaché le 3/11")["applyable"]
    assert approved.plan("--as-of", "2023-03-01")["applyable"], "a warning since 2023"


def test_against_nothing_is_not_against_the_store(approved: Desk) -> None:
    ended = approved.run("plan", "--against", "", "--detailed-exitcode")
    assert (ended.code, ended.out) == (64, "")
    assert "--against" in ended.err
    # An empty variable is one that is not set.
    approved.env(AGAINST="")
    assert approved.run("plan").code == 0
