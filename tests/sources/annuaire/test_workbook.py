"""Workbooks: two lists on two sheets, numbers instead of texts, formulas."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from chorus_config.model.errors import Unavailable
from chorus_config.sources.annuaire.workbook import text_of_cell
from tests.sources.annuaire.making import PUBLIC, SIRET, Reader, service, table, town, workbook, zipped


def lines(*rows: Mapping[str, Any], **cells: Any) -> list[list[Any]]:
    """Return rows for a sheet, below their columns; `cells` are put into the last row."""
    return [list(rows[0]), *(list(row.values()) for row in rows[:-1]), list({**rows[-1], **cells}.values())]


def changed(content: bytes, sheet: str, before: bytes, after: bytes) -> bytes:
    """Return a workbook in which a piece of a sheet was changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = f"xl/worksheets/{sheet}.xml"
    assert before in members[name]
    members[name] = members[name].replace(before, after)
    return zipped(members)


def test_both_sheets_of_a_workbook_are_read(reader: Reader) -> None:
    content = workbook(Structures=lines(town()), Services=lines(PUBLIC, service()), Lisez_moi=[["Annuaire"], []])
    directory = reader.put(annuaire_xlsx=content).directory(SIRET, where="annuaire.xlsx")
    assert [(one.path, one.kind, one.rows) for one in directory.files] == [
        ("annuaire.xlsx (Structures)", "structures", 1),
        ("annuaire.xlsx (Services)", "services", 2),
    ]
    as_text = Reader(reader.folder)
    (reader.folder / "text").mkdir()
    (reader.folder / "text" / "a.csv").write_text(table(town()), encoding="utf-8")
    (reader.folder / "text" / "b.csv").write_text(table(PUBLIC, service()), encoding="utf-8")
    assert directory.snapshot.records[SIRET].body == as_text.body(where="text")


def test_numbers_and_ticks_of_a_workbook_are_what_they_were(reader: Reader) -> None:
    cells = {
        "TypeIdentifiant": 0,
        "Identifiant": 57180510014,
        "CodePostal": 1000,
        "NumTelephone": 545222040,
        "GestionService": True,
        "EstMOA": 0,
    }
    body = reader.put(annuaire_xlsx=workbook(S=lines(town(), **cells))).body("00057180510014")
    assert body["adresse_postale"]["code_postal"] == "01000"
    assert body["adresse_postale"]["telephone"] == "+33 545222040"
    assert body["parametres"]["code_service_obligatoire"] is True
    assert body["parametres"]["structure_avec_moa"] is False


def test_a_siret_that_lost_its_digits_is_told_with_its_cell(reader: Reader) -> None:
    content = workbook(Structures=lines(town(), town(), Identifiant="2,51603E+13"))
    with pytest.raises(Unavailable, match=r"annuaire\.xlsx \(Structures\) cannot be used \(Structures!B3\): 2,51603E\+13"):
        reader.put(annuaire_xlsx=content).snapshot(SIRET)


def test_a_formula_without_a_result_is_told_with_its_cell(reader: Reader) -> None:
    content = workbook(Structures=lines(town(), town(), Ville="=CONCATENATE(A1,B1)"))
    with pytest.raises(Unavailable, match=r"\(Structures!Q3\): the cell holds a formula whose result is not stored"):
        reader.put(annuaire_xlsx=content).snapshot(SIRET)


def test_a_formula_with_its_result_is_what_it_gives(reader: Reader) -> None:
    content = workbook(Structures=lines(town(), Ville="=1+1"))
    stored = changed(content, "sheet1", b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    assert reader.put(annuaire_xlsx=stored).body()["adresse_postale"]["ville"] == "2"


def test_a_text_that_begins_like_a_formula_is_told(reader: Reader) -> None:
    content = workbook(Structures=lines(town(), Ville="MARQUE"))
    text = changed(content, "sheet1", b"MARQUE", b"=MARQUE") if b"MARQUE" in _sheet(content) else None
    if text is None:
        pytest.fail("openpyxl writes texts elsewhere now")
    with pytest.raises(Unavailable, match="Structures!Q2"):
        reader.put(annuaire_xlsx=text).snapshot(SIRET)


def _sheet(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_a_workbook_inside_a_zip_is_read(reader: Reader) -> None:
    packed = zipped({"annuaire.xlsx": workbook(S=lines(town()))})
    assert reader.put(annuaire_zip=packed).body()


def test_a_workbook_is_a_zip_and_may_be_a_bomb(reader: Reader) -> None:
    content = workbook(S=lines(town()))
    bomb = changed(content, "sheet1", b"</sheetData>", b" " * 30_000_000 + b"</sheetData>")
    with pytest.raises(Unavailable, match="the ZIP would swell beyond all measure"):
        reader.put(annuaire_xlsx=bomb).snapshot()


def test_a_damaged_workbook_is_told(reader: Reader) -> None:
    with pytest.raises(Unavailable, match=r"the workbook cannot be read: open it with a spreadsheet"):
        reader.put(annuaire_xlsx=zipped({"xl/workbook.xml": "<nothing"})).snapshot()


def test_a_sheet_without_its_needed_column_is_told(reader: Reader) -> None:
    row = {name: value for name, value in service().items() if name != "Code"}
    with pytest.raises(Unavailable, match=r"\(S\) cannot be used: it is the list of services, but the column Code is missing"):
        reader.put(annuaire_xlsx=workbook(S=lines(row))).snapshot()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("x", "x"),
        (True, "true"),
        (False, "false"),
        (21160999500017, "21160999500017"),
        (21160999500017.0, "21160999500017"),
        (0.5, "0.5"),
        (datetime(2026, 9, 1), "2026-09-01"),  # noqa: DTZ001 - a cell has no zone
        (datetime(2026, 9, 1, 8, 30), "2026-09-01T08:30:00"),  # noqa: DTZ001
        (date(2026, 9, 1), "2026-09-01"),
    ],
)
def test_the_text_of_a_cell(value: object, text: str) -> None:
    assert text_of_cell(value) == text
