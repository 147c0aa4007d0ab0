"""`seuils: {age_du_plan: DAYS}`: a saved plan that nobody applied for long is not approved."""

from __future__ import annotations

import json
import shlex
from datetime import date, timedelta

import pytest

from .desk import PROJECT, SHEET, SIRET, STORE, Desk

TODAY = date(2026, 11, 26)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be a day."""
    monkeypatch.setattr("chorus_config.app.project.today", lambda: day)
    monkeypatch.setattr("chorus_config.app.plan.today", lambda: day)


@pytest.fixture
def aged(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The example with a limit of 30 days, a change, and a plan of it."""
    approved.append(PROJECT, "seuils: {age_du_plan: 30}\n")
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    on(monkeypatch, TODAY)
    approved.save("--target", SIRET)
    return approved


@pytest.mark.parametrize("days", [0, 29, 30])
def test_a_young_plan_is_approved(aged: Desk, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    on(monkeypatch, TODAY + timedelta(days))
    assert aged.run("apply", "plan.json").code == 0


@pytest.mark.parametrize("days", [31, 90])
def test_an_old_plan_is_refused_though_nothing_moved(aged: Desk, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    on(monkeypatch, TODAY + timedelta(days))
    before = (aged.root / STORE).read_bytes()
    ended = aged.run("apply", "plan.json")
    assert (ended.code, ended.out) == (4, "")
    assert (aged.root / STORE).read_bytes() == before
    assert f"the plan is {days} days old: 30 days at most (seuils.age_du_plan)" in ended.err
    command = f"chorus-config plan --out plan.json --target {SIRET}"
    assert f"To go on: {command}," in ended.err
    # Done to the letter, it goes on.
    assert aged.run(*shlex.split(command)[1:]).code == 0
    assert aged.run("apply", "plan.json").code == 0


def test_a_day_to_come_is_no_age(aged: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, TODAY - timedelta(1))
    ended = aged.run("apply", "plan.json")
    assert (ended.code, "on a day to come (2026-11-26)" in ended.err) == (4, True)


def test_a_day_that_was_written_into_the_plan_is_an_alteration(aged: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, TODAY + timedelta(90))
    document = json.loads(aged.read("plan.json"))
    aged.write("plan.json", json.dumps({**document, "made_on": "2027-02-01"}))
    ended = aged.run("apply", "plan.json")
    assert (ended.code, "the plan file was altered" in ended.err) == (4, True)


def test_a_plan_for_an_earlier_day_is_as_old_as_that_day(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    approved.append(PROJECT, "seuils: {age_du_plan: 30}\n")
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    on(monkeypatch, TODAY)
    approved.save("--as-of", "2026-08-01")
    ended = approved.run("apply", "plan.json")
    assert (ended.code, "the plan is 117 days old" in ended.err) == (4, True)


def test_without_a_limit_a_plan_has_no_age(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    approved.edit(SHEET, "ANGOULEME", "COGNAC")
    on(monkeypatch, TODAY)
    approved.save()
    assert "made_on" not in json.loads(approved.read("plan.json"))
    on(monkeypatch, TODAY + timedelta(3650))
    assert approved.run("apply", "plan.json").code == 0


@pytest.mark.parametrize("value", ["-1", '"30"', "1.5", "oui"])
def test_a_limit_is_a_number_of_days(approved: Desk, value: str) -> None:
    approved.append(PROJECT, f"seuils: {{age_du_plan: {value}}}\n")
    assert approved.run("plan").code == 78
