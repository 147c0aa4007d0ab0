"""A table as a workbook: read back by openpyxl, texts stay texts, the same table gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from chorus_config.workspace.table_workbook import Cell, table_workbook


@dataclass(frozen=True, slots=True)
class Made:
    """A small table."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


TABLE = Made(("Identifiant", "Erreurs"), (("05160278500015", 2), ("21169999600016", None)))


def read(raw: bytes) -> Any:
    """Return the one sheet of a workbook."""
    book = load_workbook(BytesIO(raw))
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def test_it_reads_back_as_it_was() -> None:
    sheet = read(table_workbook("Portefeuille", TABLE))
    assert sheet.title == "Portefeuille"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [[*TABLE.heads], *map(list, TABLE.rows)]
    # A zero at the beginning of a SIRET is not lost.
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].data_type == "n"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert sheet["A1"].font.bold


def test_a_day_is_a_day_that_a_spreadsheet_sorts_and_shows_as_its_user_does() -> None:
    cell = read(table_workbook("x", Made(("Créée le",), ((date(2026, 12, 31),),))))["A2"]
    assert (cell.value, cell.is_date, cell.number_format) == (datetime(2026, 12, 31), True, "mm-dd-yy")  # noqa: DTZ001


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://evil.example")', "+33 545222040", "-1", "@SUM(A1)"])
def test_no_text_is_calculated(text: str) -> None:
    raw = table_workbook("x", Made(("Nom",), ((text,),)))
    cell = read(raw)["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert b"<f>" not in ZipFile(BytesIO(raw)).read("xl/worksheets/sheet1.xml")


def test_what_a_reader_would_take_for_an_escape_stays_as_it_was_written() -> None:
    raw = table_workbook("x", Made(("Nom",), (("_x0041_B",),)))
    assert b"_x005F_x0041_B" in b"".join(ZipFile(BytesIO(raw)).read(name) for name in ZipFile(BytesIO(raw)).namelist())


def test_what_no_workbook_can_hold_is_replaced_and_the_rest_stays() -> None:
    cell = read(table_workbook("x", Made(("Nom",), (("a\x1b\x00b\ud800c<&>" + "z" * 40_000,),))))["A2"]
    assert cell.value.startswith("a\ufffd\ufffdb\ufffdc<&>z")
    assert len(cell.value) == 32_767


def test_the_same_table_gives_the_same_bytes_at_any_time() -> None:
    first = table_workbook("x", TABLE)
    with patch("openpyxl.writer.excel.datetime") as clock:
        clock.datetime.now.return_value = datetime(2031, 1, 1)  # noqa: DTZ001 - as openpyxl asks for it
        assert table_workbook("x", TABLE) == first
    assert {one.date_time for one in ZipFile(BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_rows_are_a_head_alone() -> None:
    assert read(table_workbook("x", Made(("Nom",), ()))).max_row == 1
