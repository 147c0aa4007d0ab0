"""`observe`: what a source says; kept, or taken over."""

from __future__ import annotations

import json
import os
import stat
from typing import Any

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.store.store import Store
from tests.servers.afnor import AfnorServer, Structure
from tests.servers.no_waiting import Hands, hands

from .desk import BANK as SHEET_BANK
from .desk import IBAN, OTHER, SECOND, SHEET, SIRET, STORE, Desk, conforms
from .portal import LATER, NAME, PUBLIC, TAKEN, general, snapshot

__all__ = ["hands"]

BANK = {"coordonnees_bancaires": [{"libelle": "Régie", "iban": IBAN}]}


def history(desk: Desk) -> list[dict[str, Any]]:
    """Return the events of the store."""
    store = Store(f"sqlite:///{STORE}", desk.root, translator_for("en"))
    return [{"event": past.event, "by": past.by, **past.document} for past in store.history()]


def test_says_what_the_source_says(desk: Desk) -> None:
    snapshot(desk, {**general(), "services": [PUBLIC]}, (SECOND, {}))
    ended = desk.run("observe", NAME)
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "Taken 5 October 2026, 08:30 UTC: Lu à l'écran",
        f'  {SIRET}  "SDITEC"  5 fields reported  1 service',
        f"  {SECOND}  1 field reported  services: not reported",
        "2 structures and accounts, 6 fields reported.",
        "What is not reported is not known: it is never taken for « no » or for empty.",
    ]


def test_json_is_the_snapshot_with_its_secrets_masked(desk: Desk) -> None:
    snapshot(desk, BANK)
    ended = desk.run("observe", NAME, "--format", "json")
    conforms("snapshot", ended.json)
    assert IBAN not in ended.out
    # Read again, what was masked is not reported.
    desk.write("autre.json", ended.out)
    again = desk.run("observe", "autre.json", "--format", "json").json
    assert again["records"][0]["body"]["coordonnees_bancaires"] == [{"libelle": "Régie"}]


def test_o_saves_it_whole_for_its_owner_alone(desk: Desk) -> None:
    snapshot(desk, BANK)
    before = os.umask(0)
    try:
        assert desk.run("observe", NAME, "-o", "copie.json").code == 0
    finally:
        os.umask(before)
    saved = json.loads(desk.read("copie.json"))
    conforms("snapshot", saved)
    assert (saved["source"], saved["taken_at"]) == ("Lu à l'écran", TAKEN)
    assert saved["records"][0]["body"]["coordonnees_bancaires"] == BANK["coordonnees_bancaires"]
    assert stat.S_IMODE((desk.root / "copie.json").stat().st_mode) == 0o600
    assert desk.run("observe", NAME, "-o", "absent/copie.json").code == 69


def test_writes_nothing_unless_asked(approved: Desk) -> None:
    snapshot(approved, general("Autre"))
    before = approved.listing()
    for words in (("observe", NAME), ("observe", NAME, "--format", "json"), ("observe", NAME, "--record")):
        approved.run(*words, stdin="n\n")
    assert approved.listing() == before


@pytest.mark.parametrize("form", [(), ("--format", "json")])
def test_bad_sources_end_well(desk: Desk, form: tuple[str, ...]) -> None:
    desk.write("vide.json", "")
    desk.write("erreur.json", desk.run("observe", "absent.json", "--format", "json").out)
    snapshot(desk, format_version="2.0", name="neuf.json")
    codes = {"absent.json": 66, "vide.json": 69, "erreur.json": 69, ".": 64, "neuf.json": 4, "ftp://x": 64}
    for name, code in codes.items():
        ended = desk.run("observe", name, *form)
        assert ended.code == code, name
        assert "Traceback" not in ended.err
        if form:
            conforms("snapshot", ended.json)
            assert ended.json["error"]["exit_code"] == code


def test_record_asks_and_no_is_4(approved: Desk) -> None:
    snapshot(approved, general("Autre"))
    for answer in ("", "n\n", "peut-être\n"):
        ended = approved.run("observe", NAME, "--record", stdin=answer)
        assert ended.code == 4
        assert "[y/N]" in ended.err
    assert len(history(approved)) == 1


