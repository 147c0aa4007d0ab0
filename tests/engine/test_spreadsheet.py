"""Sheets to a workbook and back: the law, through the bytes of a file, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from hypothesis import assume, given, settings

from chorus_config.diff.expand import expand
from chorus_config.diff.fields import leaves, same
from chorus_config.engine.spreadsheet.cells import CellContext, Read, read_cell
from chorus_config.engine.spreadsheet.collect import CollectSettings, collect
from chorus_config.engine.spreadsheet.columns import kind_of
from chorus_config.engine.spreadsheet.fill import pages
from chorus_config.engine.spreadsheet.help import help_lines
from chorus_config.engine.spreadsheet.proof import lost, table_of
from chorus_config.i18n.translator import translator_for
from chorus_config.model.snapshot import Record
from chorus_config.model.table import Workbook
from chorus_config.sources.request import SourceRequest
from chorus_config.sources.spreadsheet.read import read_tables
from chorus_config.workspace.workbook import workbook_bytes
from tests.diff.strategies import PUBLIC, Body, accounts, sheets
from tests.engine.making import DAY

SAY = translator_for("en")
BEFORE: Final = date(2016, 7, 13)


def record(body: Body) -> Record:
    """Return a body as a record of a project."""
    own: Any = body.get("informations_generales", {})
    return Record(own["identifiant"] if own else f"comptes/{body['ref']}", body)


def is_same(before: Body, after: Body) -> bool:
    """Tell whether two bodies say the same: the same resources, lists and leaves."""
    one, other = expand(before), expand(after)
    if one.lists != other.lists or one.resources.keys() != other.resources.keys():
        return False
    for address, resource in one.resources.items():
        mine, theirs = leaves(resource), leaves(other.resources[address])
        if mine.keys() != theirs.keys() or not all(same(mine[path], theirs[path]) for path in mine):
            return False
    return True


class _All:
    """Every reference, as of sheets that are there."""

    def __contains__(self, _ref: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


REFS = _All()


def comes_back(body: Body) -> bool:
    """Tell whether nothing hinders a body from coming back: blanks at the edge of a text are dropped, as people expect."""
    return not any(isinstance(leaf, str) and leaf != leaf.strip() for leaf in all_texts(body))


def all_texts(value: Any) -> list[Any]:
    """Return every scalar of a body."""
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in all_texts(item)]
    return [leaf for item in value for leaf in all_texts(item)] if isinstance(value, list) else [value]


@given(sheets())
@settings(max_examples=300, deadline=None, database=None)
def test_a_sheet_comes_back_as_it_was(body: Body) -> None:
    assume(comes_back(body))
    found = collect([table_of(one) for one in pages([record(body)], DAY, SAY, bank=True)], CollectSettings(DAY, refs=REFS))
    assert not found.faults
    assert is_same(body, found.bodies[record(body).root])


@given(accounts())
@settings(max_examples=100, deadline=None, database=None)
def test_an_account_comes_back_as_it_was(body: Body) -> None:
    assume(comes_back(body))
    root = record(body).root
    found = collect([table_of(one) for one in pages([record(body)], DAY, SAY)], CollectSettings(DAY, {root}))
    assert not found.faults
    assert is_same(body, found.bodies[root])


@given(sheets())
@settings(max_examples=60, deadline=None, database=None)
def test_what_does_not_come_back_is_told(body: Body) -> None:
    made = pages([record(body)], DAY, SAY, bank=True)
    found = collect([table_of(one) for one in made], CollectSettings(DAY))
    told = lost([record(body)], made, DAY, bank=True)
    assert (not told) is is_same(body, found.bodies[record(body).root])


@given(sheets())
@settings(max_examples=40, deadline=None, database=None)
def test_a_sheet_comes_back_through_the_bytes_of_a_workbook(body: Body) -> None:
    assume(comes_back(body))
    content = Workbook(pages([record(body)], DAY, SAY, bank=True), "Aide", help_lines(SAY, bank=True))
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.xlsx").write_bytes(workbook_bytes(content, SAY))
        tables = read_tables("a.xlsx", SourceRequest(Path(folder), SAY))
    found = collect(tables, CollectSettings(DAY, refs=REFS))
    assert not found.faults
    assert found.unread == ["Aide"]
    assert is_same(body, found.bodies[record(body).root])


def test_a_note_says_what_a_cell_asks_for_otherwise_than_a_sheet() -> None:
    structures, services, *_others = pages([], DAY, SAY)
    notes = {one.title: one.hint for one in (*services.columns, *structures.columns)}
    assert notes["Date de création"].endswith("\nA date is expected, such as 31/12/2026.")
    assert notes["Structure avec MOA"].endswith("\n« oui », « non », or nothing.")
    assert notes["Ville *"]
    assert "\n" not in notes["Ville *"]


def test_a_column_of_another_day_is_there_when_something_stands_in_it() -> None:
    own = {"identifiant": "21169999600016"}
    body: Body = {"type": "fiche-structure", "informations_generales": own, "espaces": ["Factures de travaux"]}
    assert "Espaces" in [one.title for one in pages([record(body)], DAY, SAY)[0].columns]
    assert "Espaces" not in [one.title for one in pages([], DAY, SAY)[0].columns]


def test_bank_details_have_no_page_unless_they_are_asked_for() -> None:
    assert "Coordonnées bancaires" not in [one.name for one in pages([], DAY, SAY)]
    assert "Coordonnées bancaires" in [one.name for one in pages([], DAY, SAY, bank=True)]


def test_the_page_of_help_says_whether_there_are_bank_details() -> None:
    assert "not in this workbook" in help_lines(SAY, bank=False)[-1]
    assert "IBANs in full" in help_lines(SAY, bank=True)[-1]


YAML: Final = re.compile(r"AAAA|guillemets|« (?:true|false) »|[A-Z]{2,}_[A-Z]|planifi|comptes/")
CODE: Final = re.compile("[A-Z]{3,}_.*|helios|ACTIF|.*,.*")


def test_a_workbook_speaks_no_yaml_and_shows_no_code_where_there_is_a_word() -> None:
    for one in (one for day in (DAY, BEFORE) for page in pages([], day, SAY, bank=True) for one in page.columns):
        assert not YAML.search(one.hint.replace(PUBLIC, "")), one.title
        assert not [word for word in one.choices if CODE.fullmatch(word)], one.title
        assert len(",".join(one.choices)) <= 250


def test_a_list_is_taken_in_the_words_of_the_workbook_and_in_codes() -> None:
    column = kind_of("").column(("informations_generales", "type_identifiant"))
    for value, word in column.choices.items():
        for text in (value, word):
            assert read_cell(text, column, CellContext(DAY)) == Read(value)
