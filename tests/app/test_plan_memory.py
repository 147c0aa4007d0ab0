"""A plan that remembers which sheets ask for nothing says what one that looks at all of them says, to the byte."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from msgspec.structs import replace

from benchmarks import sheets
from chorus_config.app import (
    Effort,
    OpenOptions,
    OpenProject,
    approve_plan,
    make_plan,
    open_project,
    plan_options,
    plan_to_approve,
)
from chorus_config.app.checking import remembered as app_remembered
from chorus_config.app.checking import settled
from chorus_config.app.checking.verdicts import CACHE_FROM
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.planning.draft import Draft
from chorus_config.model.errors import Unavailable
from chorus_config.workspace import verdict_cache
from chorus_config.workspace.files import read_text

COUNT: Final = CACHE_FROM + 20
PROJECT: Final = "type: projet\nversion: 1\nseuils: {structures: 1000, suppressions: 1000}\n"


def name_of(number: int) -> str:
    """Return the path of a sheet."""
    return f"structures/{sheets.siret(number)}.yaml"


def edit(folder: Path, number: int, old: str = 'ville: "VALMONT"', new: str = 'ville: "COGNAC"') -> None:
    path = folder / name_of(number)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def opened(folder: Path, **options: Any) -> OpenProject:
    return open_project(OpenOptions(folder, **{"language": "en", "day": date(2026, 11, 27), **options}))


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose sheets are approved, some of them with advice that stays."""
    folder = tmp_path_factory.mktemp("plan") / "projet"
    sheets.write(folder, COUNT)
    for number in range(0, COUNT, 20):
        edit(folder, number, f'libelle: "Commune de Valmont {number}"', 'libelle: "Mairie"')
    (folder / "chorus-config.yaml").write_text(PROJECT, encoding="utf-8")
    ready = plan_to_approve(opened(folder))
    approve_plan(opened(folder), ready)
    return folder


