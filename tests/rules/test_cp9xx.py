"""What holds for every rule of change: what must be known before it speaks, and one finding per cause."""

from __future__ import annotations

import copy
from typing import Any, Final

import pytest

from chorus_config.rules.catalogue import RULES, texts
from tests.rules.changing import CASES, Body, refused, rules
from tests.rules.sheet_changes import sheet_changes
from tests.samples import TODAY

SCRAPS: Final[tuple[Any, ...]] = ({}, None, "x", [])
JUDGED = [key for key in CASES if key[0] not in {"CP901", "CP902", "CP903", "CP918"}]
# Rules that speak of an entry which came or went count only where its list was managed, on a structure that was known.
LISTED = [
    key
    for key in JUDGED
    if key[0] in {"CP904", "CP911"} or (key[0] != "CP906" and key[1] in {"added", "right_added", "removed"})
]


def offending(rule: str, case: str) -> Body:
    """Return the document of the change that meets a case."""
    (document,) = [
        copy.deepcopy(change.document)
        for change in sheet_changes(*CASES[rule, case], TODAY)
        if any((fault.rule, fault.case) == (rule, case) for fault in change.faults)
    ]
    assert (rule, case) in refused(document)
    return document


@pytest.mark.parametrize(("rule", "case"), JUDGED)
def test_a_change_of_unknown_kind_breaks_no_rule_of_change(rule: str, case: str) -> None:
    for key in ("op", "kind"):
        whole = offending(rule, case)
        del whole[key]
        assert (rule, case) not in refused(whole)


@pytest.mark.parametrize(("rule", "case"), LISTED)
@pytest.mark.parametrize("key", ["known", "list_managed"])
def test_what_is_not_said_to_be_known_or_managed_is_not(rule: str, case: str, key: str) -> None:
    whole = offending(rule, case)
    del whole["context"][key]
    assert (rule, case) not in refused(whole)
    del whole["context"]
    assert (rule, case) not in refused(whole)


@pytest.mark.parametrize(("rule", "case"), [key for key in JUDGED if key[0] in {"CP906", "CP907"} or key[1] == "service"])
def test_a_service_is_judged_by_its_code(rule: str, case: str) -> None:
    whole = offending(rule, case)
    del whole["key"]
    assert (rule, case) not in refused(whole)
    whole["key"] = "FACTURES_PUBLIQUES"
    assert {told for told, _case in refused(whole)} == {"CP901"}


@pytest.mark.parametrize(("rule", "case"), [("CP906", "removed"), ("CP907", "")])
def test_a_service_counts_where_its_list_was_managed(rule: str, case: str) -> None:
    whole = offending(rule, case)
    del whole["context"]["list_managed"]
    assert (rule, case) not in refused(whole)


@pytest.mark.parametrize(("rule", "case"), JUDGED)
def test_a_field_without_both_its_sides_is_not_judged(rule: str, case: str) -> None:
    whole = offending(rule, case)
    # CP908 looks at what is demanded in all, CP911 at the account as a whole.
    if rule in {"CP908", "CP911"} or whole["op"] != "update":
        return
    for path in whole["fields"]:
        for scrap in SCRAPS:
            assert (rule, case) not in refused({**whole, "fields": {path: scrap}})
    del whole["fields"]
    assert (rule, case) not in refused(whole)


@pytest.mark.parametrize(("rule", "case"), JUDGED)
def test_a_case_is_met_by_its_own_rule_and_by_users_who_come_and_go_with_a_role(rule: str, case: str) -> None:
    beside = {"CP905": ["CP904"], "CP912": ["CP904"]}.get(rule, []) if case.endswith(("added", "removed")) else []
    assert rules(*CASES[rule, case]) == sorted([rule, *beside])


@pytest.mark.parametrize(("rule", "case"), JUDGED)
def test_nothing_is_told_of_a_first_record(rule: str, case: str) -> None:
    assert rules({}, CASES[rule, case][1]) == []


def test_every_message_of_a_rule_of_change_is_met() -> None:
    named = {(rule, case) for rule, row in RULES.items() if row.where == "change" for case in texts(rule).messages}
    assert named == set(CASES)
