"""Levels and waivers: what a project may decide, and what it may not."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from chorus_config.engine.checking.findings import is_waived, level_of
from chorus_config.model.finding import LEVELS, Level, TrackedDay
from chorus_config.model.project_entries import Waiver
from chorus_config.rules.catalogue import RULES
from tests.engine.making import DAY, SETTING, SIRET, with_project

FIXED = [rule.id for rule in RULES.values() if rule.fixed]
READY = [rule.id for rule in RULES.values() if rule.ready]
WAIVER = Waiver("CP104", SIRET, "motif", DAY)


@pytest.mark.parametrize("rule", [rule for rule, row in RULES.items() if rule != "CP012" and row.later is None])
def test_a_rule_has_its_own_level_until_the_project_decides(rule: str) -> None:
    assert level_of(rule, SETTING) == RULES[rule].level


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (date.min, "error"),
        (date(2016, 10, 1), "error"),
        (date(2023, 2, 20), "error"),
        (date(2023, 2, 21), "warning"),
        (DAY, "warning"),
    ],
)
def test_a_rule_may_have_another_level_from_a_day_on(day: date, level: Level) -> None:
    assert level_of("CP904", replace(SETTING, asked=TrackedDay(day))) == level
    assert level_of("CP904", replace(SETTING, asked=TrackedDay(day), ready=True)) == level
    for chosen in LEVELS:
        assert level_of("CP904", replace(with_project(levels={"CP904": chosen}), asked=TrackedDay(day))) == chosen
    assert level_of("CP904", replace(with_project(levels={"CP904": "off"}), asked=TrackedDay(day))) is None


@pytest.mark.parametrize("level", LEVELS)
def test_the_project_chooses_a_level(level: Level) -> None:
    settings = with_project(levels={"CP701": level})
    assert level_of("CP701", settings) == level
    assert level_of("CP703", settings) == RULES["CP703"].level


@pytest.mark.parametrize(
    ("chosen", "lesser", "graver"),
    [("error", "info", "error"), ("warning", "info", "warning"), ("info", "info", "info"), ("off", None, None)],
)
def test_a_lesser_case_does_not_rise_with_its_rule(chosen: Level, lesser: Level | None, graver: Level | None) -> None:
    settings = with_project(levels={"CP908": chosen})
    assert level_of("CP908", settings, level="info") == lesser
    assert level_of("CP908", settings, level="error") == graver
    assert level_of("CP908", settings) == graver


def test_off_is_silence() -> None:
    assert level_of("CP701", with_project(levels={"CP701": "off"})) is None


@pytest.mark.parametrize("rule", FIXED)
def test_a_fixed_rule_keeps_its_level_and_is_never_waived(rule: str) -> None:
    for level in ("off", "info"):
        assert level_of(rule, with_project(levels={rule: level})) == "error"
    assert not is_waived(rule, SIRET, with_project(waivers=(replace(WAIVER, rule=rule),)))


def test_the_fixed_rules_are_those_of_the_contract() -> None:
    reading = {"CP001", "CP002", "CP003", "CP004", "CP005", "CP014", "CP015", "CP017", "CP401", "CP901", "CP902"}
    # Without these, what is approved could mean two things, or lose an entry.
    defining = {"CP007", "CP008", "CP009", "CP011", "CP101", "CP305", "CP402", "CP403", "CP601", "CP605"}
    assert set(FIXED) == reading | defining


@pytest.mark.parametrize("rule", READY)
def test_what_must_be_ready_is_an_error_when_readiness_is_asked(rule: str) -> None:
    assert level_of(rule, replace(SETTING, ready=True)) == "error"


def test_readiness_leaves_other_advice_as_it_is() -> None:
    assert level_of("CP701", replace(SETTING, ready=True)) == "warning"


def test_what_the_project_decided_stands_when_readiness_is_asked_unless_it_weakens_it() -> None:
    assert level_of("CP108", replace(with_project(levels={"CP108": "error"}), ready=True)) == "error"


def test_a_waiver_silences_one_rule_for_one_sheet() -> None:
    settings = with_project(waivers=(WAIVER,))
    assert is_waived("CP104", SIRET, settings)
    assert not is_waived("CP201", SIRET, settings)
    assert not is_waived("CP104", "21169999600024", settings)
    assert not is_waived("CP104", "", settings)


@pytest.mark.parametrize(
    ("until", "holds"), [(DAY, True), (date(2027, 1, 1), True), (date(2026, 11, 22), False), (None, False)]
)
def test_a_waiver_holds_to_its_last_day_and_needs_one(until: date | None, *, holds: bool) -> None:
    settings = with_project(waivers=(replace(WAIVER, until=until),))
    assert is_waived("CP104", SIRET, settings) is holds


def test_a_waiver_without_reason_is_none() -> None:
    assert not is_waived("CP104", SIRET, with_project(waivers=(replace(WAIVER, reason=""),)))


def test_one_good_waiver_among_bad_ones_is_enough() -> None:
    bad = replace(WAIVER, until=None)
    assert is_waived("CP104", SIRET, with_project(waivers=(bad, WAIVER)))
