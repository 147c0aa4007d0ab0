"""`state list`: one line for each structure and account."""

from __future__ import annotations

from tests.cli.desk import SECOND, SHEET, SIRET, Desk, conforms


def test_nothing_is_approved(desk: Desk) -> None:
    before = desk.listing()
    ended = desk.run("state", "list")
    assert (ended.code, ended.err) == (0, "")
    assert "Nothing is approved in the store" in ended.out
    document = desk.run("state", "list", "--format", "json").json
    conforms("state", document)
    assert document["structures"] == []
    assert desk.listing() == before


def test_structures_then_accounts(approved: Desk) -> None:
    approved.run("confirm", "--all", "--target", SECOND)
    approved.run("confirm", "--target", SIRET, stdin="e\n")
    document = approved.run("state", "list", "--format", "json").json
    conforms("state", document)
    told = [(row["root"], row["open_operations"], row["confirmed"]) for row in document["structures"]]
    assert told == [
        (SIRET, 3, "partly"), (SECOND, 0, "yes"),
        ("comptes/comptabilite-sditec", 1, "no"), ("comptes/gestionnaire-sditec", 1, "no"),
    ]  # fmt: skip
    assert document["structures"][0]["path"] == SHEET
    lines = approved.run("state", "list").out.splitlines()
    assert len(lines) == 6
    assert lines[2].startswith(SIRET)
    assert lines[2].endswith("3 open operations, confirmed in part")
    assert lines[3].endswith("0 open operations, confirmed")
    assert lines[4].endswith("1 open operation, not confirmed")


def test_what_only_the_project_declares_does_not_undo_a_confirmation(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(SHEET, "comptabilite: helios\n", "comptabilite: helios\nraccordement: {mode: PORTAIL}\n")
    approved.run("apply", "--yes")
    assert "not confirmed" not in approved.run("state", "list").out
    assert "in part" not in approved.run("state", "list").out