def test_a_recording_that_fails_is_told_as_one(approved: Desk) -> None:
    snapshot(approved, general("Autre"))
    for words, code in ((("absent.json",), 66), ((NAME, "--target", "1*"), 66), ((NAME,), 4)):
        told = approved.run("observe", *words, "--record", "--format", "json").json
        assert (told["type"], told["recorded"], told["error"]["exit_code"]) == ("record", [], code)


def test_record_takes_over_and_says_what_remains(approved: Desk) -> None:
    snapshot(approved, general("SDITEC"), ("99999999900000", general("Autre")))
    ended = approved.run("observe", NAME, "--record", "--by", "Alix", stdin="oui\n")
    assert ended.code == 0
    assert "Recorded: 1 structure or account." in ended.out
    assert "Nothing was changed in Chorus Pro" in ended.out
    assert "left aside" in ended.err
    assert "99999999900000" in ended.err
    past = history(approved)[-1]
    assert (past["event"], past["by"], past["structures"], past["taken_at"]) == ("record", "Alix", [SIRET], TAKEN)
    again = approved.run("observe", NAME, "--record")
    assert (again.code, "Nothing to record" in again.out, again.err.count("[y/N]")) == (0, True, 0)
    assert len(history(approved)) == 2


def test_record_closes_what_is_seen_and_only_that(approved: Desk) -> None:
    assert approved.run("confirm", "--all").code == 0
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC 16"')
    approved.edit(OTHER, "statut: INACTIF", "statut: ACTIF")
    assert approved.run("apply", "--yes").code == 0
    snapshot(approved, general("SDITEC"), (SECOND, {}), taken_at=LATER)
    ended = approved.run("observe", NAME, "--record", "--yes")
    # Nothing was seen: nothing is said of it.
    assert "on the portal: closed" not in ended.out
    assert "2 operations remain" in ended.out
    snapshot(approved, general("SDITEC 16"), (SECOND, {}), taken_at=LATER)
    ended = approved.run("observe", NAME, "--record", "--yes", "--format", "json")
    assert (ended.json["recorded"], ended.json["seen"]) == ([SIRET, SECOND], [SIRET])
    assert (ended.json["open_operations"], ended.json["portal_changed"]) == (1, False)
    assert [(row["address"], row["state"]) for row in history(approved)[-1]["operations"]] == [(SIRET, "seen")]
    told = approved.run("history", "--format", "json").json["writes"][-1]
    assert (told["summary"]["seen"], told["recorded"]) == (1, [SIRET, SECOND])
    assert "1 operation seen on the portal." in approved.run("history").out
    assert approved.run("plan", "--detailed-exitcode").code == 0


def test_the_history_holds_no_secret(approved: Desk) -> None:
    snapshot(approved, {**general(), **BANK})
    assert approved.run("observe", NAME, "--record", "--yes").code == 0
    assert IBAN not in json.dumps(history(approved))


def test_the_first_record_makes_the_store_for_structures_with_a_sheet(desk: Desk) -> None:
    snapshot(desk, general("Autre"))
    assert desk.run("observe", NAME, "--record", "--yes").code == 0
    assert (desk.root / STORE).is_file()
    changes = {row["address"]: row for row in desk.plan("--target", SIRET)["changes"]}
    told = next(row for row in changes[SIRET]["fields"] if row["path"] == "/libelle")
    assert (told["before"], told["after"]) == ("Autre", "SDITEC")


def test_nothing_that_is_known_is_66(desk: Desk) -> None:
    snapshot(desk, ("99999999900000", general()))
    assert desk.run("observe", NAME, "--record", "--yes").code == 66
    assert not (desk.root / STORE).exists()


def test_what_was_only_approved_since_makes_no_snapshot_old(approved: Desk) -> None:
    for taken in ("2016-10-05T08:30:00+02:00", "2999-01-01T00:00:00Z"):
        snapshot(approved, general(taken), taken_at=taken)
        ended = approved.run("observe", NAME, "--record", "--yes")
        assert (ended.code, "is older than" in ended.err) == (0, False)


