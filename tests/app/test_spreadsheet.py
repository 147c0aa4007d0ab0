"""Spreadsheets as a program uses them: sheets to a workbook, and a workbook to sheets, without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chorus_config.app import (
    ExportWish,
    OpenOptions,
    SpreadsheetDraft,
    SpreadsheetWish,
    draft_spreadsheet,
    export_workbook,
    open_project,
    write_import,
)
from chorus_config.model.errors import Refused, UsageFault

EXAMPLE = Path(__file__).parents[2] / "examples" / "sditec"
SIRET = "25160278500015"
BAD = f"SIRET;Libellé de la structure;Date de création\n{SIRET};SDITEC;hier\n25160278500023;Adhérent;13/07/2016\n"


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A copy of the example."""
    folder = tmp_path / "avant"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".chorus-config"))
    return folder


def test_sheets_go_from_one_folder_to_another(before: Path, tmp_path: Path) -> None:
    project = open_project(OpenOptions(before, language="en"))
    done = export_workbook(project, "a.xlsx", ExportWish(targets=(SIRET,)))
    assert (done.rows["Structures"], done.lost) == (1, 0)
    with pytest.raises(Refused):
        export_workbook(project, "a.xlsx")
    with pytest.raises(UsageFault):
        export_workbook(project, "a.pdf")
    after = tmp_path / "apres"
    after.mkdir()
    other = open_project(OpenOptions(after, language="en"))
    found = draft_spreadsheet(other, str(before / "a.xlsx"))
    assert found.faults == ()
    assert found.draft is not None
    write_import(other, found.draft)
    assert (after / "structures" / f"{SIRET}.yaml").is_file()


def test_what_is_wrong_is_a_result_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(BAD, encoding="utf-8")
    project = open_project(OpenOptions(tmp_path, language="en"))
    found = draft_spreadsheet(project, "a.csv")
    assert isinstance(found, SpreadsheetDraft)
    assert found.draft is None
    assert [one.place for one in found.faults] == ["a.csv!C2"]
    partial = draft_spreadsheet(project, "a.csv", SpreadsheetWish(partial=True))
    assert partial.left_out == (SIRET,)
    assert partial.draft is not None
    assert [one.root for one in partial.draft.sheets] == ["25160278500023"]
