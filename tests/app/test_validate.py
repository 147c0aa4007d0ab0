"""Checking a project from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.app import Validation, files_to_check, validate_project
from chorus_config.model.errors import NoInput
from tests.app.conftest import Open
from tests.cli.desk import OTHER, SECOND, SHEET, SIRET


def test_findings_have_their_place_and_sheets_their_standing(opened: Open, folder: Path) -> None:
    sheet = folder / SHEET
    sheet.write_text(sheet.read_text().replace(f'"{SIRET}"', '"2516027850001"'))
    done = validate_project(opened())
    assert isinstance(done, Validation)
    (found,) = [finding for finding in done.findings if finding.rule == "CP101"]
    assert (found.path, found.level, found.pointer) == (SHEET, "error", "/informations_generales/identifiant")
    assert sheet.read_text().splitlines()[found.span.line - 1][found.span.column - 1 :].startswith('"2516027850001"')
    assert done.counted["fiche-structure"] == 2
    assert [owner for owner, _label, _ready in done.sheets] == ["2516027850001", SECOND]


def test_of_named_files_only_what_concerns_them_is_told(opened: Open, folder: Path) -> None:
    (folder / OTHER).write_text("type: fiche-structure\n")
    assert not [finding for finding in validate_project(opened(paths=(str(folder / SHEET),))).findings if finding.path == OTHER]
    assert [finding for finding in validate_project(opened()).findings if finding.path == OTHER]


def test_an_empty_check_is_no_success(opened: Open, folder: Path) -> None:
    selection = files_to_check(opened())
    assert {path for path, _kind in selection.files} >= {SHEET, OTHER}
    for path in (folder / "structures").iterdir():
        path.unlink()
    for path in (folder / "comptes").iterdir():
        path.unlink()
    with pytest.raises(NoInput, match="no sheet found"):
        validate_project(opened())


def test_each_file_that_is_checked_can_be_looked_at(opened: Open) -> None:
    seen: list[str] = []
    validate_project(opened(), look=lambda one: seen.append(one.path))
    assert {SHEET, OTHER, "chorus-config.yaml"} <= {*seen}