@pytest.fixture
def folder(approved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it; times of its files are trusted however new they are."""
    monkeypatch.setattr(verdict_cache, "_STEADY", -(10**18))
    return shutil.copytree(approved, tmp_path / "projet")


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are looked into."""
    seen: list[str] = []

    def _counted(text: Any, settings: Any) -> CheckedFile:
        seen.append(text.path)
        return check_file(text, settings)

    monkeypatch.setattr(settled, "check_file", _counted)
    return seen


def remembered(project: OpenProject, cache: Path) -> Draft:
    """Return a plan with what is remembered, which is that of somebody who looks at everything."""
    made = make_plan(project, effort=Effort(cache=cache))
    alone = make_plan(project)
    assert made == alone
    return made


def test_what_asks_for_nothing_is_not_looked_into_again(folder: Path, tmp_path: Path, checks: list[str]) -> None:
    cache = tmp_path / "cache"
    first = remembered(opened(folder), cache)
    assert not first.plan.changes
    assert first.plan.findings
    assert len(checks) == COUNT
    checks.clear()
    assert remembered(opened(folder), cache) == first
    assert checks == []


def test_only_what_changed_is_looked_into(folder: Path, tmp_path: Path, checks: list[str]) -> None:
    cache = tmp_path / "cache"
    remembered(opened(folder), cache)
    edit(folder, 11)
    (folder / name_of(12)).unlink()
    (folder / name_of(COUNT)).write_text(sheets.sheet(COUNT), encoding="utf-8")
    (folder / "structures" / "autre.yaml").write_text("type: fiche-structure\n", encoding="utf-8")
    for _ in range(2):
        checks.clear()
        made = remembered(opened(folder), cache)
        assert sorted(checks) == sorted([name_of(11), name_of(COUNT), "structures/autre.yaml"])
        assert {change.address.root for change in made.plan.changes} == {sheets.siret(11), sheets.siret(COUNT)}
    (folder / "structures" / "autre.yaml").unlink()
    made = remembered(opened(folder), cache)
    assert sheets.siret(12) in {change.address.root for change in made.plan.changes}


def test_a_file_that_was_only_touched_is_read_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    reads: list[str] = []
    remembered(opened(folder), cache)
    os.utime(folder / name_of(12), (1_700_000_000, 1_700_000_000))

    def _counted(*given: Any) -> Any:
        reads.append(given[1])
        return read_text(*given)

    monkeypatch.setattr(app_remembered, "read_text", _counted)
    for _ in range(2):
        make_plan(opened(folder), effort=Effort(cache=cache))
        assert reads == [name_of(12)]


@pytest.mark.parametrize("place", [12, -1])
def test_what_a_file_said_that_is_gone_is_forgotten(folder: Path, tmp_path: Path, place: int) -> None:
    """And where nothing changed, the memory is not written anew."""
    cache = tmp_path / "cache"
    remembered(opened(folder), cache)
    (memory,) = cache.glob("*.verdicts")
    first = memory.stat().st_ino, memory.read_bytes()
    remembered(opened(folder), cache)
    assert (memory.stat().st_ino, memory.read_bytes()) == first
    gone = sorted(folder.glob("structures/*.yaml"))[place]
    gone.unlink()
    remembered(opened(folder), cache)
    assert gone.name.encode() in first[1]
    assert gone.name.encode() not in memory.read_bytes()


def test_a_file_that_claims_the_name_of_a_settled_one_is_seen(folder: Path, tmp_path: Path, checks: list[str]) -> None:
    cache = tmp_path / "cache"
    remembered(opened(folder), cache)
    shutil.copy(folder / name_of(30), folder / "structures" / "copie.yaml")
    checks.clear()
    made = remembered(opened(folder), cache)
    assert sorted(checks) == sorted([name_of(30), "structures/copie.yaml"])
    assert "CP011" in {finding.rule for finding in made.plan.findings}
    assert not made.plan.applyable


def test_after_an_approval_the_others_are_still_known(folder: Path, tmp_path: Path, checks: list[str]) -> None:
    cache = tmp_path / "cache"
    remembered(opened(folder), cache)
    edit(folder, 40)
    approve_plan(opened(folder), plan_to_approve(opened(folder)))
    checks.clear()
    assert not remembered(opened(folder), cache).plan.changes
    assert checks == [name_of(40)]
    checks.clear()
    remembered(opened(folder), cache)
    assert checks == []


def test_an_approval_looks_at_everything(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(opened(folder), tmp_path / "cache")
    monkeypatch.setenv("CHORUS_CONFIG_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(settled, "PlanMemory", lambda *_args: pytest.fail("remembered"))
    edit(folder, 5)
    approve_plan(opened(folder), plan_to_approve(opened(folder)))


@pytest.mark.parametrize("what", ["day", "language", "levels", "secret", "record"])
def test_what_a_plan_depends_on_makes_another(folder: Path, tmp_path: Path, checks: list[str], what: str) -> None:
    cache = tmp_path / "cache"
    remembered(opened(folder), cache)
    checks.clear()
    project, looked_into = opened(folder), COUNT
    if what == "day":
        project = opened(folder, day=date(2017, 5, 1))
    elif what == "language":
        project = opened(folder, language="fr")
    elif what == "levels":
        project = replace(
            project, settings=replace(project.settings, project=replace(project.config, levels={"CP105": "error"}))
        )
    elif what == "secret":
        changed(folder, "UPDATE meta SET secret = ?", "00" * 32)
    else:
        body = json.dumps(project.store().read().snapshot.records[sheets.siret(9)].body).replace("VALMONT", "COGNAC")
        changed(folder, "UPDATE records SET approved = ? WHERE root = ?", body, sheets.siret(9))
        looked_into = 1
    made = remembered(project, cache)
    assert len(checks) == looked_into
    assert bool(made.plan.changes) is (what == "record")


def changed(folder: Path, statement: str, *values: str) -> None:
    """Change a store behind its back."""
    with closing(sqlite3.connect(folder / ".chorus-config" / "registre.sqlite3")) as store, store:
        assert store.execute(statement, values).rowcount > 0


def test_a_record_that_is_damaged_is_told_as_ever(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    remembered(opened(folder), cache)
    changed(folder, "UPDATE records SET approved = substr(approved, 1, 100) WHERE root = ?", sheets.siret(9))
    with pytest.raises(Unavailable, match="damaged"):
        make_plan(opened(folder), effort=Effort(cache=cache))


def test_where_much_changed_nothing_is_kept(folder: Path, tmp_path: Path, checks: list[str]) -> None:
    cache = tmp_path / "cache"
    remembered(opened(folder), cache)
    for number in range(1, COUNT, 3):
        edit(folder, number)
    checks.clear()
    remembered(opened(folder), cache)
    assert len(checks) == COUNT


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    yield from sorted((path.name, path.read_bytes()) for path in folder.iterdir())


def test_a_plan_about_some_sheets_forgets_none(folder: Path, tmp_path: Path, checks: list[str]) -> None:
    cache = tmp_path / "cache"
    remembered(opened(folder), cache)
    before = [*files(cache)]
    some = opened(folder)
    for options in (plan_options(some, targets=[f"{sheets.siret(3)[:9]}*"]), plan_options(some, targets=["2*"])):
        checks.clear()
        assert make_plan(some, options, effort=Effort(cache=cache)) == make_plan(some, options)
        assert checks == []
    few = opened(folder, paths=(str(folder / name_of(1)),))
    assert make_plan(few, effort=Effort(cache=cache)) == make_plan(few)
    assert [*files(cache)] == before


def test_nothing_in_the_project_is_written(folder: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    remembered(opened(folder), tmp_path / "cache")
    remembered(opened(folder), tmp_path / "cache")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
