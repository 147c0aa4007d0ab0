"""What is no longer the same between two snapshots: each kind by name, and what is never a change."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorus_config.engine.drift.since import changes_since
from chorus_config.model.observed.source import Asked
from chorus_config.model.observed.watch import StructureSince, Watch
from chorus_config.model.snapshot import Record, Snapshot
from tests.engine.making import IBAN

ONE = "21160999500017"
TWO = "21160999500025"
STRANGER = "31160999500017"
TECH = {"code": "ST-TECH", "libelle": "Services techniques", "actif": True}

Body = dict[str, Any]


def snapshot(bodies: dict[str, Body]) -> Snapshot:
    """Return a snapshot of structures by identifiant, each completed as a reader completes it."""
    records = {}
    for root, body in bodies.items():
        own = {"identifiant": root, **body.get("own", {})}
        rest = {key: value for key, value in body.items() if key != "own"}
        records[root] = Record(root, {"type": "fiche-structure", "version": 1, "informations_generales": own, **rest})
    return Snapshot(records, "Lu", "2026-11-01T00:00:00Z")


def since(before: Body, now: Body) -> Watch:
    """Return what happened to one structure."""
    return changes_since(snapshot({ONE: before}), snapshot({ONE: now}))


def only(watch: Watch) -> StructureSince:
    """Return the one structure to which something happened."""
    (one,) = watch.structures
    return one


def entries(watch: Watch) -> dict[str, str]:
    """Return what happened to each resource, by address."""
    return {str(entry.address): entry.event for one in watch.structures for entry in one.entries}


def notices(watch: Watch) -> list[tuple[str, str]]:
    """Return what suppliers meet, by address."""
    return [(str(notice.address), notice.notice) for _one, notice in watch.for_suppliers]


def test_a_structure_that_only_one_side_has_is_new_or_gone() -> None:
    watch = changes_since(snapshot({ONE: {"own": {"libelle": "A"}}}), snapshot({TWO: {"own": {"raison_sociale": "B"}}}))
    assert [(one.root, one.name, one.events, one.siren_known) for one in watch.structures] == [
        (ONE, "A", ("vanished",), True),
        (TWO, "B", ("new",), True),
    ]


def test_a_structure_of_a_siren_that_was_unknown_may_not_have_been_asked_for() -> None:
    assert only(changes_since(snapshot({}), snapshot({STRANGER: {}}))).siren_known is False


def test_a_structure_that_is_not_asked_for_did_not_vanish() -> None:
    before = snapshot({ONE: {"own": {"libelle": "A"}}, TWO: {"own": {"libelle": "B"}}, STRANGER: {"own": {"libelle": "C"}}})
    now = snapshot({ONE: {"own": {"libelle": "A"}}})
    watch = changes_since(before, now, Asked(frozenset({TWO, ONE})))
    assert [(one.root, one.events) for one in watch.structures] == [(TWO, ("vanished",))]
    assert watch.outside == {STRANGER: "C"}
    assert [one.root for one in changes_since(before, now, Asked(sirens=frozenset({ONE[:9]}))).structures] == [TWO]
    assert [one.root for one in changes_since(before, now).structures] == [TWO, STRANGER]
    # What was read is compared, asked for or not.
    assert changes_since(before, now, Asked(frozenset({STRANGER}))).count("new") == 0


@pytest.mark.parametrize(
    ("before", "now", "events"),
    [
        ({"statut": "ACTIF"}, {"statut": "INACTIF"}, ("closed",)),
        ({"statut": "INACTIF"}, {"statut": "ACTIF"}, ("reopened",)),
        ({"libelle": "A"}, {"libelle": "B"}, ("renamed",)),
        ({"raison_sociale": "A"}, {"raison_sociale": "B"}, ("renamed",)),
        ({"adresse_electronique": "a@b.fr"}, {"adresse_electronique": "c@b.fr"}, ("changed",)),
        ({"statut": "ACTIF", "libelle": "A"}, {"statut": "INACTIF", "libelle": "B"}, ("closed", "renamed")),
        ({"libelle": "A", "emetteur_flux_edi": False}, {"libelle": "B", "emetteur_flux_edi": True}, ("renamed", "changed")),
        ({"date_creation": "2020-01-01"}, {"date_creation": "2021-01-01"}, ("changed",)),
        ({"statut": "ACTIF"}, {}, ()),
        ({}, {"statut": "INACTIF"}, ()),
        ({"libelle": "St Martin H¿res"}, {"libelle": "St Martin Hères"}, ()),
        ({"libelle": "St Martin Hères"}, {"libelle": "St Martin H\ufffdres"}, ()),
    ],
)
def test_what_happened_to_a_structure(before: Body, now: Body, events: tuple[str, ...]) -> None:
    assert [one.events for one in since({"own": before}, {"own": now}).structures] == ([events] if events else [])


def test_parameters_and_the_address_count() -> None:
    watch = since(
        {"parametres": {"structure_avec_moa": False}, "adresse_postale": {"ville": "A"}},
        {"parametres": {"structure_avec_moa": True}, "adresse_postale": {"ville": "B"}},
    )
    assert [(field.path, field.before, field.after) for field in only(watch).entries[0].fields] == [
        ("/parametres/structure_avec_moa", False, True),
        ("/adresse_postale/ville", "A", "B"),
    ]
    assert (only(watch).events, watch.compared) == (("changed",), 2)


def test_a_declaration_of_the_project_is_nothing_of_the_portal() -> None:
    assert since({"comptabilite": "helios"}, {"comptabilite": "autre"}).settled


@pytest.mark.parametrize(
    ("before", "now", "event"),
    [
        ([], [TECH], "added"),
        ([TECH], [], "removed"),
        ([TECH], [{**TECH, "actif": False}], "closed"),
        ([{**TECH, "actif": False}], [TECH], "reopened"),
        ([TECH], [{**TECH, "libelle": "Voirie"}], "renamed"),
        ([TECH], [{**TECH, "libelle": "Voirie", "actif": False}], "closed"),
        ([{**TECH, "description": "a"}], [{**TECH, "description": "b"}], "changed"),
    ],
)
def test_what_happened_to_a_service(before: list[Body], now: list[Body], event: str) -> None:
    watch = since({"services": before}, {"services": now})
    assert entries(watch) == {f"{ONE}/services/ST-TECH": event}
    assert only(watch).events == ("changed",)


def test_a_list_that_one_side_does_not_report_is_not_compared() -> None:
    for before, now in (({}, {"services": [TECH]}), ({"services": [TECH]}, {})):
        watch = since(before, now)
        assert (watch.settled, watch.compared, watch.one_sided) == (True, 0, 1)
    # A service without its state says nothing of it.
    assert since({"services": [TECH]}, {"services": [{"code": "ST-TECH"}]}).one_sided == 2


def test_a_new_code_under_the_same_name_is_told_beside_the_old_one() -> None:
    new = {**TECH, "code": "STT"}
    watch = since({"services": [TECH]}, {"services": [new]})
    removed, added = only(watch).entries
    assert (removed.event, removed.became, added.event) == ("removed", "STT", "added")
    assert [(notice.notice, notice.became) for _one, notice in watch.for_suppliers] == [("service_removed", "STT")]
    # Of two, nobody knows which.
    again = since({"services": [TECH]}, {"services": [new, {**TECH, "code": "X"}]})
    assert only(again).entries[0].became == ""


def test_a_bank_account_is_masked_and_its_form_is_no_change() -> None:
    def bank(iban: str) -> Body:
        return {"coordonnees_bancaires": [{"libelle": "Régie", "iban": iban}]}

    assert since(bank(IBAN), bank(" ".join(IBAN[n : n + 4] for n in range(0, 27, 4)))).settled
    other = IBAN[:8] + "9" + IBAN[9:]
    (field,) = only(since(bank(IBAN), bank(other))).entries[0].fields
    assert (field.before, field.after, field.hidden) == ("FR76 **** 0189", "FR76 **** 0189", True)
    came = only(since({"coordonnees_bancaires": []}, bank(IBAN))).entries[0]
    assert [(one.path, one.before, one.after) for one in came.fields] == [("/iban", None, "FR76 **** 0189")]


def test_a_space_comes_and_goes_by_its_name() -> None:
    watch = since({"espaces": ["A"]}, {"espaces": ["B"]})
    assert entries(watch) == {f"{ONE}/espaces/A": "removed", f"{ONE}/espaces/B": "added"}
    assert [entry.fields for entry in only(watch).entries] == [(), ()]


def test_entries_are_told_in_the_order_of_the_portal() -> None:
    watch = since({"services": [], "espaces": ["A"]}, {"services": [TECH], "espaces": []})
    assert list(entries(watch)) == [f"{ONE}/services/ST-TECH", f"{ONE}/espaces/A"]


def test_an_account_is_watched_too() -> None:
    def account(name: str) -> Snapshot:
        body = {"type": "compte-utilisateur", "version": 1, "ref": "dgs", "informations_personnelles": {"nom": name}}
        return Snapshot({"comptes/dgs": Record("comptes/dgs", body)})

    assert only(changes_since(account("A"), account("B"))).events == ("changed",)
    assert only(changes_since(Snapshot(), account("B"))).siren_known


# What suppliers meet


def boxes(code: bool | None = None, commitment: bool | None = None) -> Body:
    """Return the parameters that ask suppliers for something; None is not reported."""
    both = {"code_service_obligatoire": code, "engagement_juridique_obligatoire": commitment}
    return {"parametres": {key: value for key, value in both.items() if value is not None}}


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (boxes(False), boxes(True), ["code"]),
        (boxes(commitment=False), boxes(commitment=True), ["commitment"]),
        (boxes(True, False), boxes(True, True), ["both"]),
        # The other box is what it was, though one side does not tell.
        (boxes(commitment=False), boxes(True, True), ["both"]),
        (boxes(True), boxes(False), []),
        (boxes(), boxes(True), []),
        (boxes(True), boxes(), []),
        ({"parametres": {"moa_uniquement": False}}, {"parametres": {"moa_uniquement": True}}, ["works_only"]),
        ({**boxes(False), "own": {"statut": "INACTIF"}}, {**boxes(True), "own": {"statut": "INACTIF"}}, []),
        ({**boxes(False), "own": {"statut": "ACTIF"}}, {**boxes(True), "own": {"statut": "INACTIF"}}, ["structure_closed"]),
        ({"own": {"statut": "INACTIF"}}, {"own": {"statut": "ACTIF"}}, []),
        ({"own": {"libelle": "A"}}, {"own": {"libelle": "B"}}, []),
        # What was not reported before was perhaps demanded already.
        ({"own": {"libelle": "A"}}, {"own": {"libelle": "B"}, **boxes(True)}, []),
        (boxes(commitment=True), {**boxes(True, False)}, []),
    ],
)
def test_what_suppliers_meet_at_a_structure(before: Body, now: Body, told: list[str]) -> None:
    assert notices(since(before, now)) == [(ONE, notice) for notice in told]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({"actif": True}, {"actif": False}, ["service_closed"]),
        ({"actif": False}, {"actif": True}, []),
        ({"engagement_obligatoire": False}, {"engagement_obligatoire": True}, ["commitment"]),
        ({"engagement_obligatoire": True}, {"engagement_obligatoire": False}, []),
        ({"engagement_obligatoire": False}, {"engagement_obligatoire": True, "actif": False}, []),
        (
            {"engagement_obligatoire": False, "actif": True},
            {"engagement_obligatoire": True, "actif": False},
            ["service_closed"],
        ),
    ],
)
def test_what_suppliers_meet_at_a_service(before: Body, now: Body, told: list[str]) -> None:
    sides = ({"services": [{"code": "ST", **side}]} for side in (before, now))
    assert notices(since(*sides)) == [(f"{ONE}/services/ST", notice) for notice in told]


def test_a_service_of_a_closed_structure_needs_no_word_of_its_own() -> None:
    watch = since({"own": {"statut": "ACTIF"}, "services": [TECH]}, {"own": {"statut": "INACTIF"}, "services": []})
    assert notices(watch) == [(ONE, "structure_closed")]


# Laws

_TEXT = st.sampled_from(["A", "B", "Hères", "H¿res"])
_SERVICE = st.fixed_dictionaries(
    {"code": st.sampled_from(["X", "Y", "Z"])},
    optional={"libelle": _TEXT, "actif": st.booleans(), "engagement_obligatoire": st.booleans()},
)
_BODY = st.fixed_dictionaries(
    {},
    optional={
        "own": st.fixed_dictionaries(
            {}, optional={"libelle": _TEXT, "raison_sociale": _TEXT, "statut": st.sampled_from(["ACTIF", "INACTIF"])}
        ),
        "parametres": st.fixed_dictionaries({}, optional={"code_service_obligatoire": st.booleans()}),
        "services": st.lists(_SERVICE, max_size=3, unique_by=lambda one: str(one["code"])),
    },
)
_SNAPSHOT = st.dictionaries(st.sampled_from([ONE, TWO, STRANGER]), _BODY).map(snapshot)


@given(_SNAPSHOT)
def test_nothing_happened_between_a_snapshot_and_itself(one: Snapshot) -> None:
    watch = changes_since(one, one)
    assert (watch.structures, watch.outside, watch.one_sided) == ((), {}, 0)


@given(_SNAPSHOT, _SNAPSHOT)
def test_the_way_back_tells_the_opposite(one: Snapshot, other: Snapshot) -> None:
    there, back = changes_since(one, other), changes_since(other, one)
    assert [entry.root for entry in there.structures] == [entry.root for entry in back.structures]
    for event, opposite in (("new", "vanished"), ("closed", "reopened"), ("renamed", "renamed"), ("changed", "changed")):
        assert there.count(event) == back.count(opposite), event  # type: ignore[arg-type]
    assert (there.compared, there.one_sided) == (back.compared, back.one_sided)


@given(_SNAPSHOT, _SNAPSHOT)
def test_what_is_told_is_reported_by_both_and_differs(one: Snapshot, other: Snapshot) -> None:
    for structure in changes_since(one, other).structures:
        assert structure.events
        for entry in structure.entries:
            if entry.event not in {"added", "removed"}:
                assert entry.fields
                assert all(field.before is not None and field.after is not None for field in entry.fields)
                assert all(field.before != field.after for field in entry.fields)


@given(_SNAPSHOT, _SNAPSHOT)
def test_what_was_not_asked_for_is_never_gone(one: Snapshot, other: Snapshot) -> None:
    read = Snapshot({root: record for root, record in other.records.items() if root == ONE})
    watch = changes_since(one, read, Asked(frozenset({ONE})))
    assert {structure.root for structure in watch.structures} <= {ONE}
    assert set(watch.outside) == one.records.keys() - {ONE}
