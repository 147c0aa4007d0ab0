"""Which errors of change are accepted, by whom and until when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.planning.guards import (
    acceptances,
    is_accepted,
    may_accept,
    needed_acceptances,
    threshold_faults,
    unused_acceptances,
)
from chorus_config.model.address import Address
from chorus_config.model.finding import START, Finding, TrackedDay
from chorus_config.model.plan import Acceptance, Change, Options
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.rules.catalogue import RULES
from tests.engine.making import DAY, OTHER, PUBLIC, SETTING, SIRET, TECH, account, known, plan_of, sheet, with_project

ROW = {"regle": "CP910", "adresse": OTHER, "motif": "fusion", "jusqu_au": "2030-01-01"}
WRITTEN = Acceptance("CP910", OTHER, "fusion", "2030-01-01")
GIVEN = Acceptance("CP910", OTHER, "pour ce plan", origin="option")


def project(*rows: dict[str, Any]) -> CheckSettings:
    """Return the settings of a project with acceptances."""
    return with_project(decisions={"acceptations": [*rows]})


def change(address: str = OTHER, *rules: str, level: Any = "error") -> Change:
    """Return a delete with findings."""
    found = tuple(Finding(rule, level, "", "a.yaml", START, "", "") for rule in rules)
    return Change(Address(address), "delete", (), findings=found)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_only_rules_of_change_that_are_not_fixed(rule: str) -> None:
    assert may_accept(rule) == (RULES[rule].where == "change" and rule not in {"CP901", "CP902"})
    rows = acceptances(project({**ROW, "regle": rule}), Options(accept=(replace(GIVEN, rule=rule),)))
    assert len(rows) == (2 if may_accept(rule) else 0)


@pytest.mark.parametrize("rule", ["CP999", "", "CP401", "CP920"])
def test_no_other(rule: str) -> None:
    assert not may_accept(rule)


def test_the_plan_s_own_come_first() -> None:
    assert acceptances(project(ROW), Options(accept=(GIVEN,))) == (GIVEN, WRITTEN)


@pytest.mark.parametrize(
    ("broken", "holds"),
    [
        ({}, True),
        ({"jusqu_au": DAY.isoformat()}, True),
        ({"jusqu_au": "2026-11-22"}, False),
        ({"motif": " "}, False),
        ({"motif": None}, False),
        ({"jusqu_au": None}, False),
    ],
)
def test_without_reason_or_end_or_past_it_it_is_not_obeyed(broken: dict[str, Any], holds: bool) -> None:
    row = {key: value for key, value in {**ROW, **broken}.items() if value is not None}
    assert bool(acceptances(project(row), Options())) is holds


def test_the_last_day_is_that_of_the_plan() -> None:
    settings = project(ROW)
    assert acceptances(replace(settings, asked=TrackedDay(date(2030, 1, 1))), Options())
    assert not acceptances(replace(settings, asked=TrackedDay(date(2030, 1, 2))), Options())


def test_one_rule_on_one_address() -> None:
    finding = change(OTHER, "CP910").findings[0]
    assert is_accepted(finding, change(OTHER, "CP910"), [WRITTEN])
    assert not is_accepted(finding, change(SIRET, "CP910"), [WRITTEN])
    assert not is_accepted(finding, change(OTHER, "CP910"), [replace(WRITTEN, rule="CP904")])
    assert not is_accepted(finding, change(OTHER, "CP910"), [])
    inside = replace(change(OTHER, "CP910"), address=Address(OTHER, "services", "A"))
    assert not is_accepted(finding, inside, [WRITTEN]), "of the structure, not of all that is in it"


def test_what_is_used() -> None:
    assert needed_acceptances([change(OTHER, "CP910")], [GIVEN, WRITTEN]) == (GIVEN,)
    assert needed_acceptances([change(OTHER, "CP910")], [WRITTEN, GIVEN]) == (WRITTEN,)
    assert needed_acceptances([change(OTHER, "CP910", level="warning")], [GIVEN]) == ()
    assert needed_acceptances([change(OTHER), change(SIRET, "CP910")], [GIVEN]) == ()
    two = [change(OTHER, "CP910"), change(SIRET, "CP910")]
    mine = replace(GIVEN, address=SIRET)
    assert needed_acceptances(two, [mine, GIVEN]) == needed_acceptances(two, [GIVEN, mine]) == (mine, GIVEN)


def test_what_is_not_used() -> None:
    (fault,) = unused_acceptances(project(ROW), [])
    assert (fault.rule, fault.path) == ("CP013", ("acceptations", 0, "regle"))
    assert list(unused_acceptances(project(ROW), [GIVEN])) == []
    assert list(unused_acceptances(project({**ROW, "jusqu_au": "2020-01-01"}), [])) == [], "past its end it is told as such"
    assert [one.path[1] for one in unused_acceptances(project({**ROW, "regle": "CP901"}, ROW), [])] == [1]


STATE = known({"a.yaml": sheet(), "b.yaml": sheet(OTHER)})


def test_an_accepted_change_is_not_blocked_and_still_tells() -> None:
    for made in (
        plan_of({"a.yaml": sheet()}, STATE, project(ROW)),
        plan_of({"a.yaml": sheet()}, STATE, accept=(GIVEN,)),
    ):
        (gone,) = made.plan.changes
        assert ([f.rule for f in gone.findings], gone.risk, gone.blocked) == (["CP910"], "high", False)
        assert made.plan.applyable
        assert made.forgotten == (OTHER,)
        assert [one.rule for one in made.plan.accepted] == ["CP910"]
        assert made.plan.acceptance(gone, gone.findings[0]) == made.plan.accepted[0]


def test_an_error_of_the_sheet_is_not_accepted_with_the_change() -> None:
    state = known({"a.yaml": sheet(services=[PUBLIC, TECH])})
    row = {**ROW, "regle": "CP901", "adresse": f"{SIRET}/services/FACTURES_PUBLIQUES"}
    accepted = Acceptance("CP901", row["adresse"], "x", origin="option")
    made = plan_of({"a.yaml": sheet(services=[TECH])}, state, project(row), accept=(accepted,))
    assert (made.plan.accepted, made.plan.applyable) == ((), False)


@pytest.mark.parametrize(("options", "told"), [({}, 1), ({"targets": (SIRET,)}, 0), ({"paths": ("a.yaml",)}, 0)])
def test_one_without_its_change_is_a_note_on_the_whole_plan(options: dict[str, Any], told: int) -> None:
    plan = plan_of({"a.yaml": sheet(), "b.yaml": sheet(OTHER)}, STATE, project(ROW), **options).plan
    assert [(f.rule, f.level) for f in plan.findings] == [("CP013", "info")] * told
    assert plan.applyable


def test_a_setting_without_decisions() -> None:
    assert acceptances(SETTING, Options()) == ()


RECORDED = Snapshot({str(number): Record(str(number), {}) for number in range(100)})


def changes(structures: int, removals: int, *, first: int = 0) -> list[Change]:
    """Return updates of known structures, removals inside one of them, and records for the first time."""
    return [
        *(Change(Address(str(number)), "update", ()) for number in range(structures)),
        *(Change(Address("0", "services", str(number)), "delete", ()) for number in range(removals)),
        *(Change(Address(f"new{number}"), "create", ()) for number in range(first)),
    ]


def faults(made: list[Change], *, structures: int = 50, removals: int = 5, **options: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return case and places of what is told."""
    settings = with_project(most_structures=structures, most_removals=removals)
    found = [*threshold_faults(made, RECORDED, Options(**options), settings)]
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


