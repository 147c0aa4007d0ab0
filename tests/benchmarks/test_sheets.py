"""The generator writes the same sheets each time; the sound ones are sound, and what it breaks is broken as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import projects, sheets, variants
from chorus_config.app import OpenOptions, open_project, validate_project


def findings(folder: Path) -> list[tuple[str, str]]:
    """Return file and rule of each finding of a project."""
    found = validate_project(open_project(OpenOptions(folder, language="en"))).findings
    return [(finding.path, finding.rule) for finding in found]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a project."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_sheets_each_time(tmp_path: Path) -> None:
    first, second = projects.fresh(tmp_path / "first", 240), projects.fresh(tmp_path / "second", 240)
    assert bytes_of(first) == bytes_of(second)
    for folder in (first, second):
        variants.break_sheets(folder, 240)
        variants.change_sheets(folder, 240, 1)
    assert bytes_of(first) == bytes_of(second)


def test_what_was_there_is_gone(tmp_path: Path) -> None:
    projects.fresh(tmp_path / "project", 3)
    assert len(bytes_of(projects.fresh(tmp_path / "project", 2))) == 3


def test_sound_sheets_have_no_finding(tmp_path: Path) -> None:
    assert findings(projects.fresh(tmp_path, 60)) == []


@pytest.mark.parametrize("kind", variants.FAULTS)
def test_a_fault_is_what_its_rule_speaks_of(kind: str, tmp_path: Path) -> None:
    rule, fault = variants.FAULTS[kind]
    projects.fresh(tmp_path, 3)
    path = variants.path_of(tmp_path, 1)
    path.write_text(fault(sheets.sheet(1)), encoding="utf-8")
    assert findings(tmp_path) == [(path.relative_to(tmp_path).as_posix(), rule)]


def test_one_sheet_in_a_hundred_is_broken_in_every_kind(tmp_path: Path) -> None:
    count = variants.EACH * len(variants.FAULTS)
    sound = bytes_of(projects.fresh(tmp_path, count))
    variants.break_sheets(tmp_path, count)
    broken = {path for path, raw in bytes_of(tmp_path).items() if raw != sound[path]}
    assert broken == {variants.path_of(Path(), number).as_posix() for number in variants.broken_numbers(count)}
    assert len(broken) == len(variants.FAULTS)
    assert sorted(rule for _path, rule in findings(tmp_path)) == sorted(rule for rule, _fault in variants.FAULTS.values())


def test_one_sheet_in_a_hundred_changes_otherwise_at_each_turn_and_stays_sound(tmp_path: Path) -> None:
    projects.fresh(tmp_path, 300)
    seen = [bytes_of(tmp_path)]
    for turn in (1, 2):
        variants.change_sheets(tmp_path, 300, turn)
        seen.append(bytes_of(tmp_path))
        assert sum(seen[-2][path] != raw for path, raw in seen[-1].items()) == 3
    assert findings(tmp_path) == []
