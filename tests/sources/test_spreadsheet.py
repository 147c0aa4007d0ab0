"""Spreadsheets that people filled in, as tables: workbooks and texts with separators."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import NoInput, Unavailable
from chorus_config.model.table import Joined, Table, UnusableCell
from chorus_config.sources.request import SourceRequest
from chorus_config.sources.spreadsheet.read import is_public_list, read_tables

SAY = translator_for("en")
JULY, JANUARY = datetime.fromisoformat("2016-07-13"), datetime.fromisoformat("2020-01-01")


def read(folder: Path, name: str, notes: list[str] | None = None) -> tuple[Table, ...]:
    """Return the tables of a file."""
    return read_tables(name, SourceRequest(folder, SAY, note=(notes if notes is not None else []).append))


def rows(table: Table) -> list[tuple[int, tuple[Any, ...]]]:
    """Return the rows of a table: their numbers and cells."""
    return [(row.number, row.cells) for row in table.rows]


def text(folder: Path, raw: bytes, notes: list[str] | None = None) -> list[tuple[int, tuple[Any, ...]]]:
    """Return the rows of a text with separators."""
    (folder / "a.csv").write_bytes(raw)
    (table,) = read(folder, "a.csv", notes)
    assert table.name == "a.csv"
    return rows(table)


@pytest.mark.parametrize("encoded", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_is_read_in_any_encoding_and_with_any_separator(tmp_path: Path, encoded: str, separator: str) -> None:
    lines = ["Identifiant", "Libellé"], ["21160999500017", "Été"], ["1", "b"]
    raw = "\r\n".join(separator.join(line) for line in lines).encode(encoded)
    assert text(tmp_path, raw) == [(1, ("Identifiant", "Libellé")), (2, ("21160999500017", "Été")), (3, ("1", "b"))]


def test_what_is_not_utf8_is_noted(tmp_path: Path) -> None:
    notes: list[str] = []
    text(tmp_path, "a;é".encode("cp1252"), notes)
    assert "read as Windows-1252" in notes[0]


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    assert text(tmp_path, b'a;b\n\n"x\ny";\n;;\nz;1\n') == [(1, ("a", "b")), (3, ("x\ny", None)), (5, ("z", "1"))]


def test_commas_in_a_text_with_semicolons_separate_nothing(tmp_path: Path) -> None:
    assert text(tmp_path, b"a;b\n1, rue, de, la, paix;2\n3, rue;4\n")[1] == (2, ("1, rue, de, la, paix", "2"))


def test_a_text_that_is_damaged_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="quotation mark is probably not closed"):
        text(tmp_path, b'a;b\n"x;y\n')
    with pytest.raises(Unavailable, match="NUL bytes"):
        text(tmp_path, "a;b".encode("utf-16"))


def book(folder: Path, *cells: tuple[str, Any], name: str = "a.xlsx") -> Table:
    """Return the one page of a workbook with some cells."""
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Feuille"
    for place, value in cells:
        sheet[place] = value
    made.save(folder / name)
    (table,) = read(folder, name)
    return table


def test_a_workbook_has_values_and_not_their_looks(tmp_path: Path) -> None:
    table = book(tmp_path, ("A1", "a"), ("B1", True), ("A3", 21160999500017), ("B3", JULY), ("C3", 1.5),
                 ("D3", date(2020, 1, 1)), ("F3", "x"))  # fmt: skip
    assert table.name == "Feuille"
    assert rows(table) == [
        (1, ("a", True)), (3, (21160999500017, JULY, 1.5, JANUARY, None, "x")),
    ]  # fmt: skip


def test_what_is_no_value_is_told_as_such(tmp_path: Path) -> None:
    ((_one, cells),) = rows(book(tmp_path, ("A1", "=1+1"), ("B1", "#N/A"), ("C1", time(9, 30)), ("D1", "x")))
    assert [cell.__class__ for cell in cells] == [UnusableCell, UnusableCell, UnusableCell, str]
    assert "formula whose result is not stored" in cells[0].why
    assert cells[1].shown == "#N/A"


def test_a_page_that_says_it_is_huge_is_not_believed(tmp_path: Path) -> None:
    table = book(tmp_path, ("A1", "a"), ("XFD9", "far"))
    assert [(number, len(cells)) for number, cells in rows(table)] == [(1, 1)]


def test_an_escape_of_the_format_is_read(tmp_path: Path) -> None:
    assert rows(book(tmp_path, ("A1", "_x005F_x0041_ _x0042_"))) == [(1, ("_x0041_ B",))]


def test_files_that_are_no_spreadsheet_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NoInput, match="no such file"):
        read(tmp_path, "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 not at all")
    with pytest.raises(Unavailable, match="truncated or damaged"):
        read(tmp_path, "b.xlsx")
    with zipfile.ZipFile(tmp_path / "c.csv", "w") as made:
        made.writestr("a.csv", "a;b")
        made.writestr("b.csv", "a;b")
    with pytest.raises(Unavailable, match="holds several files"):
        read(tmp_path, "c.csv")
    with zipfile.ZipFile(tmp_path / "d.xlsx", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"0" * 50_000_000)
    with pytest.raises(Unavailable, match="swell beyond all measure"):
        read(tmp_path, "d.xlsx")


@pytest.mark.parametrize("name", ["a.ods", "A.XLS"])
def test_another_format_is_told_what_to_save_it_as(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unavailable, match="save it as XLSX"):
        read(tmp_path, name)


def test_a_public_list_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Identifiant;EmetteurEdi;GestionService\n1;true;false\n", encoding="utf-8")
    assert is_public_list(read(tmp_path, "a.csv")[0])
    (tmp_path / "a.csv").write_text("Identifiant;Est émetteur de flux EDI\n1;oui\n", encoding="utf-8")
    assert not is_public_list(read(tmp_path, "a.csv")[0])


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + b"..."


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("a.xlsx", b"SIRET;a\n1;2\n", "it is no XLSX workbook, whatever its name says"),
        ("a.xlsx", b"", "it is empty"),
        ("a.xlsx", OLD, "an older format .XLS., or one that is protected by a password"),
        ("a.csv", OLD, "an older format .XLS., or one that is protected by a password"),
        ("a.xlsx", b"\xef\xbb\xbf <!DOCTYPE html>", "it is a web page"),
        ("a.csv", b"<html>", "it is a web page"),
        ("A.XLSX", b"PK\x03\x04...", "the workbook is truncated or damaged"),
    ],
)
def test_what_a_file_really_is_is_told(tmp_path: Path, name: str, raw: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(Unavailable, match=why):
        read(tmp_path, name)


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(Unavailable, match="it is no XLSX workbook"):
        read(tmp_path, "a.xlsx")


def test_joined_cells_are_known_by_page(tmp_path: Path) -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("Autre")
    assert first is not None
    for sheet in (first, second):
        sheet.append(["a", "b"])
    second.append(["c", None])
    second.merge_cells("A2:AB14")
    book.save(tmp_path / "a.xlsx")
    one, other = read(tmp_path, "a.xlsx")
    assert (one.joined, other.joined) == ((), (Joined(2, 0, 14, 27),))
    assert other.joined[0].name == "A2:AB14"
