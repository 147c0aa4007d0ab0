"""Which errors of change are accepted, by whom and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chorus_config.engine.checking.settings import CheckSettings
from chorus_config.engine.planning.acceptances import (
    acceptances,
    is_accepted,
    may_accept,
    needed_acceptances,
    unused_acceptances,
)
from chorus_config.model.address import Address
from chorus_config.model.finding import START, Finding
from chorus_config.model.plan import Acceptance, Change, Options
from chorus_config.rules.catalogue import RULES
from tests.engine.making import DAY, OTHER, PUBLIC, SETTING, SIRET, TECH, known, plan_of, sheet, with_project

ROW = {"regle": "CP910", "adresse": OTHER, "motif": "fusion", "jusqu_au": "2030-01-01"}
WRITTEN = Acceptance("CP910", OTHER, "fusion", "2030-01-01")
GIVEN = Acceptance("CP910", OTHER, "pour ce plan", origin="option")


def project(*rows: dict[str, Any]) -> CheckSettings:
    """Return the setting of a project with acceptances."""
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
    setting = project(ROW)
    assert acceptances(replace(setting, day=date(2030, 1, 1)), Options())
    assert not acceptances(replace(setting, day=date(2030, 1, 2)), Options())


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
