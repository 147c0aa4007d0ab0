"""The project file with what an import adds to it."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.engine.importing.project_file import ProjectAdditions, new_project_file, project_file_with
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse

BUDGETS = [{"identifiant": "21160999500017", "libelle": 'Le "principal"'}, {"identifiant": "21160999500025"}]
WAIVERS = [{"regle": "CP102", "fiche": "13001100000000", "motif": "ainsi", "jusqu_au": "2027-12-31"}]


def test_a_new_file_is_whole() -> None:
    raw = new_project_file(ProjectAdditions({"langue": "fr", "annuaire": "listes/2026"}, BUDGETS, WAIVERS), ["schema"])
    assert (
        raw.decode()
        == """\
# schema
type: projet
version: 1
langue: fr
annuaire: "listes/2026"
portefeuille:
  budgets:
    - {identifiant: "21160999500017", libelle: "Le \\"principal\\""}
    - {identifiant: "21160999500025"}
derogations:
  - {regle: CP102, fiche: "13001100000000", motif: "ainsi", jusqu_au: "2027-12-31"}
"""
    )


def test_lists_that_are_there_are_extended_and_all_else_stays() -> None:
    raw = b'type: projet # ours\nversion: 1\nportefeuille:\n  nom: "N"\n  budgets:\n    - {identifiant: "1"} # one\n'
    after = project_file_with(raw, ProjectAdditions({"annuaire": "a"}, BUDGETS, WAIVERS))
    assert after.decode() == (
        'type: projet # ours\nversion: 1\nannuaire: "a"\n'
        'portefeuille:\n  nom: "N"\n  budgets:\n    - {identifiant: "1"} # one\n'
        '    - {identifiant: "21160999500017", libelle: "Le \\"principal\\""}\n    - {identifiant: "21160999500025"}\n'
        'derogations:\n  - {regle: CP102, fiche: "13001100000000", motif: "ainsi", jusqu_au: "2027-12-31"}\n'
    )


def test_a_portfolio_without_budgets_gets_them() -> None:
    after = project_file_with(b'type: projet\nversion: 1\nportefeuille:\n  nom: "N"\n', ProjectAdditions({}, BUDGETS))
    data: Any = parse(after).data
    assert data["portefeuille"] == {"nom": "N", "budgets": BUDGETS}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_without_portfolio_gets_one_behind_its_last_line(end: str) -> None:
    raw = end.join(["type: projet", "version: 1", "# last"]).encode()
    after = project_file_with(raw, ProjectAdditions({}, BUDGETS[1:]))
    assert after == raw + end.join(["", "portefeuille:", "  budgets:", '    - {identifiant: "21160999500025"}', ""]).encode()


def test_what_is_there_already_is_not_written_again() -> None:
    raw = b'type: projet\nversion: 1\nannuaire: "b"\n'
    assert project_file_with(raw, ProjectAdditions({"annuaire": "a"})) == raw


def test_a_file_written_on_one_line_is_refused() -> None:
    with pytest.raises(CannotEdit):
        project_file_with(b"{type: projet, version: 1}\n", ProjectAdditions({}, BUDGETS))


def test_budgets_that_a_portfolio_gets_stand_one_a_line() -> None:
    raw = b'type: projet\nversion: 1\nportefeuille:\n  nom: "N" # ours\nregles: {}\n'
    after = project_file_with(raw, ProjectAdditions({}, BUDGETS))
    assert after.decode() == (
        'type: projet\nversion: 1\nportefeuille:\n  nom: "N" # ours\n  budgets:\n'
        '    - {identifiant: "21160999500017", libelle: "Le \\"principal\\""}\n'
        '    - {identifiant: "21160999500025"}\nregles: {}\n'
    )
    flow = project_file_with(b'type: projet\nversion: 1\nportefeuille: {nom: "N"}\n', ProjectAdditions({}, BUDGETS[1:]))
    assert flow == b'type: projet\nversion: 1\nportefeuille: {nom: "N", budgets: [{identifiant: "21160999500025"}]}\n'
