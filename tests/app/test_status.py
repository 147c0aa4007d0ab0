"""The status of a portfolio from Python."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from chorus_config.app import Events, find_status, status_workbook
from chorus_config.model.errors import NoInput
from tests.app.conftest import Open
from tests.cli.desk import OTHER, SECOND, SHEET, SIRET, STORE


def test_each_budget_has_its_row_and_nothing_is_written(opened: Open, folder: Path) -> None:
    (folder / OTHER).unlink()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = find_status(opened())
    assert [(row.root, row.path, row.state) for row in found.rows] == [(SIRET, SHEET, "not_ready"), (SECOND, "", "no_sheet")]
    assert (found.name, found.deadline is not None and found.deadline.last.isoformat()) == ("SDITEC", "2016-10-30")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_store_that_cannot_be_read_is_a_note(opened: Open, folder: Path) -> None:
    (folder / STORE).parent.mkdir()
    (folder / STORE).write_bytes(b"no database" * 999)
    notes: list[str] = []
    found = find_status(opened(events=Events(note=notes.append)))
    assert len(notes) == 1
    assert (found.source, {row.open_operations for row in found.rows}) == ("", {None})


def test_targets_and_members_that_name_nothing_end_it(opened: Open) -> None:
    assert [row.root for row in find_status(opened(), ["*23"]).rows] == [SECOND]
    with pytest.raises(NoInput, match="matches 9"):
        find_status(opened(), ["9*"])
    with pytest.raises(NoInput, match="no member"):
        find_status(opened(), member="x")


def test_a_workbook_is_bytes(opened: Open) -> None:
    project = opened()
    sheet = load_workbook(BytesIO(status_workbook(find_status(project), project.say))).worksheets[0]
    assert sheet.title == "Portfolio"
    assert [cell.value for cell in sheet["A"]] == ["Identifiant", SIRET, SECOND]