def test_what_was_confirmed_since_is_not_taken_back_unasked(approved: Desk) -> None:
    assert approved.run("confirm", "--all").code == 0
    snapshot(approved, general("Autre"))
    ended = approved.run("observe", NAME, "--record", "--yes")
    assert (ended.code, len(history(approved))) == (4, 2)
    assert "the snapshot (5 October 2026, 08:30 UTC) is older than what was last confirmed" in ended.err
    # A person who was told may want it all the same.
    ended = approved.run("observe", NAME, "--record", stdin="y\n")
    assert (ended.code, "note: the snapshot" in ended.err) == (0, True)
    # What was taken over since is as good as what was confirmed.
    snapshot(approved, general("Encore"))
    assert approved.run("observe", NAME, "--record", "--yes").code == 4
    snapshot(approved, general("Encore"), taken_at=LATER)
    assert approved.run("observe", NAME, "--record", "--yes").code == 0


def test_what_was_confirmed_of_others_refuses_nothing(approved: Desk) -> None:
    """People confirm all day: a reading is only old beside what it speaks of."""
    assert approved.run("confirm", "--all", "--target", SECOND).code == 0
    snapshot(approved, general("Autre"), (SECOND, general("Autre")))
    assert approved.run("observe", NAME, "--record", "--yes", "--target", SECOND).code == 4
    assert approved.run("observe", NAME, "--record", "--yes", "--target", SIRET).code == 0
    # A reading is not older than itself, though it was recorded after it was made.
    snapshot(approved, general("Encore"))
    assert approved.run("observe", NAME, "--record", "--yes").code == 0
    snapshot(approved, general("Avant"), taken_at="2026-10-05T08:29:59Z")
    assert approved.run("observe", NAME, "--record", "--yes").code == 4


def test_what_was_dropped_is_no_confirmation(approved: Desk) -> None:
    assert approved.run("confirm", "--target", SIRET, stdin="d\nune raison\nq\n").code == 0
    snapshot(approved, general("Autre"))
    assert approved.run("observe", NAME, "--record", "--yes").code == 0


def test_a_list_that_becomes_managed_lacks_what_was_read(desk: Desk) -> None:
    """What the portal has and the written list does not is to be removed, under the rules; it was never in a sheet."""
    body = desk.read(OTHER)
    start, end = body.index("services:"), body.index("utilisateurs:")
    desk.write(OTHER, body[:start] + body[end:])
    assert desk.run("apply", "--yes").code == 0
    snapshot(desk, (SECOND, {"services": [PUBLIC, {"code": "OLD", "libelle": "Ancien", "actif": True}]}), taken_at=LATER)
    assert desk.run("observe", NAME, "--record", "--yes", "--format", "json").json["taken"] == []
    assert desk.run("drift", "--against", NAME, "--target", SECOND, "--format", "json").json["resources"] == []
    desk.write(OTHER, body)
    changes = {row["address"]: row["op"] for row in desk.plan("--target", SECOND)["changes"]}
    assert changes == {f"{SECOND}/services/OLD": "delete"}


def test_what_was_approved_and_is_replaced_is_told_everywhere(approved: Desk) -> None:
    approved.append(SHEET, SHEET_BANK)
    assert approved.run("apply", "--yes").code == 0
    assert approved.run("confirm", "--all").code == 0
    bank = {"coordonnees_bancaires": [{"libelle": "Régie", "iban": "FR7630001007941234567890185"}]}
    snapshot(approved, {**general("Autre"), **bank}, taken_at=LATER)
    asked = approved.run("observe", NAME, "--record", stdin="n\n").err
    ended = approved.run("observe", NAME, "--record", "--yes")
    for told in (asked, ended.out):
        assert '"SDITEC" → "Autre"' in told
        assert '"FR76 **** 0189" → "FR76 **** 0185"' in told
    assert '"FR76 **** 0189" → "FR76 **** 0185"' in approved.run("history", "4").out
    assert "FR76300" not in json.dumps(history(approved))
    snapshot(approved, {**general("Encore"), **bank}, taken_at=LATER)
    document = approved.run("observe", NAME, "--record", "--yes", "--format", "json").json
    assert document["taken"] == [
        {"address": SIRET, "op": "update", "fields": [{"path": "/libelle", "before": "Autre", "after": "Encore"}]}
    ]


