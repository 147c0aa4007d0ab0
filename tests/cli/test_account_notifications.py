"""The notifications of an account, the box of 2016 and the list of today, through every step of the program."""

from __future__ import annotations

import json
from typing import Final

import pytest

from .desk import ACCOUNT, OTHER, SHEET, Desk, findings

REF: Final = "comptes/gestionnaire-sditec"
OFFICE: Final = "comptes/comptabilite-sditec.yaml"
TODAY: Final = ("--as-of", "2026-11-23")
LABEL: Final = "Notifications (parametres.notifications)"


def listed(desk: Desk, account: str, *applications: str) -> None:
    """Write the list of today in the place of the box."""
    desk.edit(account, "recevoir_notifications: true", f"notifications: [{', '.join(applications)}]")


def read_on_the_portal(desk: Desk, *applications: str) -> None:
    """Write a snapshot in which somebody noted what « Mon compte » shows."""
    record = {"root": REF, "body": {"parametres": {"notifications": applications}}}
    taken = {"format_version": "1.0", "type": "snapshot", "source": "lu", "taken_at": "2026-11-01T08:30:00Z"}
    desk.write("releve.json", json.dumps({**taken, "records": [record]}))


@pytest.fixture
def chosen(approved: Desk) -> Desk:
    """All is entered, then one account has a list in the place of the box."""
    approved.run("confirm", "--all")
    listed(approved, ACCOUNT, "FACTURATION_CPRO", "ENGAGEMENTS")
    return approved


def test_the_list_is_planned_and_to_be_seen_to_under_its_name(chosen: Desk) -> None:
    (change,) = chosen.plan(*TODAY)["changes"]
    assert (change["address"], change["op"]) == (REF, "update")
    (field,) = change["fields"]
    # The box that is gone from the file is not managed any more: nobody is asked to untick it.
    assert (field["path"], field["after"]) == ("/parametres/notifications", ["FACTURATION_CPRO", "ENGAGEMENTS"])
    assert f"Mes paramètres\n      {LABEL}: " in chosen.run("plan", *TODAY).out
    chosen.run("apply", "--yes", *TODAY)
    told = 'Notifications: not reported → "Facturation CPRO", "Engagements"'
    assert told in chosen.run("worksheet", *TODAY).out


def test_another_order_is_the_same_list(chosen: Desk) -> None:
    chosen.run("apply", "--yes", *TODAY)
    chosen.edit(ACCOUNT, "[FACTURATION_CPRO, ENGAGEMENTS]", "[ENGAGEMENTS, FACTURATION_CPRO]")
    assert chosen.plan(*TODAY)["changes"] == []


def test_no_source_is_expected_to_report_it_but_a_note_counts(chosen: Desk) -> None:
    chosen.run("apply", "--yes", *TODAY)
    read_on_the_portal(chosen, "ENGAGEMENTS", "FACTURATION_CPRO")
    told = chosen.run("drift", "--against", "releve.json", *TODAY).out
    assert f"[seen on the portal] {LABEL}" in told
    assert "Declared fields that these sources cannot report: account (" in told
    read_on_the_portal(chosen)
    assert f"[conflict] {LABEL}: none on the portal" in chosen.run("drift", "--against", "releve.json", *TODAY).out


def test_a_note_is_taken_over_into_the_account(chosen: Desk) -> None:
    chosen.run("apply", "--yes", *TODAY)
    read_on_the_portal(chosen, "ENGAGEMENTS")
    assert chosen.run("import", "releve.json", "--target", REF, *TODAY).code == 0
    assert 'notifications: ["ENGAGEMENTS"]\n' in chosen.read(ACCOUNT)


def test_two_sheets_with_the_same_users_are_told_once(desk: Desk) -> None:
    for name in (SHEET, OTHER):
        desk.edit(name, "statut: INACTIF", "statut: ACTIF")
    listed(desk, ACCOUNT, "ENGAGEMENTS")
    listed(desk, OFFICE)
    ended = desk.run("validate", "--format", "json", *TODAY)
    assert [row for row in findings(ended) if row[0] == "CP805"] == [("CP805", "warning", SHEET)]
    (finding,) = [row for row in ended.json["findings"] if row["rule"] == "CP805"]
    assert "at least one of gestionnaire-sditec, comptabilite-sditec" in finding["message"]
    assert [row["path"] for row in finding["related"]] == [ACCOUNT, OFFICE, OTHER]
    # One sheet alone is judged by the accounts that lie beside it.
    (alone,) = [row for row in findings(desk.run("validate", "--format", "json", *TODAY, OTHER)) if row[0] == "CP805"]
    assert alone == ("CP805", "warning", OTHER)
    desk.edit(OFFICE, "notifications: []", "recevoir_notifications: true")
    assert "CP805" not in desk.run("validate", *TODAY).out


def test_a_day_before_asks_for_the_box(desk: Desk) -> None:
    listed(desk, ACCOUNT, "FACTURATION_CPRO")
    before = findings(desk.run("validate", "--format", "json", "--as-of", "2023-02-20"))
    assert ("CP008", "error", ACCOUNT) in before
    assert not [row for row in findings(desk.run("validate", "--format", "json", "--as-of", "2023-02-21")) if row[1] == "error"]
