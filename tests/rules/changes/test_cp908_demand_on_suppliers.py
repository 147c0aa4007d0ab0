"""CP908 and CP909: what suppliers must give, all boxes together, and a structure that becomes inactive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest

from tests.rules.changing import CASES, PUBLIC, TECH, all_faults, document, findings, general, judged, refused, rules, ticked
from tests.rules.changing import services as services_of
from tests.rules.judged import sheet
from tests.samples import setting

COMMITMENT, CODE, EITHER = BOXES = (
    "engagement_juridique_obligatoire",
    "code_service_obligatoire",
    "engagement_ou_code_service_obligatoire",
)
OWN = "engagement_obligatoire"
# A box as a sheet may have it: empty, ticked, not written.
SIDES = (False, True, None)
# What an invoice may bear: a service code, a commitment number.
INVOICES = tuple(product((False, True), repeat=2))

Boxes = dict[str, bool | None]


def every_setting() -> Iterator[Boxes]:
    """Yield every combination of the boxes of a structure."""
    yield from (dict(zip(BOXES, sides, strict=True)) for sides in product(SIDES, repeat=3))


def with_boxes(boxes: Boxes, own: bool | None = None, *, service: bool = False) -> dict[str, Any]:
    """Return a sheet with these boxes; one that is None is not written."""
    written = {box: value for box, value in boxes.items() if value is not None}
    made = sheet(parametres=written) if written else sheet()
    tech = TECH if own is None else {**TECH, OWN: own}
    return {**made, "services": [PUBLIC, tech]} if service else made


def accepted(boxes: Boxes) -> set[tuple[bool, bool]]:
    """Return which invoices a structure accepts: this is what each box says, one after another."""
    return {
        (code, commitment)
        for code, commitment in INVOICES
        if (code or not boxes[CODE]) and (commitment or not boxes[COMMITMENT]) and (code or commitment or not boxes[EITHER])
    }


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return address, case and level (of the fault itself, or of the rule) of each CP908."""
    found = [(address, fault) for address, fault in all_faults(before, after) if fault.rule == "CP908"]
    return [(address.partition("/")[2], fault.case, fault.level or "warning") for address, fault in found]


def test_what_is_told_of_a_structure_is_whether_it_accepts_less_or_only_more() -> None:
    """The law: growth is told exactly when some invoice that was accepted is not any more, in one finding."""
    for before, after in product(every_setting(), repeat=2):
        was = accepted(before)
        will = accepted({box: before[box] if value is None else value for box, value in after.items()})
        expected = ["warning"] if was - will else ["info"] if will - was else []
        assert [level for _address, _case, level in told(with_boxes(before), with_boxes(after))] == expected, (before, after)


def test_a_relaxation_names_the_services_that_demand_by_themselves() -> None:
    """The law: beside a structure that asks for less and no commitment number, an active service that demands is told."""
    for before, after in product(every_setting(), repeat=2):
        for active in (True, False):
            listed = [PUBLIC, {**TECH, OWN: True, "actif": active}]
            sides = ({**with_boxes(boxes), "services": listed} for boxes in (before, after))
            will = {box: before[box] if value is None else value for box, value in after.items()}
            found = told(*sides)
            freed = [one for one in found if one[2] == "info" and not will[COMMITMENT]]
            assert [case == "kept_one" for _address, case, _level in freed] == [active] * len(freed), (before, after)
            assert freed or not [one for one in found if one[1].startswith("kept")]


def test_the_service_that_demands_is_named_and_several_are_counted() -> None:
    (one,) = findings(*CASES["CP908", "kept_one"])
    assert '"ST-TECH"' in one.message
    (some,) = findings(*CASES["CP908", "kept_some"])
    assert " 2 services" in some.message


def test_nothing_is_told_of_a_service_that_receives_no_invoice() -> None:
    closed = {**TECH, "actif": False}
    assert told(services_of({**closed, OWN: False}), services_of({**closed, OWN: True})) == []
    assert told(services_of({**closed, OWN: True}), services_of({**closed, OWN: False})) == []


@pytest.mark.parametrize(("known", "rule"), [(False, ["CP917"]), (True, ["CP908"])])
def test_less_is_not_told_beside_a_box_that_stops_invoices(known: bool, rule: list[str]) -> None:
    before = ticked(moa_uniquement=known, **{CODE: True})
    assert rules(before, ticked(moa_uniquement=True, **{CODE: False})) == rule


def test_more_is_told_beside_a_box_that_stops_invoices() -> None:
    before, after = ticked(moa_uniquement=False, **{CODE: False}), ticked(moa_uniquement=True, **{CODE: True})
    assert rules(before, after) == ["CP908", "CP917"]


