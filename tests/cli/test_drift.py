"""`drift`: what the portal says beside what is approved."""

from __future__ import annotations

from typing import Any

import pytest

from .desk import IBAN, SECOND, SHEET, SIRET, Desk, conforms
from .portal import NAME, PUBLIC, general, snapshot


def drifted(desk: Desk, *words: str) -> Any:
    """Return the document of a comparison."""
    document = desk.run("drift", "--against", NAME, "--format", "json", *words).json
    conforms("drift", document)
    return document


def situations(document: Any) -> dict[str, str]:
    """Return the situation of each field by address and path."""
    return {f"{one['address']}#{row['path']}": row["situation"] for one in document["resources"] for row in one["fields"]}


def test_a_store_is_needed(desk: Desk) -> None:
    snapshot(desk, general())
    ended = desk.run("drift", "--against", NAME)
    assert (ended.code, ended.out) == (66, "")
    assert "chorus-config apply" in ended.err


def test_a_source_is_needed(approved: Desk) -> None:
    assert approved.run("drift").code == 64
    assert approved.run("drift", "--against", "absent.json").code == 66
    assert approved.run("drift", "--against", ".").code == 64
    snapshot(approved, general())
    approved.env(AGAINST=NAME)
    assert approved.run("drift").code == 0


def test_failure_is_a_document_too(approved: Desk) -> None:
    ended = approved.run("drift", "--against", "absent.json", "--format", "json")
    conforms("drift", ended.json)
    assert ended.json["error"]["exit_code"] == 66


def test_seen_conflict_and_not_reported(approved: Desk) -> None:
    snapshot(approved, general("Autre", statut="INACTIF"))
    found = drifted(approved, "--target", SIRET)
    assert situations(found) == {
        f"{SIRET}#/identifiant": "seen", f"{SIRET}#/libelle": "conflict", f"{SIRET}#/statut": "seen",
    }  # fmt: skip
    assert found["summary"]["not_reported"] > 10
    text = approved.run("drift", "--against", NAME, "--target", SIRET).out
    assert 'Libellé de la structure (libelle): "Autre" on the portal; approved: "SDITEC"; last confirmed: not known' in text
    assert f"chorus-config import {NAME} --target {SIRET}" in text
    assert f"chorus-config observe {NAME} --record" in text


def test_after_recording_moves_are_seen_and_then_there_is_none(approved: Desk) -> None:
    snapshot(
        approved, {**general(statut="INACTIF"), "services": [PUBLIC, {"code": "ST-TECH", "libelle": "Services techniques"}]}
    )
    assert approved.run("observe", NAME, "--record", "--yes").code == 0
    assert drifted(approved, "--target", SIRET)["resources"] == []
    assert approved.run("drift", "--against", NAME, "--target", SIRET, "--detailed-exitcode").code == 0
    assert "No drift" in approved.run("drift", "--against", NAME, "--target", SIRET).out
    # Somebody changes two fields by hand on the portal, where one waits to be entered, and removes the service as asked.
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC 16"')
    assert approved.run("apply", "--yes").code == 0
    snapshot(approved, {**general("Autre", statut="ACTIF"), "services": [PUBLIC]})
    assert drifted(approved, "--target", SIRET)["summary"]["conflict"] == 1
    assert drifted(approved, "--target", SIRET)["summary"]["moved"] == 1
    assert drifted(approved, "--target", SIRET)["summary"]["seen"] == 1
    assert approved.run("confirm", "--all").code == 0
    assert drifted(approved, "--target", SIRET)["summary"]["moved"] == 2
    assert approved.run("drift", "--against", NAME, "--target", SIRET, "--detailed-exitcode").code == 2
    assert approved.run("drift", "--against", NAME, "--target", SIRET).code == 0


