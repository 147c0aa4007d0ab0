"""What a plan remembers on one day, on another: never another word than without memory, and little is looked into again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chorus_config.app import Effort, OpenOptions, approve_plan, make_plan, open_project, plan_to_approve
from chorus_config.app import plan as planning
from chorus_config.app.checking import settled
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.planning.draft import Draft
from chorus_config.workspace import verdict_cache

from .test_checking_days import DAYS, FILES

APPROVED = date(2026, 11, 27)
Plan = Callable[[date, Path | None], Draft]
MEMO = "structures/usual.yaml"
# Of the others, several describe one structure.
CHOSEN = {path: text for path, text in FILES.items() if path.partition("/")[2][:14].isdigit() or "/" not in path}
CHOSEN |= {MEMO: FILES[MEMO], "comptes/dgs.yaml": FILES["comptes/dgs.yaml"]}


@pytest.fixture
def on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """Plans on a day, as if it were today, what was approved long before, but for a memo and what no approval takes."""
    monkeypatch.setattr(planning, "CACHE_FROM", 1)
    monkeypatch.setattr(verdict_cache, "_STEADY", -(10**18))
    monkeypatch.setattr("chorus_config.app.checking.remembered.program_digest", lambda: "this program")
    folder = tmp_path / "projet"
    for path, text in CHOSEN.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    approved = open_project(OpenOptions(folder, language="en", day=APPROVED))
    approve_plan(approved, plan_to_approve(approved))
    usual = folder / MEMO
    usual.write_text(usual.read_text(encoding="utf-8").replace("COMMUNE DE VALMONT", "VALMONT"), encoding="utf-8")

    def _on(day: date, cache: Path | None) -> Draft:
        monkeypatch.setattr("chorus_config.app.checking.remembered.today", lambda: day)
        opened = open_project(OpenOptions(folder, language="en", day=day))
        return make_plan(opened, effort=Effort(1, cache))

    return _on


def test_after_any_day_every_day_is_planned_as_without_memory(on: Plan, tmp_path: Path) -> None:
    alone = {day: on(day, None) for day in DAYS}
    assert len({repr(one.plan.findings) for one in alone.values()}) > 3
    for earlier in DAYS[::3]:
        on(earlier, tmp_path / "warm")
        for day in DAYS:
            shutil.copytree(tmp_path / "warm", tmp_path / "copy")
            assert on(day, tmp_path / "copy") == alone[day], (earlier, day)
            shutil.rmtree(tmp_path / "copy")
        shutil.rmtree(tmp_path / "warm")


def test_the_next_day_what_does_not_depend_on_it_is_not_looked_into(
    on: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def _counted(text: Any, settings: Any) -> CheckedFile:
        seen.append(text.path)
        return check_file(text, settings)

    on(date(2026, 11, 27), tmp_path / "cache")
    monkeypatch.setattr(settled, "check_file", _counted)
    assert on(date(2026, 11, 28), tmp_path / "cache") == on(date(2026, 11, 28), None)
    # A memo that differs is told in the words of the day.
    assert seen[0] == MEMO
    assert len(seen) < len(CHOSEN) - 1