def test_what_is_told_of_a_service_is_what_its_own_box_refuses_or_lets_pass() -> None:
    """The law: growth is told where some invoice to the service was accepted, and only the service's box refuses it now."""
    for structure, own in product(product(SIDES, repeat=2), repeat=2):
        known, wanted = ({COMMITMENT: side} for side in structure)
        before, after = (with_boxes(boxes, mine, service=True) for boxes, mine in zip((known, wanted), own, strict=True))
        asks = [bool(structure[0]), bool(structure[0] if structure[1] is None else structure[1])]
        mine = [bool(own[0]), bool(own[0] if own[1] is None else own[1])]
        was, will = ({given for given in (False, True) if given or not (asks[n] or mine[n])} for n in (0, 1))
        let_through = {given for given in (False, True) if given or not asks[1]}
        grows, shrinks = bool(was & let_through - will), mine[0] and not mine[1] and bool(will - {True})
        found = [one for one in told(before, after) if one[0]]
        expected = [("services/ST-TECH", "service", "warning")] * grows + [
            ("services/ST-TECH", "service_free", "info")
        ] * shrinks
        assert found == expected, (structure, own)


@pytest.mark.parametrize(
    ("before", "after", "case"),
    [
        ({}, {CODE: True}, "code"),
        ({}, {COMMITMENT: True}, "commitment"),
        ({}, {EITHER: True}, "either"),
        ({}, {CODE: True, COMMITMENT: True}, "both"),
        ({CODE: True}, {CODE: True, COMMITMENT: True}, "both"),
        ({CODE: True}, {CODE: False, COMMITMENT: True}, "commitment"),
        ({EITHER: True}, {EITHER: False, CODE: True}, "code"),
        ({EITHER: False}, dict.fromkeys(BOXES, True), "both"),
        ({CODE: True}, {CODE: False, EITHER: True}, "either_enough"),
        ({COMMITMENT: True}, {COMMITMENT: False}, "nothing"),
        ({CODE: True, COMMITMENT: True}, {CODE: True, COMMITMENT: False}, "code_enough"),
        ({CODE: True, COMMITMENT: True}, {CODE: False, COMMITMENT: True}, "commitment_enough"),
    ],
)
def test_one_finding_says_what_is_to_be_given_from_now_on(before: Boxes, after: Boxes, case: str) -> None:
    assert [case_ for _address, case_, _level in told(ticked(**before), ticked(**after))] == [case]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({CODE: True}, {CODE: True, EITHER: True}),
        ({COMMITMENT: True, EITHER: True}, {COMMITMENT: True, EITHER: False}),
        ({CODE: True}, {CODE: True}),
        ({}, {CODE: False}),
    ],
)
def test_a_box_that_asks_for_nothing_more_is_not_told(before: Boxes, after: Boxes) -> None:
    assert told(ticked(**before), ticked(**after)) == []


def test_the_finding_stands_at_the_box_that_is_ticked() -> None:
    (found,) = judged(ticked(**{EITHER: True}), ticked(**{EITHER: False, COMMITMENT: True}))
    assert found == ("", "CP908", "commitment", ("parametres", COMMITMENT))
    (found,) = judged(ticked(**{COMMITMENT: True}), ticked(**{COMMITMENT: False}))
    assert found[3] == ("parametres", COMMITMENT)
    (found,) = judged(services_of(TECH), services_of({**TECH, OWN: True}))
    assert found == ("services/ST-TECH", "CP908", "service", ("services", 1, OWN))


def test_a_structure_that_asks_covers_its_services_and_another_demand_does_not() -> None:
    before = with_boxes({COMMITMENT: False, CODE: False}, own=False, service=True)
    assert told(before, with_boxes({COMMITMENT: True, CODE: False}, own=True, service=True)) == [("", "commitment", "warning")]
    assert told(before, with_boxes({COMMITMENT: False, CODE: True}, own=True, service=True)) == [
        ("", "code", "warning"),
        ("services/ST-TECH", "service", "warning"),
    ]


@pytest.mark.parametrize("box", ["structure_avec_moa", "mise_en_paiement_non_remontee", OWN])
def test_other_boxes_ask_for_nothing(box: str) -> None:
    assert rules(ticked(**{box: False}), ticked(**{box: True})) == []


def test_a_first_record_and_a_new_service_ask_for_nothing_new() -> None:
    assert told({}, ticked(**dict.fromkeys(BOXES, True))) == []
    assert rules(services_of(), services_of({**TECH, OWN: True})) == []
    assert rules(ticked(**dict.fromkeys(BOXES, True)), sheet()) == []


