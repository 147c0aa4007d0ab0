"""A first plan, its sheets judged in several processes: to the byte what one process plans."""

from __future__ import annotations

import os
import signal
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from benchmarks import sheets
from chorus_config.app import Effort, OpenOptions, OpenProject, approve_plan, make_plan, open_project, plan_to_approve
from chorus_config.app.checking import first_plan, pool
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.planning.draft import Draft
from chorus_config.model.plan import Options
from chorus_config.render.findings.json import as_json
from chorus_config.render.plan.json import plan_document

COUNT: Final = 130


def path_of(folder: Path, number: int) -> Path:
    """Return the file of a sheet."""
    return folder / f"structures/{sheets.siret(number)}.yaml"


@pytest.fixture
def project(tmp_path: Path) -> OpenProject:
    """A project of which nothing is approved: two files of one name, one in error, one that names nobody, one unreadable."""
    sheets.write(tmp_path, COUNT)
    (tmp_path / "structures/copie.yaml").write_bytes(path_of(tmp_path, 5).read_bytes())
    for number, old, new in ((7, "pays: ", "pais: "), (9, f'identifiant: "{sheets.siret(9)}"', 'identifiant: ""')):
        path = path_of(tmp_path, number)
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    path_of(tmp_path, 11).write_bytes(b"\xff\xfe\x00")
    text = f"type: projet\nversion: 1\nseuils: {{structures: {COUNT}}}\n"
    (tmp_path / "chorus-config.yaml").write_text(text, encoding="utf-8")
    return open_project(OpenOptions(tmp_path, language="en", day=date(2026, 11, 27)))


def said(made: Draft) -> object:
    """Return all that a draft says."""
    return as_json(plan_document(made.plan)), [*made.records], made.forgotten, made.unmatched, made.settled


@pytest.mark.parametrize("options", [Options(), Options(targets=(f"{sheets.siret(1)[:12]}*", sheets.siret(5)))])
def test_several_processes_plan_what_one_plans(project: OpenProject, options: Options) -> None:
    alone = make_plan(project, options)
    assert len(alone.plan.changes) > (0 if options.targets else 1_000)
    assert said(make_plan(project, options, effort=Effort(3))) == said(alone)


def test_so_do_processes_that_begin_from_nothing(project: OpenProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_may_fork", lambda: False)
    assert said(make_plan(project, effort=Effort(2))) == said(make_plan(project))


def test_when_a_process_dies_this_one_does_the_rest(project: OpenProject, monkeypatch: pytest.MonkeyPatch) -> None:
    here, dying = os.getpid(), path_of(project.root, 60).name

    def _killed(text: Any, settings: Any) -> CheckedFile:
        if text.path.endswith(dying) and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return check_file(text, settings)

    monkeypatch.setattr(first_plan, "check_file", _killed)
    found = make_plan(project, effort=Effort(2))
    monkeypatch.undo()
    assert said(found) == said(make_plan(project))


def test_once_something_is_approved_or_for_a_few_sheets_no_process_is_started(
    project: OpenProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (project.root / "structures/copie.yaml", *(path_of(project.root, number) for number in (7, 9, 11))):
        path.unlink()
    approve_plan(project, plan_to_approve(project, processes=2))
    monkeypatch.setattr(first_plan, "in_processes", lambda *_given: pytest.fail("started processes"))
    path = path_of(project.root, 3)
    path.write_text(path.read_text(encoding="utf-8").replace("Service technique", "Voirie"), encoding="utf-8")
    assert {change.op for change in make_plan(project, effort=Effort(2)).plan.changes} == {"update"}
    (project.root / ".chorus-config/registre.sqlite3").unlink()
    for number in range(50, COUNT):
        path_of(project.root, number).unlink()
    assert {change.op for change in make_plan(project, effort=Effort(2)).plan.changes} == {"create"}
