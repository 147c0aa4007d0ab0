"""What a plan says of itself."""

from __future__ import annotations

from msgspec.structs import replace

from chorus_config.model.address import Address
from chorus_config.model.plan import Before, Change, Desired, Plan

CHANGE = Change(Address("1"), "update", ())
PLAN = Plan(Desired("d"), Before("s", None, None, 0, "b"), "2026-11-23", (CHANGE, replace(CHANGE, blocked=True)))


def test_blocked_changes_are_counted() -> None:
    assert PLAN.blocked == 1
    assert replace(PLAN, changes=()).blocked == 0


def test_a_plan_is_applyable_when_nothing_stands_against_it() -> None:
    assert PLAN.applyable
    assert not replace(PLAN, reasons=("x",)).applyable