def test_another_field_of_a_service_says_nothing_of_what_its_structure_asks() -> None:
    before = with_boxes({COMMITMENT: True}, own=False, service=True)
    after = with_boxes({COMMITMENT: False}, own=False, service=True)
    after["services"][1] = {**after["services"][1], "description": "x"}
    assert told(before, after) == [("", "nothing", "info")]


def test_factures_publiques_is_cp901_s_alone() -> None:
    assert rules(services_of(), sheet(services=[{**PUBLIC, OWN: True}])) == ["CP901"]


def test_a_demand_belongs_to_the_change_of_a_structure_or_service() -> None:
    demand = {"before": "none", "after": "code"}
    assert refused(document("CP908", demand=demand)) == [("CP908", "code")]
    for kind in ("service", "utilisateur", "compte"):
        assert refused(document("CP908", kind=kind, key="x", demand=demand)) == []
    for op in ("create", "delete"):
        assert refused(document("CP908", op=op, replaced=True, demand=demand)) == []
    assert refused(document("CP908", demand=None)) == []
    for half in ({"before": "none"}, {"after": "code"}):
        assert "CP908" not in {rule for rule, _case in refused(document("CP908", demand=half))}


def test_only_what_grows_is_of_high_risk_and_said_with_what_suppliers_see() -> None:
    (grown,) = findings(ticked(**{CODE: False}), ticked(**{CODE: True}))
    assert (grown.level, "REJ_CONT_B2G" in grown.message) == ("warning", True)
    (freed,) = findings(ticked(**{CODE: True}), ticked(**{CODE: False}))
    assert (freed.level, "REJ_" in freed.message) == ("info", False)
    (early,) = findings(ticked(**{CODE: False}), ticked(**{CODE: True}), setting(date(2026, 8, 31)))
    assert early.message.endswith("will be rejected")


@pytest.mark.parametrize(
    ("before", "after", "told_"),
    [
        ("ACTIF", "INACTIF", True),
        (None, "INACTIF", True),
        ("x", "INACTIF", True),
        ("INACTIF", "INACTIF", False),
        ("INACTIF", "ACTIF", False),
        ("ACTIF", "inactif", False),
        (None, "ACTIF", False),
    ],
)
def test_a_structure_that_becomes_inactive(before: str | None, after: str, *, told_: bool) -> None:
    known = sheet() if before is None else general(statut=before)
    assert judged(known, general(statut=after)) == [("", "CP909", "", ("informations_generales", "statut"))] * told_


def test_a_structure_that_is_recorded_inactive_or_deleted_is_not_deactivated() -> None:
    assert rules({}, general(statut="INACTIF")) == []
    assert refused(document("CP909", op="create")) == []
    assert refused(document("CP909", kind="service", key="A")) == []


@pytest.mark.parametrize("private", [True, False])
def test_private_structures_are_judged_alike(*, private: bool) -> None:
    before = sheet(general={"structure_privee": private}, parametres={CODE: False})
    after = sheet(general={"structure_privee": private, "statut": "INACTIF"}, parametres={CODE: True})
    assert rules(before, after) == ["CP909"]


def test_the_service_is_named_by_its_code() -> None:
    (service,) = findings(*CASES["CP908", "service"])
    assert '"ST-TECH"' in service.message


@pytest.mark.parametrize(
    ("before", "after", "noted"),
    [
        ({}, {CODE: True}, True),
        ({CODE: False}, {CODE: True}, False),
        ({CODE: False}, {CODE: True, COMMITMENT: True}, True),
        ({COMMITMENT: False, CODE: True}, {COMMITMENT: True, CODE: True}, False),
        # What is relaxed needs no such word: it was said, and is said now.
        ({COMMITMENT: True, CODE: True}, {COMMITMENT: False, CODE: True, EITHER: True}, False),
    ],
)
def test_what_was_perhaps_required_already_is_said_of_boxes_that_were_not_written(
    before: Boxes, after: Boxes, *, noted: bool
) -> None:
    (finding,) = (one for one in findings(ticked(**before), ticked(**after)) if one.rule == "CP908")
    assert ("What the sheet did not say before" in finding.help) is noted


@pytest.mark.parametrize(("own", "noted"), [(None, True), (False, False)])
def test_it_is_said_of_the_box_of_a_service_too(own: bool | None, *, noted: bool) -> None:
    service = TECH if own is None else {**TECH, OWN: own}
    (finding,) = findings(services_of(service), services_of({**TECH, OWN: True}))
    assert ("What the sheet did not say before" in finding.help) is noted
