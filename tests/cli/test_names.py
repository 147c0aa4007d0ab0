"""Every view names a structure by its libellé beside its SIRET, whatever changed; only results name persons."""

from __future__ import annotations

import json

import pytest

from tests.repository import begun, commit

from .desk import OTHER, SECOND, SHEET, SIRET, Desk
from .portal import NAME, general, snapshot

MAIL = "accueil@sditec.fr"
PERSON = "Principal GESTIONNAIRE"
USER = '  - ref: "gestionnaire-sditec"\n'


@pytest.fixture
def moved(approved: Desk) -> Desk:
    """Return a desk where a town changed, which says nothing of the libellé."""
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    return approved


@pytest.mark.parametrize("shape", ["text", "markdown", "html"])
def test_a_plan_of_a_change_that_does_not_touch_the_label(moved: Desk, shape: str) -> None:
    told = {"text": f"{SIRET}  SDITEC", "markdown": f"<code>{SIRET}</code> SDITEC", "html": f"<code>{SIRET}</code> SDITEC"}
    assert told[shape] in moved.run("plan", "--format", shape).out
    moved.save()
    assert told[shape] in moved.run("show", "plan.json", "--format", shape).out


@pytest.mark.parametrize("shape", ["text", "markdown", "html"])
def test_a_plan_of_a_sheet_that_is_gone(approved: Desk, shape: str) -> None:
    (approved.root / OTHER).unlink()
    told = approved.run("plan", "--format", shape).out
    assert (f"{SECOND}  ADHERENT SDITEC" if shape == "text" else f"{SECOND}</code> ADHERENT SDITEC") in told


def test_a_label_that_changes_is_told_as_it_will_be(approved: Desk) -> None:
    approved.edit(SHEET, '"SDITEC"', '"Syndicat de Charente"')
    assert f"{SIRET}  Syndicat de Charente" in approved.run("plan").out
    assert approved.plan()["names"] == {SIRET: "Syndicat de Charente"}


def test_a_plan_saved_without_names_is_shown_and_not_applied(moved: Desk) -> None:
    moved.save()
    document = json.loads(moved.read("plan.json"))
    assert document.pop("names") == {SIRET: "SDITEC"}
    moved.write("plan.json", json.dumps(document))
    shown = moved.run("show", "plan.json")
    assert (shown.code, "SDITEC" in shown.out) == (0, False)
    assert SIRET in shown.out
    assert moved.run("apply", "plan.json").code == 4


def test_a_comparison(moved: Desk) -> None:
    begun(moved.root)
    commit(moved.root)
    moved.edit(SHEET, "COGNAC", "RUFFEC")
    assert f"{SIRET}  SDITEC" in moved.run("diff", "HEAD").out


def test_a_worksheet_names_the_user_too(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(SHEET, USER, f'{USER}    services: ["FACTURES_PUBLIQUES"]\n')
    approved.save()
    ended = approved.run("worksheet", "plan.json")
    user = f"Utilisateur gestionnaire-sditec  {PERSON}, {MAIL}" if "Utilisateur g" in ended.out else ""
    user = user or f"User gestionnaire-sditec  {PERSON}, {MAIL}"
    assert f"{SIRET}  SDITEC" in ended.out
    assert user in ended.out
    approved.run("apply", "--yes")
    assert user in approved.run("worksheet").out
    document = approved.run("worksheet", "--format", "json").json
    assert [one["person"] for one in document["structures"][0]["operations"]] == [f"{PERSON}, {MAIL}"]
    assert f"{PERSON}, `{MAIL}` –" in approved.run("worksheet", "--format", "markdown").out


def test_questions_name_the_structure_and_no_person(approved: Desk) -> None:
    asked = approved.run("confirm", stdin="s\n" * 12).err
    assert f"{SIRET}  SDITEC" in asked
    headings = [line for line in asked.splitlines() if line.startswith(("comptes/", "  + User", "  + Utilisateur"))]
    assert headings
    assert not [line for line in headings if PERSON in line or MAIL in line]
    assert f"{SIRET} SDITEC" in approved.run("state", "forget", SIRET, stdin="n\n").err
    told = approved.run("state", "forget", "comptes/gestionnaire-sditec", stdin="n\n").err
    assert PERSON not in told
    assert MAIL not in told


def test_drift_and_what_recording_replaces(approved: Desk) -> None:
    approved.run("confirm", "--all")
    snapshot(approved, {**general("SDITEC"), "adresse_postale": {"ville": "COGNAC"}})
    drifted = approved.run("drift", "--against", NAME)
    assert f"{SIRET}  SDITEC" in drifted.out
    assert f"{SECOND} (ADHERENT SDITEC)" in drifted.out
    assert approved.run("drift", "--against", NAME, "--format", "json").json["names"][SECOND] == "ADHERENT SDITEC"
    asked = approved.run("observe", NAME, "--record", stdin="o\n")
    assert asked.code == 0
    assert f"  {SIRET}  SDITEC" in asked.err
    assert f"  {SIRET}  SDITEC" in asked.out


def test_the_history_knows_the_name_of_what_is_no_longer_managed(approved: Desk) -> None:
    approved.run("state", "forget", SIRET, "--yes")
    told = approved.run("history").out
    assert f"  {SIRET}  SDITEC" in told
    assert f"{SIRET} (SDITEC)" in approved.run("history", SIRET).out
    assert approved.run("history", "--format", "json").json["names"][SIRET] == "SDITEC"
