"""The laws of the engine (design/engine.md), one test each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorus_config.diff.compare import deletion, difference, in_order, patched
from chorus_config.diff.expand import Expanded, Resource, collapse, expand, root_of
from chorus_config.diff.fields import leaves, managed, one_value, same
from chorus_config.diff.sensitive import digest, keyed_tokens, tokenised_body
from chorus_config.engine.checking.one_file import check_file
from chorus_config.model.address import LISTS, Address, parse_address
from chorus_config.model.project import TextFile
from chorus_config.model.snapshot import Snapshot
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.json import plan_document
from chorus_config.render.plan.text import plan_text
from chorus_config.render.shared.paint import plain
from chorus_config.schema.accept import accepts
from tests.diff.strategies import BICS, IBANS, Body, Pair, Pen, accounts, bodies, copied, pairs, pens, sheets, text_of
from tests.engine.making import DAY, SETTING, approved, checked, plan_of

law = settings(max_examples=500, deadline=None, database=None)
# Whole plans are slower than differences.
plan_law = settings(max_examples=250, deadline=None, database=None)

KEYED = keyed_tokens(b"secret of a store")


def of(document: Body) -> Expanded:
    """Return the resources of a body."""
    return expand(document)


def is_same_resource(one: Resource, other: Resource) -> bool:
    """Tell whether two resources hold the same leaves."""
    mine, theirs = leaves(one), leaves(other)
    return mine.keys() == theirs.keys() and all(same(mine[path], theirs[path]) for path in mine)


@given(sheets())
@settings(max_examples=200, deadline=None, database=None)
def test_the_sheets_of_these_tests_are_valid(sheet: Body) -> None:
    assert accepts("fiche-structure", DAY, sheet)


@given(accounts())
@settings(max_examples=100, deadline=None, database=None)
def test_the_accounts_of_these_tests_are_valid(account: Body) -> None:
    assert accepts("compte-utilisateur", DAY, account)


@given(bodies())
@settings(max_examples=200, deadline=None, database=None)
def test_the_files_of_these_tests_say_what_their_bodies_say(body: Body) -> None:
    document = check_file(TextFile("fiche.yaml", text_of(body)), SETTING).document
    assert document is not None
    assert document.body == body


@given(bodies())
@law
def test_nothing_differs_from_itself(body: Body) -> None:
    assert difference(of(body), of(copied(body))) == []


@given(bodies())
@law
def test_a_sheet_taken_apart_and_put_together_is_the_same_sheet(body: Body) -> None:
    assert collapse(of(body)) == body


@given(bodies())
@law
def test_a_sheet_put_together_again_keeps_the_order_of_its_lists(body: Body) -> None:
    made = collapse(of(body))
    assert all(json.dumps(made[kind.group]) == json.dumps(body[kind.group]) for kind in LISTS if kind.group in body)


@given(pairs())
@law
def test_what_the_wish_manages_is_as_it_wishes_after_the_changes(pair: Pair) -> None:
    before, after = of(pair.before), of(pair.after)
    made = expand(patched(before, difference(before, after), after))
    for address, wanted in after.resources.items():
        resources = leaves(made.resources[address])
        assert all(same(resources[path], value) for path, value in managed(address, wanted).items())
    for group in after.lists:
        assert entries(made, group) == entries(after, group)


@given(pairs())
@law
def test_what_the_wish_does_not_manage_is_left_as_it_was(pair: Pair) -> None:
    before, after = of(pair.before), of(pair.after)
    made = expand(patched(before, difference(before, after), after))
    for address, known in before.resources.items():
        if address.group in after.lists:
            continue
        wanted = leaves(after.resources.get(address, {}))
        resources = leaves(made.resources[address])
        assert all(same(resources[path], value) for path, value in leaves(known).items() if path not in wanted)
    assert made.lists == before.lists | after.lists


@given(pairs())
@law
def test_changes_bring_in_nothing_that_neither_side_says(pair: Pair) -> None:
    before, after = of(pair.before), of(pair.after)
    made = expand(patched(before, difference(before, after), after))
    for address, resource in made.resources.items():
        known, wanted = (leaves(side.resources.get(address, {})) for side in (before, after))
        assert leaves(resource).keys() <= known.keys() | wanted.keys()


@given(pairs())
@law
def test_once_the_changes_are_made_nothing_differs(pair: Pair) -> None:
    before, after = of(pair.before), of(pair.after)
    made = expand(patched(before, difference(before, after), after))
    assert difference(made, after) == []


@given(pairs())
@law
def test_a_change_names_the_fields_that_differ_and_no_other(pair: Pair) -> None:
    before, after = of(pair.before), of(pair.after)
    for change in difference(before, after):
        if change.op != "update":
            continue
        known, wanted = leaves(before.resources[change.address]), managed(change.address, after.resources[change.address])
        group = change.address.group
        differing = {path for path in wanted if path not in known or not one_value(group, path, known[path], wanted[path])}
        assert {field.path for field in change.fields} == differing
        assert all(field.before == known.get(field.path) and field.after == wanted[field.path] for field in change.fields)


@given(pairs())
@law
def test_memos_and_the_file_format_are_never_planned(pair: Pair) -> None:
    told = {(c.address.group, f.path) for c in difference(of(pair.before), of(pair.after)) for f in c.fields}
    never = {("", "/raison_sociale"), ("", "/date_creation"), ("", "/type"), ("", "/version")}
    assert not told & never


@given(pairs())
@law
def test_differences_change_none_of_their_sides(pair: Pair) -> None:
    kept = copied({"before": pair.before, "after": pair.after})
    before, after = of(pair.before), of(pair.after)
    made = patched(before, difference(before, after), after)
    assert {"before": pair.before, "after": pair.after} == kept
    assert root_of(made) == root_of(pair.after)


@given(bodies(), pens)
@law
def test_the_order_of_keys_and_of_list_entries_is_no_change(body: Body, pen: Pen) -> None:
    assert difference(of(body), of(pen.shuffled(body))) == []


@pytest.mark.parametrize(("one", "other"), [(True, 1), (False, 0), (1, True), ("1", 1), ([True], [1])])
def test_true_is_not_1(one: object, other: object) -> None:
    assert not same(one, other)
    sides = [of({"type": "fiche-structure", "version": 1, "informations_generales": {"identifiant": "1", "statut": value}})
             for value in (one, other)]  # fmt: skip
    (change,) = difference(*sides)
    assert [(field.before, field.after) for field in change.fields] == [(one, other)]
    assert [field.after.__class__ for field in change.fields] == [other.__class__]


@given(pairs(), pens)
@law
def test_changes_stand_in_the_safe_order_whatever_order_they_come_in(pair: Pair, pen: Pen) -> None:
    before, after = of(pair.before), of(pair.after)
    changes = difference(before, after)
    ordered = in_order(changes)
    assert in_order(pen.random.sample(changes, len(changes))) == ordered
    ops = [change.op == "delete" for change in ordered]
    assert ops == sorted(ops)
    made = [change.address for change in ordered if change.op != "delete"]
    assert all(address.parent not in made[place:] for place, address in enumerate(made) if address.parent != address)


@given(bodies())
@law
def test_a_structure_is_deleted_after_what_it_holds(body: Body) -> None:
    resources = of(body).resources
    ordered = in_order(deletion(address, resource) for address, resource in resources.items())
    root = root_of(body)
    assert ordered[-1].address == root


@given(st.text(min_size=1), st.sampled_from([kind.group for kind in LISTS]), st.text(min_size=1))
@law
def test_an_address_reads_as_it_is_written(owner: str, group: str, key: str) -> None:
    owner = owner.replace("/", "-")
    entry = Address(owner, group, key)
    account = Address(key, "comptes")
    assert parse_address(str(account)) == account
    if owner != "comptes":
        assert parse_address(str(entry)) == entry
        assert parse_address(str(Address(owner))) == Address(owner)


@pytest.mark.parametrize("identifiant", ["A/B", "FR/services/1", "comptes"])
def test_every_identifiant_that_the_schema_takes_makes_addresses_that_can_be_read(identifiant: str) -> None:
    general = {"raison_sociale": "X", "type_identifiant": "AUTRE", "identifiant": identifiant, "libelle": "X"}
    general["adresse_electronique"] = "x@x.example"
    body: Body = {
        "type": "fiche-structure",
        "version": 1,
        "informations_generales": {**general, "structure_privee": True},
        "adresse_postale": {"adresse": "1 rue", "code_postal": "16000", "ville": "ANGOULEME", "pays": "France"},
        "espaces": ["Engagements"],
    }
    if not accepts("fiche-structure", DAY, body):
        return
    resources = [*of(body).resources]
    assert [parse_address(str(address)) for address in resources] == resources


@given(st.lists(st.tuples(pairs(), st.booleans()), min_size=1, max_size=2), accounts("autre"))
@plan_law
def test_a_plan_after_apply_is_empty(drawn: list[tuple[Pair, bool]], account: Body) -> None:
    before = {f"structures/{i}.yaml": own(pair.before, i) for i, (pair, known) in enumerate(drawn) if known}
    after = {f"structures/{i}.yaml": own(pair.after, i) for i, (pair, _known) in enumerate(drawn)}
    state = approved(plan_of(before))
    first = plan_of({**after, "comptes/autre.yaml": account}, state)
    second = plan_of({**after, "comptes/autre.yaml": account}, approved(first, state))
    assert second.plan.changes == ()
    assert second.records == ()


@given(pairs())
@plan_law
def test_the_same_input_gives_the_same_plan_to_the_byte(pair: Pair) -> None:
    state = approved(plan_of({"a.yaml": pair.before}))
    made = [as_json(plan_document(plan_of({"a.yaml": copied(pair.after)}, state).plan)) for _ in range(2)]
    assert made[0] == made[1]


@given(pairs())
@plan_law
def test_a_draft_changes_none_of_its_inputs(pair: Pair) -> None:
    state = approved(plan_of({"a.yaml": pair.before}))
    files = [checked("a.yaml", pair.after)]
    kept = repr((state, files))
    plan_of(files, state)
    assert repr((state, files)) == kept


@given(pairs(), pens)
@plan_law
def test_the_order_in_a_sheet_changes_nothing_that_is_planned(pair: Pair, pen: Pen) -> None:
    state = approved(plan_of({"a.yaml": pair.before}))
    plans = [plan_of({"a.yaml": body}, state).plan for body in (pair.after, pen.shuffled(pair.after))]
    mine, theirs = ({(c.address, c.op): {f.path for f in c.fields} for c in plan.changes} for plan in plans)
    assert mine == theirs
    assert [change.address for change in plans[0].changes] == [change.address for change in plans[1].changes]


def bank(iban: str, bic: str | None = None) -> Body:
    """Return a sheet with one bank account."""
    entry = {"libelle": "Régie", "iban": iban} | ({"bic": bic} if bic else {})
    general = {"identifiant": "21169999600016", "type_identifiant": "SIRET", "libelle": "X"}
    return {
        "type": "fiche-structure", "version": 1, "informations_generales": general, "coordonnees_bancaires": [entry],
    }  # fmt: skip


def without_digests(plan: Mapping[str, Any]) -> Body:
    """Return a plan document without what binds it."""
    bare = {**plan, "digest": "", "desired": {**plan["desired"], "digest": ""}}
    return {**bare, "before": {**plan["before"], "digest": ""}}


inner = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=7, max_size=26)


@given(inner, inner, st.sampled_from(("", IBANS[3])))
@law
def test_an_iban_that_changes_changes_the_digests_of_a_plan_that_looks_the_same(one: str, other: str, known: str) -> None:
    state = approved(plan_of({"a.yaml": bank(known)})) if known else Snapshot()
    plans = [plan_of({"a.yaml": bank(f"FR76{middle}0189")}, state).plan for middle in (one, other)]
    documents = [plan_document(plan) for plan in plans]
    assert without_digests(documents[0]) == without_digests(documents[1])
    assert (plans[0].digest == plans[1].digest) == (one == other)
    assert (plans[0].desired.digest == plans[1].desired.digest) == (one == other)


@given(inner, inner)
@law
def test_an_approved_iban_that_differs_changes_the_digest_of_the_state(one: str, other: str) -> None:
    wish = bank(IBANS[3])
    states = [approved(plan_of({"a.yaml": bank(f"FR76{middle}0189")})) for middle in (one, other)]
    plans = [plan_of({"a.yaml": wish}, state).plan for state in states]
    assert (plans[0].before.digest == plans[1].before.digest) == (one == other)
    assert (plans[0].digest == plans[1].digest) == (one == other)


@given(pairs())
@plan_law
def test_no_iban_and_no_bic_stands_in_anything_shown(pair: Pair) -> None:
    state = approved(plan_of({"a.yaml": pair.before}))
    plan = plan_of({"a.yaml": pair.after}, state).plan
    shown = as_json(plan_document(plan)) + plan_text(plan, SETTING.say, plain) + repr(plan)
    for value in (*IBANS, *BICS):
        assert value not in shown
        assert value.replace(" ", "") not in shown
    # Nor the middle of any: what a mask hides is hidden wherever it might have gone.
    assert "300060000" not in shown.replace(" ", "")
    assert "96123456" not in shown


@given(pairs())
@law
def test_a_digest_tells_two_wishes_apart(pair: Pair) -> None:
    mine, theirs = (digest(tokenised_body(expand(body), KEYED)) for body in (pair.before, pair.after))
    assert mine == digest(tokenised_body(expand(copied(pair.before)), KEYED))
    if mine == theirs:
        assert of(pair.before).lists == of(pair.after).lists
        assert content(pair.before) == content(pair.after)


@given(pairs())
@law
def test_no_sensitive_value_enters_a_digest_in_clear(pair: Pair) -> None:
    text = json.dumps(tokenised_body(expand(pair.after), KEYED), ensure_ascii=False)
    assert not [value for value in (*IBANS, *BICS) if value in text]


def content(body: Body) -> dict[Address, dict[str, Any]]:
    """Return the leaves of every resource."""
    return {address: leaves(resource) for address, resource in of(body).resources.items()}


def entries(resources: Expanded, group: str) -> set[Address]:
    """Return the addresses of a list."""
    return {address for address in resources.resources if address.group == group}


def own(body: Body, number: int) -> Body:
    """Return a body under an identity of its own."""
    made = copied(body)
    if made["type"] == "compte-utilisateur":
        return {**made, "ref": f"personne-{number}"}
    made["informations_generales"]["identifiant"] = f"2116999960001{number}"
    return made
