"""Keys that stand twice: one slip is told once, and the rest is judged as it was meant."""

from __future__ import annotations

from typing import Final

import pytest

from chorus_config.yamltext.positions import positions_in
from tests.samples import ACCOUNT, SHEET, changed, told, verdict
from tests.yamltext.reading import read

FP: Final = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n    actif: true\n'
TECH: Final = '  - code: "ST-TECH"\n    libelle: "Services techniques"\n    actif: true\n'
USERS: Final = (
    "utilisateurs:\n  - ref: dgs\n    role: GESTIONNAIRE_PRINCIPAL\n  - ref: compta\n    role: UTILISATEUR_SIMPLE\n"
    '    habilitations: ["Organisation modification"]\n    services: ["ST-TECH"]\n'
)


def slips(text: str) -> list[tuple[str, int]]:
    return [(fault.case, fault.span.line) for fault in read(text).faults if fault.span is not None]


def test_a_forgotten_dash_is_one_slip_and_two_entries() -> None:
    text = "a:\n  - c: 1a\n    l: x\n    c: 2b\n    l: y\n  - c: 3c\n"
    assert slips(text) == [("dash", 4)]
    assert read(text).data == {"a": [{"c": "1a", "l": "x"}, {"c": "2b", "l": "y"}, {"c": "3c"}]}


def test_two_forgotten_dashes_are_two_slips() -> None:
    text = "a:\n  - c: 1a\n    c: 2b\n    c: 3c\n"
    assert slips(text) == [("dash", 3), ("dash", 4)]
    assert read(text).data == {"a": [{"c": "1a"}, {"c": "2b"}, {"c": "3c"}]}


def test_one_key_of_an_entry_written_twice_is_no_forgotten_dash() -> None:
    text = "a:\n  - c: 1a\n    l: x\n    l: y\n"
    assert slips(text) == [("", 4)]
    assert read(text).data == {"a": [{"c": "1a", "l": "y"}]}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("a: {b: x}\na: {b: y, c: z}\n", {"a": {"b": "x", "c": "z"}}, id="blocks are joined"),
        pytest.param("a: [x]\na: [x, y]\n", {"a": ["x", "y"]}, id="lists are joined"),
        pytest.param("a: x\na: y\n", {"a": "y"}, id="of texts the last stays"),
        pytest.param("a: [x]\na: y\n", {"a": "y"}, id="of a list and a text the last stays"),
    ],
)
def test_two_values_of_one_key_are_one(text: str, data: object) -> None:
    assert read(text).data == data
    assert slips(text) == [("", 2)]


def test_places_are_those_of_the_tree_as_it_was_meant() -> None:
    places = positions_in(b"a:\n  - c: x\n    c: y\n")
    assert (places.values["a", 0, "c"].line, places.values["a", 1, "c"].line) == (2, 3)


def test_a_forgotten_dash_in_a_sheet_is_one_finding() -> None:
    text = f"{SHEET}services:\n{FP}{TECH.replace('  - code', '    code')}{USERS}"
    (finding,) = verdict(text)
    assert told([finding]) == [("CP004", "/services/1/code", 18, 5)]
    assert finding.help == "Begin the line with a dash in the column of the others: `- code: …`."


@pytest.mark.parametrize("kind", ["fiche-structure", "compte-utilisateur"])
def test_two_sheets_in_one_file_are_one_finding(kind: str) -> None:
    text = SHEET if kind == "fiche-structure" else ACCOUNT
    (finding,) = verdict(text + text)
    assert told([finding]) == [("CP004", "/type", text.count("\n") + 1, 1)]
    assert finding.help == "Move all from this line on into a file of its own."
    assert [other.line for other in finding.related] == [1]


def test_a_second_sheet_is_told_whatever_is_wrong_in_the_first() -> None:
    wrong = changed(SHEET, '"16000"', '"160"')
    assert [finding.rule for finding in verdict(wrong + SHEET)] == ["CP202", "CP004"]


def test_one_block_written_twice_is_one_finding() -> None:
    block = SHEET[SHEET.index("adresse_postale:") :]
    assert told(verdict(SHEET + block)) == [("CP004", "/adresse_postale", 14, 1)]
    assert told(verdict(f"{SHEET}services:\n{FP}services:\n{TECH}{USERS}")) == [("CP004", "/services", 18, 1)]


def test_many_repeated_keys_are_found_in_a_moment() -> None:
    assert len(read("x:\n" + "  a: b\n" * 5000).faults) == 100