def test_what_waits_starts_from_what_was_read(approved: Desk) -> None:
    assert approved.run("confirm", "--all").code == 0
    approved.edit(SHEET, 'libelle: "SDITEC"', 'libelle: "SDITEC 16"')
    assert approved.run("apply", "--yes").code == 0
    snapshot(approved, general("Autre"), taken_at=LATER)
    ended = approved.run("observe", NAME, "--record", "--yes")
    assert "1 operation still to be entered starts from another value now" in ended.out
    assert '"Autre" → "SDITEC 16"' in approved.run("worksheet").out
    # Going back to the former name is something to enter now: the portal has another one.
    approved.edit(SHEET, 'libelle: "SDITEC 16"', 'libelle: "SDITEC"')
    assert "1 operation remains" in approved.run("apply", "--yes").out
    assert '"Autre" → "SDITEC"' in approved.run("worksheet").out


def test_an_instant_needs_its_zone(desk: Desk) -> None:
    snapshot(desk, general(), taken_at="2026-10-05T08:30:00")
    assert desk.run("observe", NAME).code == 69


def test_target_goes_with_record(approved: Desk) -> None:
    snapshot(approved, general("Autre"), (SECOND, general("Autre")))
    assert approved.run("observe", NAME, "--target", SIRET).code == 64
    ended = approved.run("observe", NAME, "--record", "--yes", "--target", SECOND, "--format", "json")
    assert ended.json["recorded"] == [SECOND]


def test_what_was_asked_for_by_name_and_no_source_knows_is_told(bare: Desk) -> None:
    snapshot(bare, general())
    note = "note: asked for, and known to no source that was read: "
    ended = bare.run("observe", NAME, "--siren", "111111111", "--siret", SECOND, "--siret", SIRET, "--siren", SIRET[:9])
    assert ended.code == 0
    assert [line for line in ended.err.splitlines() if "asked for" in line] == [f"{note}111111111, {SECOND}"]
    assert bare.run("observe", NAME, "--siret", SIRET).err == ""
    assert bare.run("observe", NAME).err == ""
    assert bare.run("observe", NAME, "--siret", SECOND, "--quiet").err == ""
    bare.write("list.txt", "".join(f"{number:09}\n" for number in range(1, 14)))
    told = bare.run("observe", NAME, "--list", "list.txt").err
    assert (told.count("0000000"), "and 3 more" in told) == (10, True)


def test_o_keeps_invoicing_addresses_and_nothing_else_asks_for_them(desk: Desk, hands: Hands) -> None:
    siren = SIRET[:9]
    desk.write(
        "annuaire/adresses.csv", f"SIREN;Adresse de facturation;Adresse de facturation active\n{siren};{siren}_{SIRET};oui\n"
    )
    with AfnorServer([Structure(SIRET), Structure(SECOND)]) as server:
        for name, value in server.environ.items():
            desk.setenv(name, value)
        plain = desk.run("observe", "afnor:", "--format", "json")
        assert "lines" not in plain.json
        assert "/directory-line/search" not in server.calls()
        assert desk.run("observe", "afnor:", "-o", "kept.json").code == 0
        assert server.calls().count("/directory-line/search") == 1
    kept = json.loads(desk.read("kept.json"))
    conforms("snapshot", kept)
    assert [(row["owner"], len(row["addresses"])) for row in kept["lines"]] == [(SIRET, 2), (SECOND, 2)]
    assert desk.run("observe", "kept.json", "--format", "json").json["lines"] == kept["lines"]
    assert "Electronic invoicing addresses: 4." in desk.run("observe", "kept.json").out
    # The portal's own CSV alone is enough where addresses are kept, and says nothing of structures else.
    assert desk.run("observe", "annuaire:annuaire").code == 66
    assert desk.run("observe", "annuaire:annuaire", "-o", "list.json").code == 0
    listed = json.loads(desk.read("list.json"))
    assert listed["records"] == []
    assert listed["lines"] == [
        {"owner": SIRET, "addresses": [{"address": f"{siren}_{SIRET}", "active": True, "platform": None}]}
    ]
