"""The ledger of operations: what approvals open, what people settle, and what is then on the portal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chorus_config.diff.expand import Expanded, expand, root_of
from chorus_config.diff.fields import alike, is_on_portal
from chorus_config.engine.ledger.confirm import confirmed_after, targeted, unconfirmed
from chorus_config.engine.ledger.pending import ComparedSides, open_operations, pending_operation
from chorus_config.engine.ledger.record import record_snapshot
from chorus_config.model.address import parse_address
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import Ledger
from tests.diff.strategies import Pen, pens
from tests.engine.making import DAY, IBAN, PUBLIC, SIRET, TECH, Body, account, approved, general, plan_of, sheet

WHY = "replaced by a later approval"
OTHER_IBAN = "FR7630006000019999999990189"
FULL = sheet(services=[PUBLIC, TECH])


@dataclass
class Desk:
    """A store and the desk that enters: approvals one after the other, operations entered now and then."""

    state: Snapshot = field(default_factory=lambda: Snapshot(source="sqlite:///r", lineage="l"))
    waiting: dict[int, Operation] = field(default_factory=dict)
    confirmed: dict[str, Record] = field(default_factory=dict)
    given: int = 0

    def approve(self, *bodies: Body) -> tuple[Operation, ...]:
        """Approve sheets and accounts as the only ones there are; return what is opened."""
        made = plan_of({f"{number}.yaml": body for number, body in enumerate(bodies)}, self.state)
        sides = ComparedSides({record.root: record for record in made.records}.get, self.confirmed.get, DAY)
        opening = open_operations(made.plan, self.waiting.values(), made.forgotten, sides, WHY)
        for closing in opening.closings:
            assert (closing.state, closing.reason) == ("dropped", WHY)
            del self.waiting[closing.id]
        new = []
        for operation in opening.operations:
            self.given += 1
            new.append(replace(operation, id=self.given))
        self.waiting |= {operation.id: operation for operation in new}
        self.state = approved(made, self.state)
        self.confirmed = {root: record for root, record in self.confirmed.items() if root not in made.forgotten}
        return tuple(new)

    def enter(self, *chosen: Operation) -> None:
        """Enter operations."""
        for root, body in confirmed_after(chosen, self.state.records, self.confirmed).items():
            self.confirmed.pop(root, None)
            if body is not None:
                self.confirmed[root] = Record(root, body)
        for operation in chosen:
            del self.waiting[operation.id]

    def read(self, observed: Body, *sheets: Body) -> None:
        """Take over what the portal says of one structure."""
        told = Snapshot({(root := str(root_of(observed))): Record(root, observed)}, "releve.json")
        found = {(name := str(root_of(body))): Record(name, body, "a.yaml") for body in sheets}
        made = record_snapshot(told, self.state, Ledger((*self.waiting.values(),), self.confirmed), found)
        self.state = replace(self.state, records={**self.state.records, **{one.root: one for one in made.records}})
        self.confirmed |= {root: Record(root, body) for root, body in made.confirmed.items()}
        for closing in made.closings("read"):
            del self.waiting[closing.id]
        for _old, new in made.reopened:
            self.given += 1
            self.waiting[self.given] = replace(new, id=self.given)

    def enter_all(self) -> None:
        """Enter whatever is open."""
        self.enter(*self.waiting.values())

    def left(self) -> dict[str, list[str]]:
        """Return what is approved and not confirmed, by root."""
        found = {
            root: [str(change.address) for change in unconfirmed(record.body, self.body(root), DAY)]
            for root, record in self.state.records.items()
        }
        return {root: addresses for root, addresses in found.items() if addresses}

    def body(self, root: str) -> Any:
        """Return what is confirmed of a structure or account."""
        return self.confirmed[root].body if root in self.confirmed else None


def wishes(pen: Pen) -> list[tuple[Body, ...]]:
    """Return sheets and accounts as they follow each other in git: edits, mostly of one structure; some go, some come back."""
    made: list[tuple[Body, ...]] = []
    pair = pen.pair()
    for _turn in range(pen.random.randint(2, 5)):
        body = pair.after if pen.flag() else pair.before
        rest: tuple[Body, ...] = (pen.account("elu"),) if pen.flag() else ()
        made.append((*rest, body) if pen.random.randrange(6) else rest)
        if not pen.random.randrange(3):
            pair = pen.pair()
    return made


STORIES = st.tuples(pens, st.integers(0, 2**32))


@given(STORIES)
@settings(max_examples=500, deadline=None, database=None)
def test_no_address_ever_has_two_open_operations_and_each_says_what_is_on_the_portal(story: tuple[Pen, int]) -> None:
    pen, seed = story
    random, desk = Random(seed), Desk()  # noqa: S311 - nothing secret
    for bodies in wishes(pen):
        desk.approve(*bodies)
        assert all(count == 1 for count in Counter(one.address for one in desk.waiting.values()).values())
        assert {one.address.split("/")[0] for one in desk.waiting.values()} <= {
            root.split("/")[0] for root in desk.state.records
        }
        chosen = [one for one in desk.waiting.values() if random.random() < 0.4]
        desk.enter(*chosen)
    # What is open is exactly what is missing on the portal.
    missing = {address for addresses in desk.left().values() for address in addresses}
    assert {one.address for one in desk.waiting.values()} == missing


@given(STORIES)
@settings(max_examples=500, deadline=None, database=None)
def test_entering_all_makes_confirmed_what_is_approved(story: tuple[Pen, int]) -> None:
    pen, seed = story
    random, desk = Random(seed), Desk()  # noqa: S311 - nothing secret
    for bodies in wishes(pen):
        desk.approve(*bodies)
        desk.enter(*(one for one in desk.waiting.values() if random.random() < 0.3))
    order = [*desk.waiting.values()]
    random.shuffle(order)
    for operation in order:
        desk.enter(operation)
    assert desk.left() == {}
    assert desk.waiting == {}


@given(pens)
@settings(max_examples=300, deadline=None, database=None)
def test_undoing_what_was_not_entered_leaves_only_what_the_last_wish_does_not_manage(pen: Pen) -> None:
    desk, pair = Desk(), pen.pair()
    desk.approve(pair.before)
    desk.enter_all()
    desk.approve(pair.after)
    desk.approve(pair.before)
    missing = {address for addresses in desk.left().values() for address in addresses}
    assert {one.address for one in desk.waiting.values()} <= missing
    for operation in desk.waiting.values():
        assert not any(row["before"] == row["after"] for row in operation.fields if row["path"] not in {"/iban", "/bic"})


def alike_on_portal(asked: Operation, one: Operation, path: str) -> bool:
    """Tell whether two operations ask for the same of a field: an older name of a value is that value."""
    group, sides = parse_address(one.address).group, zip(fields(asked)[path], fields(one)[path], strict=True)
    return all(alike(group, path, asked_side, side) for asked_side, side in sides)


def entered(operation: Operation) -> dict[str, tuple[object, object]]:
    """Return the fields that are entered on the portal of the day: of the others something else may be approved since."""
    group = parse_address(operation.address).group
    return {path: sides for path, sides in fields(operation).items() if is_on_portal(group, path, DAY)}


@given(STORIES)
@settings(max_examples=500, deadline=None, database=None)
def test_readings_between_approvals_leave_every_operation_true(story: tuple[Pen, int]) -> None:
    pen, seed = story
    random, desk = Random(seed), Desk()  # noqa: S311 - nothing secret
    bodies: tuple[Body, ...] = ()
    for bodies in wishes(pen):
        desk.approve(*bodies)
        desk.enter(*(one for one in desk.waiting.values() if random.random() < 0.3))
        if random.random() < 0.6:
            desk.read(pen.pair().after, *bodies)
        sides = ComparedSides(desk.state.records.get, desk.confirmed.get)
        for one in desk.waiting.values():
            asked = pending_operation(one.address, one.paths, sides)
            assert asked is not None
            assert (asked.op, entered(asked).keys()) == (one.op, entered(one).keys())
            assert all(alike_on_portal(asked, one, path) for path in entered(one))
        assert all(count == 1 for count in Counter(one.address for one in desk.waiting.values()).values())
    desk.approve(*bodies)
    desk.enter_all()
    assert desk.left() == {}
    assert desk.approve(*bodies) == ()


def changed(old: Body, new: Body, last: Body) -> Desk:
    """Return a desk where `old` is entered, `new` was approved and not entered, and `last` is approved now."""
    desk = Desk()
    desk.approve(old)
    desk.enter_all()
    desk.approve(new)
    desk.approve(last)
    return desk


def libelle(text: str, **blocks: Any) -> Body:
    """Return the small sheet under another name."""
    return {**FULL, "informations_generales": general(libelle=text), **blocks}


def test_a_role_that_the_portal_renamed_is_asked_for_under_its_new_name_by_who_is_not_attached_yet() -> None:
    def users(role: str) -> Body:
        return {**FULL, "utilisateurs": [{"ref": "dgs", "role": role}]}

    desk = Desk()
    for role in ("GESTIONNAIRE_SECONDAIRE", "UTILISATEUR"):
        desk.approve(users(role))
        (found,) = (one for one in desk.waiting.values() if "utilisateurs" in one.address)
        assert (found.op, fields(found)["/role"]) == ("create", (None, role))
    number = found.id
    desk.approve({**users("UTILISATEUR"), "emission": "HELIOS"})
    assert number in desk.waiting, "what is only declared opens nothing anew"


def the_only(desk: Desk) -> Operation:
    """Return the one open operation."""
    (found,) = desk.waiting.values()
    return found


def fields(operation: Operation) -> dict[str, tuple[object, object]]:
    """Return the fields of an operation, from → to."""
    return {str(row["path"]): (row["before"], row["after"]) for row in operation.fields}


def test_an_update_of_an_update_starts_from_the_portal() -> None:
    found = the_only(changed(libelle("a"), libelle("b"), libelle("c")))
    assert (found.op, fields(found)) == ("update", {"/libelle": ("a", "c")})


def test_an_update_beside_an_update_keeps_both_fields() -> None:
    mail = {**FULL, "informations_generales": general(libelle="b", adresse_electronique="x@y.example")}
    found = the_only(changed(libelle("a"), libelle("b"), mail))
    assert fields(found) == {"/libelle": ("a", "b"), "/adresse_electronique": ("factures@valmont.example", "x@y.example")}


def test_an_update_back_to_the_value_of_the_portal_leaves_nothing() -> None:
    assert changed(libelle("a"), libelle("b"), libelle("a")).waiting == {}


def test_a_list_in_another_order_is_the_value_of_the_portal() -> None:
    def rights(*names: str) -> Body:
        return sheet(utilisateurs=[{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL", "habilitations": [*names]}])

    assert changed(rights("a", "b"), rights("c"), rights("b", "a")).waiting == {}


def test_true_is_not_1() -> None:
    (found,) = changed(
        sheet(services=[{**TECH, "actif": 1}]), sheet(services=[TECH]), sheet(services=[{**TECH, "actif": True}])
    ).waiting.values()  # fmt: skip
    assert fields(found) == {"/actif": (1, True)}


def test_a_creation_that_is_deleted_again_leaves_nothing() -> None:
    assert changed(sheet(services=[PUBLIC]), FULL, sheet(services=[PUBLIC])).waiting == {}


def test_a_creation_that_is_updated_is_one_creation() -> None:
    found = the_only(changed(sheet(services=[PUBLIC]), FULL, sheet(services=[PUBLIC, {**TECH, "libelle": "Voirie"}])))
    assert (found.op, fields(found)) == ("create", {"/code": (None, "ST-TECH"), "/libelle": (None, "Voirie")})


def test_a_deletion_that_comes_back_as_it_was_leaves_nothing() -> None:
    assert changed(FULL, sheet(services=[PUBLIC]), FULL).waiting == {}


def test_a_deletion_that_comes_back_changed_is_an_update() -> None:
    found = the_only(changed(FULL, sheet(services=[PUBLIC]), sheet(services=[PUBLIC, {**TECH, "libelle": "Voirie"}])))
    assert (found.op, fields(found)) == ("update", {"/libelle": ("Services techniques", "Voirie")})


def test_a_deletion_of_what_was_not_yet_updated_shows_what_is_on_the_portal() -> None:
    new = sheet(services=[PUBLIC, {**TECH, "libelle": "Voirie", "description": "x"}])
    found = the_only(changed(FULL, new, sheet(services=[PUBLIC])))
    assert (found.op, fields(found)) == ("delete", {"/code": ("ST-TECH", None), "/libelle": ("Services techniques", None)})


def bank(iban: str | None) -> Body:
    """Return the small sheet with a bank account."""
    return sheet(coordonnees_bancaires=[{"libelle": "Régie", **({"iban": iban} if iban else {})}])


def test_a_sensitive_value_is_judged_by_itself_and_not_by_its_mask() -> None:
    """All have the mask `FR76 **** 0189`."""
    between = "FR7630006000012222222220189"
    assert changed(bank(IBAN), bank(between), bank(IBAN)).waiting == {}
    desk = changed(bank(IBAN), bank(between), bank(OTHER_IBAN))
    assert fields(the_only(desk)) == {"/iban": ("FR76 **** 0189", "FR76 **** 0189")}
    desk.enter_all()
    assert desk.body(SIRET)["coordonnees_bancaires"] == [{"libelle": "Régie", "iban": OTHER_IBAN}]


def test_an_operation_starts_from_what_the_portal_says_now() -> None:
    """Somebody changed the portal while an operation waited, and that was recorded."""
    desk = changed(libelle("a"), libelle("b"), libelle("b"))
    desk.confirmed[SIRET] = Record(SIRET, libelle("y"))
    desk.approve(libelle("a"))
    assert fields(the_only(desk)) == {"/libelle": ("y", "a")}


def test_a_creation_that_the_portal_has_by_now_is_to_be_removed() -> None:
    desk = Desk()
    desk.approve(sheet(services=[PUBLIC]))
    desk.enter_all()
    desk.approve(FULL)
    desk.confirmed[SIRET] = Record(SIRET, sheet(services=[PUBLIC, {**TECH, "libelle": "Autre"}]))
    desk.approve(sheet(services=[PUBLIC]))
    found = the_only(desk)
    assert (found.op, fields(found)) == ("delete", {"/code": ("ST-TECH", None), "/libelle": ("Autre", None)})


def test_what_was_dropped_is_not_asked_for_again() -> None:
    desk = Desk()
    desk.approve(libelle("a"))
    desk.enter_all()
    desk.approve(libelle("b"))
    desk.waiting.clear()
    desk.approve({**FULL, "informations_generales": general(libelle="b", adresse_electronique="x@y.example")})
    assert [*fields(the_only(desk))] == ["/adresse_electronique"]


def test_what_was_lost_on_the_portal_is_confirmed_whole() -> None:
    desk = changed(FULL, sheet(services=[PUBLIC, {**TECH, "libelle": "B"}]), sheet(services=[PUBLIC, {**TECH, "libelle": "B"}]))
    desk.confirmed[SIRET] = Record(SIRET, sheet(services=[PUBLIC]))
    desk.enter_all()
    assert desk.body(SIRET)["services"] == [PUBLIC, {**TECH, "libelle": "B"}]


def test_blanks_in_an_iban_are_nothing_to_enter() -> None:
    desk = Desk()
    desk.approve(bank(IBAN))
    desk.enter_all()
    desk.approve(bank("FR76 3000 6000 0112 3456 7890 189"))
    assert (desk.waiting, desk.left()) == ({}, {})


def test_no_mask_is_ever_confirmed() -> None:
    desk = changed(bank(None), bank(IBAN), {**bank(IBAN), "services": [PUBLIC]})
    desk.enter_all()
    assert "****" not in repr(desk.confirmed)
    assert IBAN in repr(desk.confirmed)


def test_what_is_forgotten_has_nothing_left_to_enter() -> None:
    desk = Desk()
    desk.approve(FULL, account())
    desk.approve(FULL)
    assert "comptes/dgs" not in {one.address for one in desk.waiting.values()}
    assert len(desk.waiting) == 3


def test_an_operation_that_nothing_touches_stays() -> None:
    desk = Desk()
    first = desk.approve(sheet(services=[PUBLIC]))
    second = desk.approve(sheet(services=[PUBLIC], coordonnees_bancaires=[{"libelle": "Régie"}]))
    assert second
    assert [one.id for one in desk.waiting.values()] == [one.id for one in (*first, *second)]


def test_what_is_entered_is_confirmed_and_the_rest_is_not() -> None:
    desk = Desk()
    desk.approve(FULL)
    service = next(one for one in desk.waiting.values() if one.address.endswith("ST-TECH"))
    desk.enter(service)
    body = desk.body(SIRET)
    assert body["services"] == [TECH]
    assert body["informations_generales"] == {"type_identifiant": "SIRET", "identifiant": SIRET}
    assert "libelle" not in body["informations_generales"]
    assert desk.left() == {SIRET: [SIRET, f"{SIRET}/services/FACTURES_PUBLIQUES"]}


def test_the_last_entry_that_goes_leaves_an_empty_list() -> None:
    desk = Desk()
    desk.approve(bank(None))
    desk.enter_all()
    desk.approve(sheet(coordonnees_bancaires=[]))
    desk.enter_all()
    assert desk.body(SIRET)["coordonnees_bancaires"] == []
    assert desk.left() == {}


def test_what_only_the_project_declares_is_not_looked_for_on_the_portal() -> None:
    desk = Desk()
    desk.approve(FULL)
    desk.enter_all()
    desk.approve({**FULL, "comptabilite": "autre", "raccordement": {"mode": "EDI"}})
    assert (desk.waiting, desk.left()) == ({}, {})


def test_a_deletion_of_a_whole_structure_leaves_nothing_confirmed() -> None:
    known: Mapping[str, Record] = {SIRET: Record(SIRET, FULL)}
    gone = Operation(SIRET, "delete", ())
    assert confirmed_after([gone], known, known) == {SIRET: None}


def test_nothing_known_is_nothing_confirmed() -> None:
    assert [str(change.address) for change in unconfirmed(FULL, None, DAY)] == [
        SIRET, f"{SIRET}/services/FACTURES_PUBLIQUES", f"{SIRET}/services/ST-TECH",
    ]  # fmt: skip
    assert unconfirmed(FULL, FULL, DAY) == ()


REACH = [Operation(address, "create", ()) for address in (SIRET, f"{SIRET}/services/A/B", "comptes/dgs", "21169999600024")]


@pytest.mark.parametrize(
    ("targets", "found"),
    [
        ((), [0, 1, 2, 3]),
        ((SIRET,), [0, 1]),
        (("2116*",), [0, 1, 3]),
        (("comptes/*",), [2]),
        (("comptes/dgs",), [2]),
        ((f"{SIRET}/services/A/B",), [1]),
        ((f"{SIRET}/services/*",), []),
        (("dgs",), []),
        ((f"{SIRET}/services/A/B", "comptes/dgs"), [1, 2]),
    ],
)
def test_targets_are_patterns_of_identifiants_or_whole_addresses(targets: tuple[str, ...], found: list[int]) -> None:
    assert targeted(REACH, targets) == tuple(REACH[number] for number in found)


def test_what_comes_back_before_its_removal_was_entered_is_not_emptied() -> None:
    """What the removal took along and the new entry does not name stays on the portal: nobody asks to clear it."""
    desk = Desk()
    desk.approve(sheet(services=[PUBLIC, {**TECH, "description": "d"}]))
    desk.enter_all()
    desk.approve(sheet(services=[PUBLIC]))
    desk.approve(sheet(services=[PUBLIC, {**TECH, "libelle": "Ateliers"}]))
    (one,) = desk.waiting.values()
    assert (one.op, one.fields) == (
        "update", ({"path": "/libelle", "before": "Services techniques", "after": "Ateliers"},)
    )  # fmt: skip


def test_it_is_confirmed_as_the_operation_says_where_nothing_else_is_known() -> None:
    """What is approved may not say any more what somebody was asked to enter."""
    one = Operation(SIRET, "update", ({"path": "/libelle", "before": "A", "after": "B"},))
    after = confirmed_after([one], {}, {SIRET: Record(SIRET, sheet())})
    assert after == {SIRET: sheet(informations_generales=general(libelle="B"))}


def test_a_structure_is_read_once_however_many_of_its_entries_are_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of services may be confirmed at once."""
    desk = Desk()
    desk.approve(sheet(services=[PUBLIC, *({"code": f"S{n}", "libelle": f"Service {n}"} for n in range(50))]))
    read: list[object] = []

    def counted(body: Body) -> Expanded:
        read.append(body)
        return expand(body)

    monkeypatch.setattr("chorus_config.engine.ledger.confirm.expand", counted)
    confirmed_after([*desk.waiting.values()], desk.state.records, desk.confirmed)
    assert len(read) == 1


def test_what_the_portal_of_the_day_does_not_have_is_not_looked_for_there() -> None:
    after = {**FULL, "espaces": ["Engagements"]}
    assert [str(change.address) for change in unconfirmed(after, FULL, date(2023, 2, 20))] == [f"{SIRET}/espaces/Engagements"]
    assert unconfirmed(after, FULL, date(2023, 2, 21)) == ()


def test_letters_that_were_lost_and_are_put_right_are_to_be_entered() -> None:
    desk = Desk()
    damaged, right = (sheet(informations_generales=general(libelle=label)) for label in ("St Martin H¿res", "St Martin Hères"))
    desk.approve(damaged)
    desk.enter_all()
    (opened,) = desk.approve(right)
    assert opened.paths == ("/libelle",)
    assert desk.left() == {SIRET: [SIRET]}
    # A list that shows the damaged text as before does not show that it was entered.
    desk.read(damaged, right)
    assert len(desk.waiting) == 1
    desk.read(right, right)
    assert desk.waiting == {}
