"""Saving and bringing back a store, going back to an earlier approval, and what hinders the work, from Python."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from chorus_config.app import (
    DoctorOptions,
    OpenOptions,
    Restorable,
    ReturnPlan,
    approve_plan,
    examine,
    make_plan,
    plan_to,
    plan_to_approve,
    state_backup,
    state_restorable,
    state_restore,
)
from chorus_config.model.errors import Refused
from tests.app.conftest import Open


def test_a_store_is_saved_looked_at_and_brought_back(opened: Open) -> None:
    project = opened()
    approve_plan(project, plan_to_approve(project))
    head = state_backup(project, "b")
    with pytest.raises(Refused, match="is there already"):
        state_backup(project, "b")
    assert state_backup(project, "b", replace=True) == head
    with pytest.raises(Refused, match="is not empty"):
        state_restorable(project, "b")
    shutil.rmtree(project.root / ".chorus-config")
    found = state_restorable(project, "b")
    assert isinstance(found, Restorable)
    assert (found.head, found.lineage, found.serial) == (head, None, 0)
    state_restore(project, found)
    assert make_plan(project).plan.changes == ()
    again = state_restorable(project, "b", force=True)
    assert (again.lineage, again.serial) == (head.lineage, head.serial)


def test_the_plan_back_names_the_commit_and_the_command(opened: Open) -> None:
    project = opened()
    who = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        subprocess.run(["git", *who, *words], cwd=project.root, check=True, capture_output=True, timeout=60)
    approve_plan(project, plan_to_approve(project))
    found = plan_to(project, 1)
    assert isinstance(found, ReturnPlan)
    assert (found.draft.plan.changes, found.folders) == ((), ("structures", "comptes"))
    assert found.git_command == f"git restore --source={found.commit} -- structures comptes"


def test_what_hinders_the_work(opened: Open) -> None:
    root = opened().root
    found = examine(OpenOptions(root, language="en"), DoctorOptions(terminal="latin-1"))
    assert not found.online
    assert [one.status for one in found.checks if one.name == "encoding"] == ["warning"]
    assert examine(OpenOptions(root / "gone", language="en")).count("fault") > 0