def test_what_confirm_dropped_is_recorded_and_can_be_wanted_again(approved: Desk) -> None:
    assert approved.run("confirm", "--all").code == 0
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC 16"')
    assert approved.run("apply", "--yes").code == 0
    snapshot(approved, general("SDITEC"), taken_at="2999-01-01T00:00:00Z")
    (one,) = drifted(approved, "--target", SIRET)["resources"][0]["fields"]
    assert (one["situation"], one["operation_open"], one["do"]) == ("to_enter", True, "enter")
    assert approved.run("confirm", stdin="d\nno longer\n").code == 0
    (one,) = drifted(approved, "--target", SIRET)["resources"][0]["fields"]
    assert (one["situation"], one["operation_open"], one["do"]) == ("to_enter", False, "decide")
    # The advice holds: once recorded, there is no drift, and the sheet asks for it anew.
    assert approved.run("observe", NAME, "--record", "--yes").code == 0
    assert drifted(approved, "--target", SIRET)["resources"] == []
    assert approved.plan()["summary"]["update"] == 1
    assert approved.run("apply", "--yes").code == 0
    assert "SDITEC 16" in approved.run("worksheet").out


def test_unknown_and_unmanaged_structures_are_told(approved: Desk) -> None:
    snapshot(approved, general(), ("99999999900000", {}))
    found = drifted(approved)
    assert (found["unknown"], found["unmanaged"]) == ([SECOND], ["99999999900000"])
    text = approved.run("drift", "--against", NAME).out
    assert "it is asked of the comptable public" in text
    assert "not managed here: 99999999900000" in text


def test_a_snapshot_from_before_the_last_write_is_told(approved: Desk) -> None:
    """What was confirmed since looks like a change by hand."""
    assert approved.run("confirm", "--all").code == 0
    for taken, old in (("2016-10-05T08:30:00+02:00", True), ("2999-01-01T00:00:00Z", False)):
        snapshot(approved, general("Autre"), taken_at=taken)
        ended = approved.run("drift", "--against", NAME, "--format", "json")
        assert ended.json["older_than_state"] is old
        assert ("is older than what was last confirmed here" in ended.err) is old
        assert approved.run("drift", "--against", NAME, "--quiet").err == ""


def test_a_snapshot_is_not_old_beside_its_own_record_nor_beside_what_others_confirmed(approved: Desk) -> None:
    snapshot(approved, general("Autre"), taken_at="2016-10-05T08:30:00+02:00")
    assert approved.run("observe", NAME, "--record", "--yes").code == 0
    ended = approved.run("drift", "--against", NAME, "--format", "json")
    assert (ended.json["older_than_state"], "is older than" in ended.err) == (False, False)
    assert approved.run("confirm", "--all", "--target", SECOND).code == 0
    assert "is older than" not in approved.run("drift", "--against", NAME).err
    # A later reading of the same structure knows more.
    snapshot(approved, general("Encore"), name="later.json", taken_at="2016-10-06T08:30:00+02:00")
    assert approved.run("observe", "later.json", "--record", "--yes").code == 0
    assert "is older than what was last confirmed here" in approved.run("drift", "--against", NAME).err


def test_a_sheet_that_nobody_approved_is_told_as_one(desk: Desk) -> None:
    assert desk.run("apply", "--yes", "--target", SECOND).code == 0
    snapshot(desk, general(), ("99999999900000", {}))
    found = drifted(desk)
    assert (found["unapproved"], found["unmanaged"]) == ([SIRET], ["99999999900000"])
    ended = desk.run("drift", "--against", NAME, "--target", SIRET, "--detailed-exitcode")
    assert ended.code == 0
    assert "Nothing was compared" in ended.out
    assert "No drift" not in ended.out
    assert "not managed here" not in ended.out
    assert drifted(desk, "--target", SIRET)["summary"]["in_sync"] == 0


def test_a_structure_to_be_created_is_a_difference_and_one_that_was_not_looked_at_is_none(approved: Desk) -> None:
    snapshot(approved, ("99999999900000", {}))
    assert (drifted(approved)["unknown"], drifted(approved)["missing"]) == ([SIRET, SECOND], [])
    assert approved.run("drift", "--against", NAME, "--detailed-exitcode").code == 2
    assert approved.run("confirm", "--all").code == 0
    found = drifted(approved)
    assert (found["unknown"], found["missing"], found["resources"]) == ([], [SIRET, SECOND], [])
    ended = approved.run("drift", "--against", NAME, "--detailed-exitcode")
    assert ended.code == 0
    assert (
        f"Not in this source (not looked at, or gone from the portal): {SIRET} (SDITEC), {SECOND} (ADHERENT SDITEC)."
        in ended.out
    )
    assert "asked of the comptable public" not in ended.out
    assert approved.run("drift", "--against", NAME, "--target", SIRET).code == 0


