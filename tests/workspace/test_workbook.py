"""Workbooks as bytes: locked heads, lists of words, texts that nothing runs; the same content, the same bytes."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import Unavailable
from chorus_config.model.table import HeaderCell, Workbook, WorkbookPage
from chorus_config.workspace import workbook as written
from chorus_config.workspace.workbook import workbook_bytes, write_workbook

SAY = translator_for("en")
HEADS = (
    HeaderCell("SIRET *", "Quatorze chiffres", 20),
    HeaderCell("Date", form="date"),
    HeaderCell("Actif", choices=("oui", "non")),
)
ROWS = (("01234567400019", date(2026, 1, 2), "oui"), ("=1+1", None, None), ("+33 545", None, "-x"), ("@SUM(A1)", None, "#N/A"))


def made(*rows: Any) -> bytes:
    """Return a workbook with one page."""
    return workbook_bytes(Workbook((WorkbookPage("Structures", HEADS, rows or ROWS),), "Aide", ("Titre", "=2+2")), SAY)


def opened(raw: bytes) -> Any:
    """Return a workbook as a library reads it."""
    return load_workbook(io.BytesIO(raw))


def test_texts_stay_texts_and_no_zero_is_lost() -> None:
    sheet = opened(made())["Structures"]
    assert [cell.value for cell in sheet[2]] == ["01234567400019", sheet["B2"].value, "oui"]
    assert sheet["B2"].value.date() == date(2026, 1, 2)
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("@", "DD/MM/YYYY")
    assert (sheet.column_dimensions["A"].number_format, sheet.column_dimensions["B"].number_format) == ("@", "DD/MM/YYYY")


def test_no_cell_runs_as_a_formula() -> None:
    raw = made()
    book = opened(raw)
    for name in ("A3", "A4", "A5", "C4", "C5"):
        cell = book["Structures"][name]
        assert cell.data_type == "s", name
    assert all(book["Structures"][name].quotePrefix for name in ("A3", "A4", "A5", "C4"))
    assert book["Aide"]["A2"].value == "=2+2"
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(re.search(rb"<f[ >/]", sheet) for sheet in sheets)
        assert not [name for name in package.namelist() if "external" in name.lower() or name.endswith(".bin")]


def test_the_head_is_locked_and_stays_in_sight_and_the_cells_are_open() -> None:
    sheet = opened(made())["Structures"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet["A1"].protection.locked
    assert not sheet["A2"].protection.locked
    assert not sheet.column_dimensions["A"].protection.locked
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].comment.text == "Quatorze chiffres"
    assert sheet["B1"].comment is None
    assert sheet.column_dimensions["A"].width == 20


def test_lists_of_words_and_days_are_asked_for_below_the_last_row_too() -> None:
    rules = {str(rule.sqref): rule for rule in opened(made())["Structures"].data_validations.dataValidation}
    assert {where: (rule.type, rule.formula1, rule.errorStyle) for where, rule in rules.items()} == {
        "C2:C2005": ("list", '"oui,non"', "stop"),
        "B2:B2005": ("date", "367", "stop"),
    }
    assert rules["C2:C2005"].showErrorMessage
    # In the format, true hides the arrow of the list.
    assert not rules["C2:C2005"].showDropDown


def test_the_same_content_gives_the_same_bytes_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_args: __import__("time").gmtime(2_000_000_000))
    assert made() == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_what_looks_like_an_escape_of_the_format_is_escaped() -> None:
    sheet = opened(made(("_x0041_ _x41_", None, None)))["Structures"]
    assert sheet["A2"].value in {"_x005F_x0041_ _x41_", "_x0041_ _x41_"}
    assert b"_x005F_x0041_" in zipfile.ZipFile(io.BytesIO(made(("_x0041_", None, None)))).read("xl/worksheets/sheet1.xml")


def test_what_no_text_may_hold_does_not_break_the_file() -> None:
    assert opened(made(("a\x00b\x0bc", None, None)))["Structures"]["A2"].value == "abc"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, b"new", SAY, mode=0o600)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(Unavailable, match="cannot be written"):
        write_workbook(tmp_path / "nowhere" / "a.xlsx", b"new", SAY)

    def _full(*_args: Any) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(written, "prepared", _full)
    with pytest.raises(Unavailable, match="No space left"):
        write_workbook(path, b"newer", SAY)
    assert path.read_bytes() == b"new"
