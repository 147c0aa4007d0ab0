"""Checking many files in several processes, and not again what did not change: always the same findings, in the same order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from msgspec.structs import replace

from benchmarks import sheets
from chorus_config.app import Effort, OpenOptions, OpenProject, Validation, effort_of_user, open_project, validate_project
from chorus_config.app.checking import judge, pool
from chorus_config.app.checking.verdicts import CACHE_FROM, PROCESSES_FROM, verdicts
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.workspace import verdict_cache
from chorus_config.workspace.verdict_cache import digest_of

COUNT: Final = PROCESSES_FROM + 40
PROJECT: Final = """\
type: projet
version: 1
derogations:
  - {regle: CP105, fiche: "%s", motif: "x", jusqu_au: "2030-01-01"}
"""


def name_of(number: int) -> str:
    """Return the path of a sheet."""
    return f"structures/{sheets.siret(number)}.yaml"


def spoil(folder: Path, number: int, old: str = "pays: ", new: str = "pais: ") -> None:
    """Put a fault into a sheet; by default a key that nobody knows."""
    path = folder / name_of(number)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of many sheets, of which some have faults and one cannot be read."""
    folder = tmp_path_factory.mktemp("many") / "projet"
    sheets.write(folder, COUNT)
    for number in range(0, COUNT, 50):
        spoil(folder, number)
    spoil(folder, 7, 'libelle: "Commune de Valmont 7"', 'libelle: "Mairie"')
    spoil(folder, 8, 'libelle: "Commune de Valmont 8"', 'libelle: "Mairie"')
    (folder / name_of(3)).write_bytes(b"\xff\xfe\x00")
    (folder / "chorus-config.yaml").write_text(PROJECT % sheets.siret(8), encoding="utf-8")
    for path in folder.rglob("*.yaml"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return folder


def opened(folder: Path, **options: Any) -> OpenProject:
    return open_project(OpenOptions(folder, language="en", day=date(2026, 11, 27), **options))


@pytest.fixture
def many(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenProject:
    """The project; times of its files are trusted however new they are."""
    monkeypatch.setattr(verdict_cache, "_STEADY", -(10**18))
    return opened(whole)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that this process checks, where verdicts are remembered."""
    seen: list[str] = []

    def _counted(text: Any, settings: Any) -> CheckedFile:
        seen.append(text.path)
        return check_file(text, settings)

    monkeypatch.setattr(judge, "check_file", _counted)
    return seen


def lost(_reason: str) -> Callable[..., Any]:
    """Return what stands for something that must not be called."""
    return lambda *_args: pytest.fail(_reason)


# Several processes


def test_several_processes_find_what_one_finds(many: OpenProject) -> None:
    alone = validate_project(many)
    assert len(alone.findings) > 10
    assert validate_project(many, effort=Effort(3)) == alone


def test_so_do_processes_that_begin_from_nothing(many: OpenProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_may_fork", lambda: False)
    assert validate_project(many, effort=Effort(2)) == validate_project(many)


def test_going_live_is_measured_there_as_well(whole: Path) -> None:
    project = opened(whole, ready=True)
    alone = validate_project(project)
    assert alone.managed
    assert validate_project(project, effort=Effort(2)) == alone


def test_no_process_is_copied_while_threads_are_at_work() -> None:
    assert pool._may_fork() is (sys.platform.startswith("linux") and threading.active_count() == 1)
    wait = threading.Event()
    other = threading.Thread(target=wait.wait)
    other.start()
    try:
        assert not pool._may_fork()
    finally:
        wait.set()
        other.join()


def test_few_files_start_no_process(many: OpenProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "in_processes", lost("started processes"))
    files = many.select_all().files[: PROCESSES_FROM - 1]
    assert len([*verdicts(many, files, Effort(4))]) == len(files)


def test_when_a_process_dies_this_one_does_the_rest(many: OpenProject, monkeypatch: pytest.MonkeyPatch) -> None:
    here, dying = os.getpid(), name_of(200)

    def _killed(text: Any, settings: Any) -> CheckedFile:
        if text.path == dying and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return check_file(text, settings)

    monkeypatch.setattr(judge, "check_file", _killed)
    found = validate_project(many, effort=Effort(2))
    monkeypatch.undo()
    assert found == validate_project(many)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are told to end as Linux does it")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_or_killed_it_leaves_no_process_behind(whole: Path, tmp_path: Path, sign: signal.Signals) -> None:
    slow = """
import sys, time
from chorus_config.app.checking import judge
from chorus_config.cli.main import main
real = judge.check_file
def check(text, settings):
    time.sleep(0.5)
    return real(text, settings)
judge.check_file = check
sys.exit(main(["validate", "--jobs", "2", "--no-cache"]))
"""
    run = subprocess.Popen(
        [sys.executable, "-c", slow],
        cwd=whole,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while run.poll() is None and len(children.read_text().split()) < 2:
        threading.Event().wait(0.02)
    workers = [int(word) for word in children.read_text().split()]
    assert len(workers) == 2
    run.send_signal(sign)
    out, err = run.communicate(timeout=60)
    assert "Traceback" not in err
    assert out == ""
    assert run.returncode == (130 if sign == signal.SIGINT else -signal.SIGKILL)
    for _ in range(200):
        left = [worker for worker in workers if Path(f"/proc/{worker}/stat").exists() and not is_over(worker)]
        if not left:
            break
        threading.Event().wait(0.05)
    assert left == []


def is_over(process: int) -> bool:
    """Tell whether a process has ended, and only waits for somebody to notice."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


# What is remembered


def remembered(project: OpenProject, folder: Path, processes: int = 1) -> Validation:
    return validate_project(project, effort=Effort(processes, folder))


def test_what_did_not_change_is_not_even_read(
    many: OpenProject, tmp_path: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = validate_project(many)
    assert remembered(many, tmp_path) == alone
    # One file can never be read; that is no verdict on what it holds.
    assert len(checks) == COUNT + 1
    checks.clear()
    monkeypatch.setattr("chorus_config.app.checking.remembered.read_text", lost("read a file"))
    assert remembered(many, tmp_path) == alone
    assert checks == []


def test_what_changed_is_checked_again_alone(many: OpenProject, whole: Path, tmp_path: Path, checks: list[str]) -> None:
    remembered(many, tmp_path)
    kept = (whole / name_of(21)).read_text(encoding="utf-8")
    try:
        spoil(whole, 21)
        checks.clear()
        changed = remembered(many, tmp_path)
        assert checks == [name_of(21)]
        assert changed == validate_project(many)
        assert any(one.path == name_of(21) for one in changed.findings)
    finally:
        (whole / name_of(21)).write_text(kept, encoding="utf-8")
    assert remembered(many, tmp_path) == validate_project(many)


def test_files_that_came_and_went_are_seen(many: OpenProject, whole: Path, tmp_path: Path, checks: list[str]) -> None:
    remembered(many, tmp_path)
    first, last = min(many.select_all().files), max(many.select_all().files)
    for path in (first[0].replace("chorus-config.yaml", name_of(30)), last[0]):
        text = (whole / path).read_bytes()
        (whole / path).unlink()
        try:
            assert remembered(many, tmp_path) == validate_project(many)
        finally:
            (whole / path).write_bytes(text)
        checks.clear()
        assert remembered(many, tmp_path) == validate_project(many)
        assert checks == [path]


def test_a_file_that_looks_new_and_holds_the_same_is_not_checked_again(
    many: OpenProject, whole: Path, tmp_path: Path, checks: list[str]
) -> None:
    alone = remembered(many, tmp_path)
    os.utime(whole / name_of(11))
    checks.clear()
    assert remembered(many, tmp_path) == alone
    assert checks == []


def test_a_file_that_looks_the_same_and_is_new_is_read(
    whole: Path, tmp_path: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its times are those of the very moment in which it was looked at: it may have changed since without showing it.
    project = opened(whole)
    path = whole / name_of(12)
    text = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    remembered(project, tmp_path)
    read: list[str] = []

    def _digested(raw: bytes) -> str:
        read.append(digest_of(raw))
        return read[-1]

    monkeypatch.setattr("chorus_config.app.checking.remembered.digest_of", _digested)
    remembered(project, tmp_path)
    assert digest_of(text.encode()) in read


def test_where_no_look_is_trusted_bytes_are_read_and_nothing_is_checked_again(
    many: OpenProject, tmp_path: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "look_of", lambda _root, _path: None)
    monkeypatch.setattr("chorus_config.app.checking.remembered.look_of", lambda _root, _path: None)
    alone = remembered(many, tmp_path)
    (kept,) = tmp_path.glob("*.verdicts")
    before = kept.stat().st_ino
    checks.clear()
    assert remembered(many, tmp_path) == alone
    assert checks == []
    assert kept.stat().st_ino == before


def test_the_day_the_language_and_the_decisions_make_other_verdicts(
    many: OpenProject, whole: Path, tmp_path: Path, checks: list[str]
) -> None:
    remembered(many, tmp_path)
    for other in (
        opened(whole, ready=True), open_project(OpenOptions(whole, language="fr", day=date(2026, 11, 27))),
        open_project(OpenOptions(whole, language="en", day=date(2016, 11, 27))),
        replace(many, settings=replace(many.settings, project=replace(many.config, levels={"CP105": "error"}))),
        replace(many, settings=replace(many.settings, project=replace(many.config, waivers=()))),
        replace(many, settings=replace(many.settings, project=replace(many.config, environment="qualification"))),
    ):  # fmt: skip
        checks.clear()
        remembered(other, tmp_path)
        assert len(checks) == COUNT + 1
    # Each keeps its own, and no more than a few.
    assert len([*tmp_path.glob("*.verdicts")]) == 4


def test_another_program_does_not_believe_it(
    many: OpenProject, tmp_path: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered(many, tmp_path)
    checks.clear()
    monkeypatch.setattr("chorus_config.app.checking.remembered.program_digest", lambda: "other")
    remembered(many, tmp_path)
    assert len(checks) == COUNT + 1


def test_what_shows_between_files_is_never_remembered(many: OpenProject, whole: Path, tmp_path: Path) -> None:
    remembered(many, tmp_path)
    twice = whole / "structures" / "copie.yaml"
    twice.write_text((whole / name_of(20)).read_text(encoding="utf-8"), encoding="utf-8")
    try:
        found = remembered(many, tmp_path)
        assert {"CP011"} <= {one.rule for one in found.findings}
        assert found == validate_project(many)
    finally:
        twice.unlink()
    assert "CP011" not in {one.rule for one in remembered(many, tmp_path).findings}


def test_a_run_about_some_files_forgets_none_of_the_others(
    many: OpenProject, whole: Path, tmp_path: Path, checks: list[str]
) -> None:
    remembered(many, tmp_path)
    (kept,) = tmp_path.glob("*.verdicts")
    before = kept.read_bytes()
    some = opened(whole, paths=tuple(str(whole / name_of(number)) for number in range(CACHE_FROM)))
    checks.clear()
    assert remembered(some, tmp_path) == validate_project(some)
    assert len(checks) <= 1
    assert kept.read_bytes() == before


def test_few_files_remember_nothing(many: OpenProject, whole: Path, tmp_path: Path) -> None:
    few = opened(whole, paths=tuple(str(whole / name_of(number)) for number in range(CACHE_FROM - 1)))
    remembered(few, tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_processes_and_memory_go_together(many: OpenProject, tmp_path: Path) -> None:
    alone = validate_project(many)
    assert remembered(many, tmp_path, 2) == alone
    assert remembered(many, tmp_path, 2) == alone


def test_whoever_looks_at_the_files_is_shown_all(many: OpenProject, tmp_path: Path) -> None:
    seen: list[str] = []
    validate_project(many, look=lambda one: seen.append(one.path), effort=Effort(2, tmp_path))
    assert len(seen) == COUNT + 1
    assert [*tmp_path.iterdir()] == []


def test_a_user_remembers_in_a_folder_of_their_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHORUS_CONFIG_CACHE_DIR", str(tmp_path))
    assert effort_of_user(3, remember=True) == Effort(3, tmp_path)
    assert effort_of_user(1, remember=False) == Effort()
