"""Planning and approving from Python: a plan made afresh, a saved one, and what stands against it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from chorus_config.app import (
    Approval,
    ReadyPlan,
    Writer,
    approve_plan,
    make_plan,
    plan_options,
    plan_to_approve,
    read_plan_file,
    saved_plan_to_approve,
)
from chorus_config.app.apply import require_applyable
from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import Exit, NoInput, Refused
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.json import plan_document
from tests.app.conftest import Open
from tests.cli.desk import SECOND, SHEET, SIRET, STORE


def test_what_is_planned_is_approved_once(opened: Open, folder: Path) -> None:
    project = opened()
    ready = plan_to_approve(project)
    assert isinstance(ready, ReadyPlan)
    assert not (folder / STORE).exists()
    approval = approve_plan(project, ready, Writer(by="Ada"))
    assert isinstance(approval, Approval)
    assert (approval.serial, approval.plan) == (1, ready.plan)
    assert approval.open_operations == len(project.store().operations(only_open=True)) > 0
    assert project.store().history()[0].by == "Ada"
    again = plan_to_approve(project)
    assert again.plan.changes == ()
    assert approve_plan(project, again).serial == 1
    with pytest.raises(Refused):
        approve_plan(project, ready)


def test_options_narrow_a_plan(opened: Open) -> None:
    project = opened()
    draft = make_plan(project, plan_options(project, targets=[SECOND]))
    assert {change.address.root for change in draft.plan.changes} == {SECOND}
    with pytest.raises(NoInput):
        make_plan(project, plan_options(project, targets=["9*"]))


def test_a_saved_plan_is_approved_exactly(opened: Open, folder: Path) -> None:
    project = opened()
    (folder / "plan.json").write_text(as_json(plan_document(make_plan(project).plan)))
    saved = read_plan_file(folder, "plan.json", project.say)
    assert saved_plan_to_approve(project, saved, "plan.json").plan == saved.plan
    sheet = folder / SHEET
    sheet.write_text(sheet.read_text().replace('libelle: "SDITEC"', 'libelle: "Syndicat SDITEC"'))
    with pytest.raises(Refused, match="the sheets or the project's decisions changed"):
        saved_plan_to_approve(opened(), saved, "plan.json")
    with pytest.raises(NoInput):
        read_plan_file(folder, "autre.json", project.say)


def test_a_blocked_plan_is_refused_with_its_reason(opened: Open, folder: Path) -> None:
    sheet = folder / SHEET
    sheet.write_text(sheet.read_text().replace('libelle: "SDITEC"', 'libelle: " "'))
    project = opened()
    ready = plan_to_approve(project)
    assert {str(change.address) for change in ready.plan.changes if change.blocked} >= {SIRET}
    with pytest.raises(Refused, match="blocked") as refused:
        approve_plan(project, ready)
    assert refused.value.code == Exit.REFUSED
    assert not (folder / STORE).exists()


def test_reasons_are_set_apart_as_each_language_does(opened: Open) -> None:
    project = opened()
    made = replace(make_plan(project).plan, reasons=("l’un", "l’autre"))
    for language, told in (("fr", "l’un\u00a0; l’autre"), ("en", "l’un; l’autre")):
        settings = replace(project.settings, say=translator_for(language))
        with pytest.raises(Refused, match=told):
            require_applyable(replace(project, settings=settings), made)
