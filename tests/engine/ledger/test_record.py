"""Taking over what the portal says: confirmed always, approved where nothing waits to be entered."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from chorus_config.diff.compare import difference
from chorus_config.diff.expand import expand
from chorus_config.engine.drift.compare import compare_states
from chorus_config.engine.ledger.record import last_known_at, last_known_by_root, record_snapshot
from chorus_config.model.operation import Recording
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import HistoryEntry, Ledger
from tests.diff.strategies import Pair, bodies, pairs
from tests.engine.making import IBAN, OTHER, PUBLIC, SIRET, TECH, general, sheet
from tests.engine.observing import Body, ledger, portal, state, waiting

law = settings(max_examples=300, deadline=None, database=None)
SHEETS = {SIRET: Record(SIRET, sheet(), "structures/a.yaml")}
ST_TECH = f"{SIRET}/services/ST-TECH"


def named(label: str, **blocks: Any) -> Body:
    """Return the small sheet with a libellé."""
    return sheet(informations_generales=general(libelle=label), **blocks)


def after(made: Recording, approved: Snapshot, known: Ledger) -> tuple[Snapshot, Ledger]:
    """Return the store after a recording."""
    records = {**approved.records, **{record.root: record for record in made.records}}
    confirmed = {**known.confirmed, **{root: Record(root, body) for root, body in made.confirmed.items()}}
    done = {one.id for one in made.closings("")}
    still = [one for one in known.operations if one.id not in done] + [new for _old, new in made.reopened]
    return Snapshot(records, approved.source, approved.taken_at, "l", 4), Ledger(tuple(still), confirmed)


def label_of(body: Any) -> str:
    """Return the libellé of a body."""
    return str(body["informations_generales"]["libelle"])


def test_what_moved_is_approved_and_confirmed() -> None:
    made = record_snapshot(portal(named("B")), state(named("A")), ledger(named("A")), {})
    assert [label_of(record.body) for record in made.records] == ["B"]
    assert label_of(made.confirmed[SIRET]) == "B"
    assert (made.seen, made.roots, made.records[0].path) == ((), (SIRET,), "a.yaml")


def test_what_waits_to_be_entered_stays_approved() -> None:
    still = [waiting(SIRET, "/libelle", after="A")]
    made = record_snapshot(portal(named("C")), state(named("A")), ledger(named("B"), still=still), {})
    assert made.records == ()
    assert label_of(made.confirmed[SIRET]) == "C"
    assert made.seen == ()


def test_an_operation_is_seen_when_all_its_fields_are() -> None:
    still = [waiting(SIRET, "/libelle", "/statut", number=7)]
    wanted = sheet(informations_generales=general(libelle="A", statut="ACTIF"))
    known = ledger(named("B"), still=still)
    made = record_snapshot(portal(wanted), state(wanted), known, {})
    assert [(one.id, one.state, one.reason) for one in made.closings("")] == [(7, "seen", None)]
    # One is other, one is not reported.
    for part in (sheet(informations_generales=general(libelle="A", statut="INACTIF")), named("A")):
        assert record_snapshot(portal(part), state(wanted), known, {}).seen == ()


def test_a_sensitive_field_is_seen_by_its_real_value() -> None:
    def bank(iban: str) -> Body:
        return sheet(coordonnees_bancaires=[{"libelle": "Régie", "iban": iban}])

    still = [waiting(f"{SIRET}/coordonnees_bancaires/Régie", "/iban", after="FR76 **** 0189")]
    known = ledger(sheet(), still=still)
    assert len(record_snapshot(portal(bank(IBAN)), state(bank(IBAN)), known, {}).seen) == 1
    assert record_snapshot(portal(bank("FR7630006000019999999990189")), state(bank(IBAN)), known, {}).seen == ()


def test_what_only_the_project_declares_need_not_be_seen() -> None:
    still = [waiting(SIRET, "/comptabilite", "/libelle", after="A")]
    made = record_snapshot(portal(named("A")), state(named("A", comptabilite="autre")), ledger(still=still), {})
    assert len(made.seen) == 1
    still = [waiting(SIRET, "/comptabilite", after="autre")]
    assert record_snapshot(portal(named("A")), state(named("A")), ledger(still=still), {}).seen == ()


@pytest.mark.parametrize(("listed", "seen"), [([PUBLIC], 1), ([PUBLIC, TECH], 0), (None, 0)])
def test_a_removal_is_seen_in_a_reported_list_only(listed: Any, seen: int) -> None:
    still = [waiting(ST_TECH, "/code", "/libelle", op="delete", after=None)]
    known = ledger(sheet(services=[PUBLIC, TECH]), still=still)
    made = record_snapshot(portal(sheet(services=listed)), state(sheet(services=[PUBLIC])), known, {})
    assert len(made.seen) == seen
    # Its removal is approved, and stays so.
    assert not any(record.body["services"] != [PUBLIC] for record in made.records)


def test_a_creation_that_waits_stays_approved() -> None:
    still = [waiting(ST_TECH, "/code", "/libelle", op="create")]
    whole = sheet(services=[PUBLIC, TECH])
    made = record_snapshot(portal(sheet(services=[PUBLIC])), state(whole), ledger(sheet(services=[PUBLIC]), still=still), {})
    assert made.changes_nothing


def test_a_reported_list_is_complete_and_another_is_left() -> None:
    known = sheet(services=[PUBLIC, {**TECH, "description": "d"}], espaces=["Travaux"])
    told = sheet(services=[{"code": "NEUF", "libelle": "n"}, TECH])
    made = record_snapshot(portal(told), state(known), ledger(known), {})
    assert [(one.op, one.address) for one in made.taken] == [
        ("create", f"{SIRET}/services/NEUF"), ("delete", f"{SIRET}/services/FACTURES_PUBLIQUES"),
    ]  # fmt: skip
    assert made.records[0].body["services"] == [{**TECH, "description": "d"}, {"code": "NEUF", "libelle": "n"}]
    assert made.records[0].body["espaces"] == ["Travaux"]
    assert made.confirmed[SIRET] == made.records[0].body


def test_a_structure_with_a_sheet_is_adopted_and_others_are_left_aside() -> None:
    made = record_snapshot(portal(sheet(), sheet(OTHER)), state(), ledger(), SHEETS)
    assert (made.roots, made.left_aside) == ((SIRET,), (OTHER,))
    assert [(record.root, record.path) for record in made.records] == [(SIRET, "structures/a.yaml")]
    assert made.confirmed.keys() == {SIRET}


def test_what_no_sheet_manages_is_known_without_being_told_as_replaced() -> None:
    """The sheet may come to manage it: it is then compared with what was known, under the rules of change."""
    known = named("A", services=[{"code": "ST-TECH"}])
    address = {**known["adresse_postale"], "fax": "+33 536490110"}
    told = named("B", adresse_postale=address, services=[TECH], espaces=["Travaux"])
    sheets = {SIRET: Record(SIRET, known, "a.yaml")}
    made = record_snapshot(portal(told), state(known), ledger(known), sheets)
    assert made.records[0].body == made.confirmed[SIRET] == told
    assert [(one.address, one.paths) for one in made.taken] == [(SIRET, ("/libelle",))]
    # Nothing of it is a drift later.
    store, book = after(made, state(known), ledger(known))
    moved = named("B", services=[{"code": "ST-TECH", "libelle": "Autre"}], espaces=[])
    assert compare_states(store, book, portal(moved), (), {SIRET: known}).settled
    assert not compare_states(store, book, portal(moved)).settled
    # A list that is managed from now on lacks what the portal has.
    changes = difference(expand(made.records[0].body), expand({**known, "espaces": []}))
    assert [change.op for change in changes if change.address.group == "espaces"] == ["delete"]


def test_what_is_approved_for_the_first_time_has_the_type_of_its_name() -> None:
    """A source need not say that a SIRET is one; without it the sheet would change the type of the identifier."""
    told = {"type": "fiche-structure", "version": 1, "informations_generales": {"identifiant": SIRET, "libelle": "B"}}
    made = record_snapshot(portal(told), state(), ledger(), SHEETS)
    assert made.records[0].body["informations_generales"] == {"identifiant": SIRET, "libelle": "B", "type_identifiant": "SIRET"}


def test_bank_details_with_blanks_are_those_that_are_known() -> None:
    def bank(iban: str) -> Body:
        return sheet(coordonnees_bancaires=[{"libelle": "Régie", "iban": iban}])

    spaced = "FR76 3000 6000 0112 3456 7890 189"
    assert record_snapshot(portal(bank(spaced)), state(bank(IBAN)), ledger(bank(IBAN)), {}).changes_nothing
    first = record_snapshot(portal(bank(IBAN)), state(), ledger(), {SIRET: Record(SIRET, bank(spaced), "a.yaml")})
    assert first.records[0].body == bank(spaced)


def test_what_is_replaced_is_told_masked() -> None:
    def bank(iban: str, label: str) -> Body:
        return named(label, coordonnees_bancaires=[{"libelle": "Régie", "iban": iban}])

    other = "FR7630001007941234567890185"
    (first, second) = record_snapshot(portal(bank(other, "B")), state(bank(IBAN, "A")), ledger(), {}).taken
    assert [*first.fields] == [{"path": "/libelle", "before": "A", "after": "B"}]
    assert [*second.fields] == [{"path": "/iban", "before": "FR76 **** 0189", "after": "FR76 **** 0185"}]


def test_what_waits_starts_from_what_the_portal_says_now() -> None:
    still = [waiting(SIRET, "/libelle", after="A")]
    observed, approved, known = portal(named("C")), state(named("A")), ledger(named("B"), still=still)
    made = record_snapshot(observed, approved, known, {})
    ((old, new),) = made.reopened
    assert (old.id, new.op, [*new.fields]) == (1, "update", [{"path": "/libelle", "before": "C", "after": "A"}])
    assert [(one.id, one.state, one.reason) for one in made.closings("why")] == [(1, "dropped", "why")]
    store, book = after(made, approved, known)
    assert record_snapshot(observed, store, book, {}).changes_nothing


def test_of_an_operation_that_is_seen_in_part_the_rest_is_left() -> None:
    def both(label: str, mail: str) -> Body:
        return sheet(informations_generales=general(libelle=label, adresse_electronique=mail))

    still = [waiting(SIRET, "/libelle", "/adresse_electronique")]
    made = record_snapshot(
        portal(both("B", "a@x.example")), state(both("B", "b@x.example")), ledger(both("A", "a@x.example"), still=still), {}
    )
    ((_old, new),) = made.reopened
    assert [*new.fields] == [{"path": "/adresse_electronique", "before": "a@x.example", "after": "b@x.example"}]


def test_what_the_portal_lost_while_it_waited_is_to_be_created() -> None:
    still = [waiting(ST_TECH, "/libelle")]
    wanted = sheet(services=[PUBLIC, {**TECH, "libelle": "B"}])
    made = record_snapshot(
        portal(sheet(services=[PUBLIC])), state(wanted), ledger(sheet(services=[PUBLIC, TECH]), still=still), {}
    )
    ((_old, new),) = made.reopened
    assert (new.op, [row["path"] for row in new.fields]) == ("create", ["/code", "/libelle"])
    assert made.records == ()


def test_what_the_portal_has_by_now_is_to_be_changed_only() -> None:
    still = [waiting(ST_TECH, "/code", "/libelle", op="create")]
    there = sheet(services=[PUBLIC, {**TECH, "libelle": "Autre"}])
    known = ledger(sheet(services=[PUBLIC]), still=still)
    ((_old, new),) = record_snapshot(portal(there), state(sheet(services=[PUBLIC, TECH])), known, {}).reopened
    assert (new.op, [*new.fields]) == ("update", [{"path": "/libelle", "before": "Autre", "after": "Services techniques"}])


def test_targets_narrow() -> None:
    both = (portal(named("B")), state(named("A")), ledger())
    assert record_snapshot(*both, {}, (OTHER,)).roots == ()
    assert record_snapshot(*both, {}, (SIRET[:5] + "*",)).roots == (SIRET,)


def test_operations_of_others_are_never_seen() -> None:
    still = [waiting(OTHER, "/libelle", after="Commune de Valmont")]
    assert record_snapshot(portal(sheet(), sheet(OTHER)), state(sheet()), ledger(sheet(), still=still), {}).seen == ()


@given(pairs(), bodies())
@law
def test_law_after_recording_there_is_no_drift_and_nothing_to_record(pair: Pair, confirmed: Body) -> None:
    observed, approved, known = portal(pair.after), state(pair.before), ledger(confirmed)
    made = record_snapshot(observed, approved, known, {})
    store, book = after(made, approved, known)
    assert compare_states(store, book, observed).settled
    assert record_snapshot(observed, store, book, {}).changes_nothing


@given(pairs())
@law
def test_law_what_is_not_reported_is_as_before(pair: Pair) -> None:
    told = {**pair.after, "services": [PUBLIC]}
    made = record_snapshot(portal(told), state(pair.before), ledger(pair.before), {})
    store, _book = after(made, state(pair.before), ledger(pair.before))
    (record,) = store.records.values()
    reported, now = expand(told), expand(record.body)
    assert now.lists == expand(pair.before).lists | reported.lists
    for address, resource in expand(pair.before).resources.items():
        if address.parent != address and address.group not in reported.lists:
            assert now.resources[address] == resource


def test_a_structure_of_which_nothing_is_approved_is_taken_whole() -> None:
    still = [waiting(ST_TECH, "/description", op="delete", after=None)]
    sheets = {SIRET: Record(SIRET, sheet(services=[PUBLIC]), "a.yaml")}
    made = record_snapshot(portal(sheet(services=[PUBLIC, TECH])), state(), ledger(still=still), sheets)
    assert made.records[0].body["services"] == [PUBLIC, TECH]


def test_a_record_keeps_the_file_it_was_approved_from() -> None:
    """A sheet that was renamed since is a change to approve, and nobody did."""
    made = record_snapshot(portal(named("B")), state(named("A")), ledger(), SHEETS)
    assert [record.path for record in made.records] == ["a.yaml"]


def test_a_damaged_text_of_a_list_does_not_take_the_place_of_the_right_one() -> None:
    made = record_snapshot(portal(named("H¿res")), state(named("Hères")), ledger(named("Hères")), {})
    assert (made.records, made.confirmed) == ((), {})
    made = record_snapshot(portal(named("Hères")), state(named("H¿res")), ledger(named("H¿res")), {})
    assert label_of(made.confirmed[SIRET]) == "Hères"


def noted(event: str, at: str, taken_at: str | None = None, structures: tuple[str, ...] = (), **states: str) -> HistoryEntry:
    """Return a write; `states` are those of operations on the first structure and on the other."""
    roots = {"first": SIRET, "other": OTHER}
    rows = [{"address": f"{roots[name]}/services/A", "state": state} for name, state in states.items()]
    document = {"operations": rows, "structures": [*structures], "taken_at": taken_at}
    return HistoryEntry(1, event, at, None, "", None, document)


def test_what_was_last_known_of_each_structure() -> None:
    history = (
        noted("confirm", "2026-03-01T00:00:00Z", first="entered", other="dropped"),
        # Read before it was written down, and before what was entered.
        noted("record", "2026-04-01T00:00:00Z", "2026-02-01T00:00:00Z", (SIRET, OTHER)),
        noted("record", "2026-05-01T00:00:00Z", None, (OTHER,)),
        noted("import", "2026-04-02T00:00:00+02:00", "2026-09-09T00:00:00Z", ("comptes/dgs",)),
    )
    latest = last_known_by_root(history)
    assert latest == {
        SIRET: "2026-03-01T00:00:00Z",
        OTHER: "2026-02-01T00:00:00Z",
        "comptes/dgs": "2026-04-02T00:00:00+02:00",
    }
    assert {root: last_known_at(history, (root,)) for root in latest} == latest
    assert last_known_at(history, latest) == "2026-04-02T00:00:00+02:00"
    assert last_known_at(history, ("21169999600099",)) is None