def test_a_target_that_names_nothing_is_66(approved: Desk) -> None:
    snapshot(approved, general())
    ended = approved.run("drift", "--against", NAME, "--target", "1*")
    assert (ended.code, "approved here or in the source matches 1*" in ended.err) == (66, True)


@pytest.mark.parametrize("target", ["comptes/gestionnaire-sditec", "comptes/*"])
def test_an_account_that_no_source_can_check_is_known_all_the_same(approved: Desk, target: str) -> None:
    snapshot(approved, general())
    ended = approved.run("drift", "--against", NAME, "--target", target)
    assert ended.code == 0
    assert "Nothing was compared" in ended.out
    assert "fields that these sources cannot report: account" in ended.out
    document = drifted(approved, "--target", target)
    assert [*document["not_checkable"]] == ["compte"]
    assert document["unknown"] == document["missing"] == document["unmanaged"] == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_writes_nothing_and_shows_no_secret(approved: Desk, form: str) -> None:
    snapshot(approved, {**general("x\x1b[31m"), "coordonnees_bancaires": [{"libelle": "Régie", "iban": IBAN}]})
    before = approved.listing()
    ended = approved.run("drift", "--against", NAME, "--format", form)
    assert approved.listing() == before
    assert IBAN not in ended.out + ended.err
    assert "\x1b" not in ended.out


def test_a_plan_against_a_source_is_shown_and_entered_but_never_applied(desk: Desk) -> None:
    snapshot(desk, general("Autre"))
    made = desk.plan("--against", NAME, "--target", SIRET, "--out", "plan.json")
    assert [(row["address"], [field["path"] for field in row["fields"]]) for row in made["changes"]] == [(SIRET, ["/libelle"])]
    assert (made["before"]["source"], made["before"]["lineage"]) == (NAME, None)
    for command in ("show", "worksheet"):
        assert "Autre" in desk.run(command, "plan.json").out
    ended = desk.run("apply", "plan.json")
    assert ended.code == 4
    assert f"chorus-config observe {NAME} --record" in ended.err
    assert not (desk.root / ".chorus-config").exists()
    assert desk.run("plan", "--against", NAME, "--detailed-exitcode").code in {1, 2}
    assert desk.run("plan", "--against", "absent.json").code == 66


def test_what_a_source_does_not_report_is_not_planned(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot(desk, general(), (SECOND, {}))
    assert desk.plan("--against", NAME)["changes"] == []
    monkeypatch.setenv("CI", "true")
    # It is not the memory between two runs that is wanted here.
    assert "no store" not in desk.run("plan", "--against", NAME).err
    assert "were not compared: " in desk.run("plan", "--against", NAME).err
    assert desk.run("plan", "--against", NAME, "--detailed-exitcode").code == 0
    # What nobody ever saw there is to be created; what was entered is not in this reading, as `drift` says.
    snapshot(desk, general())
    assert desk.plan("--against", NAME)["changes"][0]["address"] == SECOND
    assert desk.run("apply", "--yes").code == 0
    assert desk.plan("--against", NAME)["changes"][0]["address"] == SECOND
    assert "Structures that the source does not know:\n  " + SECOND in desk.run("drift", "--against", NAME).out
    assert desk.run("confirm", "--all").code == 0
    assert desk.plan("--against", NAME)["changes"] == []
    assert (
        f"not in {NAME} (not looked at, or gone from the portal), and not compared: {SECOND}\n"
        in desk.run("plan", "--against", NAME).err
    )
    assert f"Not in this source (not looked at, or gone from the portal): {SECOND}" in desk.run("drift", "--against", NAME).out
    # A list that it reports is complete, and its structures without a sheet are nobody's business.
    snapshot(desk, {"services": []}, (SECOND, {}), ("99999999900000", general()))
    assert {(row["op"], row["address"].split("/")[1]) for row in desk.plan("--against", NAME)["changes"]} == {
        ("create", "services")
    }
