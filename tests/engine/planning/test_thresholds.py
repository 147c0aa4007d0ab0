"""CP920: more than the project allows, or not what was expected."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.engine.planning.thresholds import threshold_faults
from chorus_config.model.address import Address
from chorus_config.model.plan import Change, Options
from chorus_config.model.snapshot import Record, Snapshot
from tests.engine.making import OTHER, PUBLIC, SIRET, TECH, account, known, plan_of, sheet, with_project

STATE = Snapshot({str(number): Record(str(number), {}) for number in range(100)})


def changes(structures: int, removals: int, *, first: int = 0) -> list[Change]:
    """Return updates of known structures, removals inside one of them, and records for the first time."""
    return [
        *(Change(Address(str(number)), "update", ()) for number in range(structures)),
        *(Change(Address("0", "services", str(number)), "delete", ()) for number in range(removals)),
        *(Change(Address(f"new{number}"), "create", ()) for number in range(first)),
    ]


def faults(made: list[Change], *, structures: int = 50, removals: int = 5, **options: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return case and places of what is told."""
    setting = with_project(most_structures=structures, most_removals=removals)
    found = [*threshold_faults(made, STATE, Options(**options), setting)]
    assert {(fault.rule, fault.path) for fault in found} <= {("CP920", ("seuils",))}
    return [(fault.case, dict(fault.args)) for fault in found]


@pytest.mark.parametrize(
    ("made", "cases"),
    [
        (changes(50, 5), []),
        (changes(51, 5), ["structures"]),
        (changes(50, 6), ["removals"]),
        (changes(51, 6), ["structures", "removals"]),
        (changes(50, 5, first=500), []),
        (changes(0, 0), []),
    ],
)
def test_the_usual_thresholds(made: list[Change], cases: list[str]) -> None:
    assert [case for case, _args in faults(made)] == cases


def test_what_is_said() -> None:
    assert faults(changes(3, 2), structures=2, removals=1) == [
        ("structures", {"structures": 3, "removals": 2, "n": 3, "limit": 2}),
        ("removals", {"structures": 3, "removals": 2, "n": 2, "limit": 1}),
    ]
    assert faults(changes(3, 2), expect_structures=4, expect_removals=0) == [
        ("expected_structures", {"structures": 3, "removals": 2, "n": 3, "expected": 4}),
        ("expected_removals", {"structures": 3, "removals": 2, "n": 2, "expected": 0}),
    ]


@pytest.mark.parametrize(
    ("expected", "cases"),
    [
        ({"expect_structures": 60}, ["removals"]),
        ({"expect_removals": 9}, ["structures"]),
        ({"expect_structures": 60, "expect_removals": 9}, []),
        ({"expect_structures": 61, "expect_removals": 9}, ["expected_structures"]),
        ({"expect_structures": 59, "expect_removals": 8}, ["expected_structures", "expected_removals"]),
    ],
)
def test_an_expected_count_must_be_the_exact_one(expected: dict[str, int], cases: list[str]) -> None:
    assert [case for case, _args in faults(changes(60, 9), **expected)] == cases


def test_below_the_threshold_too() -> None:
    assert [case for case, _args in faults(changes(1, 0), expect_structures=2)] == ["expected_structures"]


def test_accounts_are_no_structures_and_a_structure_counts_once() -> None:
    made = [Change(Address(str(number), "comptes"), "update", ()) for number in range(3)]
    state = Snapshot({f"comptes/{number}": Record(f"comptes/{number}", {}) for number in range(3)})
    setting = with_project(most_structures=1)
    assert not [*threshold_faults(made, state, Options(), setting)]
    parts = [Change(Address("1", "services", str(number)), "update", ()) for number in range(9)]
    assert not [*threshold_faults(parts, STATE, Options(), setting)]


def test_a_removed_account_and_a_removed_sheet_are_removals() -> None:
    state = known({"a.yaml": sheet(services=[PUBLIC, TECH]), "b.yaml": sheet(OTHER), "comptes/dgs.yaml": account()})
    made = plan_of({"a.yaml": sheet(services=[PUBLIC])}, state, with_project(most_removals=2)).plan
    (finding,) = [one for one in made.findings if one.rule == "CP920"]
    assert (finding.level, finding.message in made.reasons, made.applyable) == ("error", True, False)
    assert "3" in finding.message
    fine = plan_of({"a.yaml": sheet(services=[PUBLIC])}, state, with_project(most_removals=2), expect_removals=3).plan
    assert "CP920" not in {one.rule for one in fine.findings}


def test_a_level_change_or_off_is_obeyed() -> None:
    state = known({"a.yaml": sheet()})
    after = {"a.yaml": sheet(comptabilite="autre")}
    for level, applyable in (("warning", True), ("off", True), ("error", False)):
        setting = with_project(most_structures=0, levels={"CP920": level})
        assert plan_of(after, state, setting).plan.applyable is applyable
    assert not plan_of({"a.yaml": sheet(SIRET, comptabilite="autre")}, state, with_project(most_structures=0)).plan.applyable
