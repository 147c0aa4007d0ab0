"""What is asked of people can be done by people, and what was read on the portal is not asked for again."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.store.raw import raw_rows

from .desk import BANK, SECOND, SERVICES, SHEET, SIRET, STORE, TECHNICAL, Desk
from .portal import LATER, NAME, PUBLIC, general, snapshot

REGIE = f"{SIRET}/coordonnees_bancaires/Régie"


def asked(desk: Desk, *words: str) -> dict[str, str]:
    """Return the gesture of each operation on the worksheet, by address."""
    document = desk.run("worksheet", "--format", "json", *words).json
    return {row["address"]: row["gesture"] for place in document["structures"] for row in place["operations"]}


def test_a_first_approval_of_what_exists_creates_nothing_that_nobody_can_create(approved: Desk) -> None:
    found = asked(approved)
    assert len(found) == 10
    assert {*found.values()} == {"verify"}
    text = approved.run("worksheet", "--lang", "fr").out.replace("\u00a0", " ")
    assert text.startswith("10 opérations à faire dans Chorus Pro : 10 à vérifier.")
    for told in ("À vérifier : Structure\n", "À vérifier : Service FACTURES_PUBLIQUES", "À vérifier : Utilisateur",
                 "À vérifier : Compte\n", "vérifiez qu’il en est bien ainsi, corrigez sinon"):  # fmt: skip
        assert told in text
    assert "Créer" not in text


def test_a_plan_says_the_same_before_it_is_approved(desk: Desk) -> None:
    desk.append(SHEET, BANK)
    desk.save()
    before = asked(desk, "plan.json")
    assert desk.run("apply", "plan.json").code == 0
    assert before == asked(desk)
    assert before[REGIE] == "verify"


def test_the_portal_s_own_service_is_checked_with_what_the_portal_says_of_it(desk: Desk) -> None:
    """The portal has one with an address: that stops no first approval, and nobody is asked to enter it."""
    desk.edit(
        SHEET, SERVICES, SERVICES + '    description: "Factures intra-publiques"\n    adresse_postale: {ville: "ANGOULEME"}\n'
    )
    assert desk.run("apply", "--yes").code == 0
    service = f"{SIRET}/services/FACTURES_PUBLIQUES"
    assert asked(desk)[service] == "verify"
    desk.run("confirm", "--all")
    desk.edit(SHEET, "Factures intra-publiques", "Autre")
    assert "CP901" in desk.run("plan").out


def test_a_person_who_comes_later_is_attached(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(SHEET, "utilisateurs:\n", 'utilisateurs:\n  - ref: "elu"\n    role: UTILISATEUR_SIMPLE\n')
    approved.run("apply", "--yes", "--accept", f"CP904:{SIRET}/utilisateurs/elu=fait")
    assert asked(approved) == {f"{SIRET}/utilisateurs/elu": "create"}


def test_a_status_is_asked_for(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(SHEET, "statut: INACTIF", "statut: ACTIF")
    approved.run("apply", "--yes")
    told = approved.run("worksheet").out
    assert "To be asked for: Structure" in told
    assert "« Statut » is greyed" in told
    assert "« Activer » or « Désactiver »" in approved.run("worksheet", "--as-of", "2026-11-27").out


def test_what_a_manager_makes_and_unmakes(approved: Desk) -> None:
    approved.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    approved.run("apply", "--yes")
    assert asked(approved)[f"{SIRET}/services/ST-TECH"] == "create"
    approved.run("confirm", "--all")
    approved.edit(SHEET, '"Services techniques"', '"Voirie"')
    approved.run("apply", "--yes")
    assert asked(approved) == {f"{SIRET}/services/ST-TECH": "change"}
    approved.run("confirm", "--all")
    approved.edit(SHEET, TECHNICAL.replace("Services techniques", "Voirie"), "")
    approved.run("apply", "--yes")
    assert asked(approved) == {f"{SIRET}/services/ST-TECH": "remove"}
    assert "To remove: Service ST-TECH" in approved.run("worksheet").out


def test_bank_details_that_nobody_managed_are_looked_at_and_further_ones_added(approved: Desk) -> None:
    approved.append(SHEET, BANK)
    approved.run("apply", "--yes")
    assert asked(approved)[REGIE] == "verify"
    approved.append(SHEET, BANK.partition("\n")[2].replace("Régie", "Cantine"))
    approved.run("apply", "--yes")
    found = asked(approved)
    assert (found[REGIE], found[f"{SIRET}/coordonnees_bancaires/Cantine"]) == ("verify", "create")
    # What waits keeps its gesture when a later approval takes it up.
    approved.edit(SHEET, "AGRIFRPPXXX", "BNPAFRPPXXX")
    approved.run("apply", "--yes")
    assert asked(approved)[REGIE] == "verify"


def test_what_was_checked_is_told_as_checked(approved: Desk) -> None:
    ended = approved.run("confirm", "--by", "Ada", "--target", SIRET, stdin="v\nv\ne\nq\n")
    assert ended.out.startswith("3 operations checked.\n")
    assert "[v]erified" in ended.err
    history = approved.run("history", "2").out
    assert f"operation 1, {SIRET} (SDITEC): checked" in history
    (row,) = approved.run("history", "2", "--format", "json").json["writes"][0]["operations"]
    assert (row["gesture"], row["state"]) == ("verify", "entered")
    assert re.search(rf"1  {SIRET}: checked, \d", approved.run("state", "show", SIRET).out)
    operations = approved.run("state", "show", SIRET, "--format", "json").json["structures"][0]["operations"]
    assert [one["gesture"] for one in operations] == ["verify"] * 4


@pytest.mark.parametrize("answer", ["v", "V", "vérifiée", "verified", "e", "saisie"])
def test_checked_is_an_answer(approved: Desk, answer: str) -> None:
    approved.run("confirm", "--target", SIRET, stdin=f"{answer}\n")
    with closing(sqlite3.connect(approved.root / STORE)) as base:
        assert base.execute("SELECT state FROM operations WHERE address = ?", (SIRET,)).fetchall() == [("entered",)]


def body_of(desk: Desk, name: str = SIRET) -> Any:
    """Return what is approved of a structure, in clear: what a portal that is equal says."""
    ((text,),) = raw_rows(desk.root / STORE, "SELECT approved FROM records WHERE root = ?", (name,))
    return json.loads(text)


def test_a_first_approval_of_what_a_source_reports_equal_opens_nothing(approved: Desk) -> None:
    equal = body_of(approved)
    (approved.root / STORE).unlink()
    snapshot(approved, equal)
    assert approved.run("observe", NAME, "--record", "--yes").code == 0
    assert approved.run("apply", "--yes").code == 0
    assert SIRET not in {address.partition("/")[0] for address in asked(approved)}


def test_what_was_adopted_is_noted_as_seen(approved: Desk) -> None:
    approved.run("confirm", "--all")
    snapshot(approved, general("SDITEC Énergie"), taken_at=LATER)
    ended = approved.run("import", NAME, "--target", SIRET, "--by", "Ada")
    assert ended.code == 0
    assert "Noted as seen on the portal" in ended.out
    assert approved.run("validate").code == 0
    # Adopted, and not yet approved: still what the portal changed.
    assert approved.run("drift", "--against", NAME, "--format", "json").json["summary"]["moved"] == 1
    assert approved.run("apply", "--yes").code == 0
    assert asked(approved) == {}
    assert approved.run("drift", "--against", NAME, "--format", "json").json["resources"] == []
    noted = approved.run("history", "--format", "json").json["writes"][2]
    assert (noted["event"], noted["by"], noted["recorded"]) == ("import", "Ada", [SIRET])


def test_only_what_was_adopted_is_seen(approved: Desk) -> None:
    approved.run("confirm", "--all")
    snapshot(approved, {**general("SDITEC Énergie"), "adresse_postale": {"ville": "COGNAC"}}, taken_at=LATER)
    approved.run("import", NAME, "--target", f"{SIRET}#/libelle")
    approved.run("apply", "--yes")
    assert asked(approved) == {}
    drift = approved.run("drift", "--against", NAME, "--format", "json").json
    assert [(field["path"], field["situation"]) for field in drift["resources"][0]["fields"]] == [
        ("/adresse_postale/ville", "moved")
    ]


def test_an_entry_that_was_adopted_is_seen(approved: Desk) -> None:
    approved.run("confirm", "--all")
    new = {"code": "EAU", "libelle": "Régie de l'eau", "actif": True}
    snapshot(approved, {"services": [PUBLIC, new]}, taken_at=LATER)
    approved.run("import", NAME, "--target", f"{SIRET}/services/EAU")
    approved.run("apply", "--yes")
    assert asked(approved) == {}


def test_without_a_store_all_that_the_source_says_of_the_structure_is_seen(desk: Desk) -> None:
    new = {"code": "EAU", "libelle": "Régie de l'eau", "actif": True}
    snapshot(desk, {**general("Autre"), "services": [PUBLIC, new]})
    ended = desk.run("import", NAME, "--target", SIRET, "--target", f"{SIRET}/services/EAU")
    assert "Noted as seen" in ended.out
    assert desk.run("state", "list").out.startswith("Nothing is approved")
    assert desk.run("apply", "--yes").code == 0
    found = asked(desk)
    assert not {address for address in found if address.startswith(f"{SIRET}/services")}
    # What the source did not report is looked at.
    assert found[SIRET] == "verify"
    rows = desk.run("worksheet", "--format", "json", "--target", SIRET).json["structures"][0]["operations"][0]["fields"]
    assert "/libelle" not in {row["path"] for row in rows}


def test_only_what_nothing_shows_on_the_portal_is_to_be_asked_for(desk: Desk) -> None:
    def asked_for() -> list[str]:
        changes = desk.run("plan", "--format", "json").json["changes"]
        return [one["address"] for one in changes for finding in one["findings"] if finding["rule"] == "CP918"]

    assert asked_for() == [SIRET]
    assert "the same for 1 more structure" in desk.run("plan").out
    # What was read there is noted, though nothing of it is approved yet.
    snapshot(desk, general("Autre"))
    desk.run("import", NAME, "--target", SIRET)
    assert asked_for() == [SECOND]
    desk.run("apply", "--yes")
    assert asked_for() == []


def test_a_waiting_operation_starts_from_what_was_adopted(approved: Desk) -> None:
    approved.run("confirm", "--all")
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC 16"')
    approved.run("apply", "--yes")
    snapshot(approved, {**general("Autre"), "adresse_postale": {"ville": "ANGOULEME"}}, taken_at=LATER)
    approved.run("import", NAME, "--target", f"{SIRET}#/libelle")
    rows = approved.run("worksheet", "--format", "json").json["structures"][0]["operations"][0]["fields"]
    assert {row["path"]: row["before"] for row in rows} == {"/libelle": "Autre", "/adresse_postale/ville": "ANGOULEME"}
    approved.run("apply", "--yes")
    rows = approved.run("worksheet", "--format", "json").json["structures"][0]["operations"][0]["fields"]
    assert [row["path"] for row in rows] == ["/adresse_postale/ville"]


def test_an_older_snapshot_takes_nothing_back_and_says_so(approved: Desk) -> None:
    approved.run("confirm", "--all")
    snapshot(approved, general("Autre"))
    ended = approved.run("import", NAME, "--target", SIRET)
    assert ended.code == 0
    assert "is older than what was last confirmed" in ended.err
    assert "Noted as seen" not in ended.out
    approved.run("apply", "--yes")
    assert asked(approved) == {SIRET: "change"}


def test_a_store_that_cannot_be_used_is_said_and_the_sheet_is_written(desk: Desk) -> None:
    snapshot(desk, general("Autre"))
    desk.write(STORE, "nonsense " * 100)
    ended = desk.run("import", NAME, "--target", f"{SIRET}#/libelle")
    # Without a store that can be read, nothing can be compared either: refused before anything is written.
    assert ended.code == 69
    assert 'libelle: "SDITEC"' in desk.read(SHEET)