def test_what_is_expected_counts_first_records_too() -> None:
    """Whoever names a count names what the verdict counts; the threshold looks at known structures only."""
    assert [case for case, _args in faults(changes(1, 0, first=9), expect_structures=1)] == ["expected_structures"]
    assert faults(changes(1, 0, first=9), expect_structures=10) == []
    assert faults(changes(2, 0, first=9), structures=1) == [
        ("structures", {"structures": 11, "removals": 0, "n": 2, "limit": 1})
    ]


def test_below_the_threshold_too() -> None:
    assert [case for case, _args in faults(changes(1, 0), expect_structures=2)] == ["expected_structures"]


def test_accounts_are_no_structures_and_a_structure_counts_once() -> None:
    made = [Change(Address(str(number), "comptes"), "update", ()) for number in range(3)]
    state = Snapshot({f"comptes/{number}": Record(f"comptes/{number}", {}) for number in range(3)})
    settings = with_project(most_structures=1)
    assert not [*threshold_faults(made, state, Options(), settings)]
    parts = [Change(Address("1", "services", str(number)), "update", ()) for number in range(9)]
    assert not [*threshold_faults(parts, RECORDED, Options(), settings)]


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
        settings = with_project(most_structures=0, levels={"CP920": level})
        assert plan_of(after, state, settings).plan.applyable is applyable
    assert not plan_of({"a.yaml": sheet(SIRET, comptabilite="autre")}, state, with_project(most_structures=0)).plan.applyable
