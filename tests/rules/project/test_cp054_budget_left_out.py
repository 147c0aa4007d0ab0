"""CP054: what public lists have of the SIRENs of the portfolio and no budget names; the line to paste; lists not read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from chorus_config.model.observed.public_lists import ListedStructure, PublicLists
from chorus_config.model.project import CrossFileFault, ProjectConfig, ProjectIndex, SheetFacts
from chorus_config.rules.project.cp054_budget_left_out import check

FIRST, SECOND, THIRD, OTHER = "21169999600016", "21169999600024", "21169999600032", "26169999800013"
DAY = date(2026, 11, 23)
MAIN = ListedStructure(FIRST, listed=True, name="COMMUNE DE VALMONT", active=True)


def told(*listed: ListedStructure, facts: tuple[SheetFacts, ...] = (), **more: Any) -> list[CrossFileFault]:
    """Return the faults of a portfolio of one budget."""
    options = {"budgets": (FIRST,), "problem": "", "ready": False, **more}
    lists = PublicLists(
        "annuaire",
        frozenset({FIRST[:9]}),
        {one.siret: one for one in (MAIN, *listed)},
        complete=True,
        problem=options["problem"],
    )
    project = ProjectConfig(directory="annuaire", budgets=options["budgets"])
    index = ProjectIndex(facts, project, "chorus-config.yaml", DAY, ready=options["ready"], lists=lists)
    return [*check(index)]


@pytest.mark.parametrize(
    ("one", "case", "level", "label"),
    [
        (ListedStructure(SECOND, budget="EAU VALMONT"), "", None, "EAU VALMONT"),
        (ListedStructure(SECOND, listed=True, name="VALMONT EAU", active=True), "", None, "VALMONT EAU"),
        (ListedStructure(SECOND, listed=True, name="X", active=False, budget="EAU"), "", None, "EAU"),
        (ListedStructure(SECOND, listed=True, name="X", active=None), "", None, "X"),
        (ListedStructure(SECOND, listed=True, name="X", active=False), "inactive", "info", "X"),
    ],
)
def test_a_budget_that_is_left_out(one: ListedStructure, case: str, level: str | None, label: str) -> None:
    (found,) = told(one)
    assert (found.path, found.owner, found.fault.path) == ("chorus-config.yaml", SECOND, ("portefeuille", "budgets"))
    assert (found.fault.case, found.fault.level) == (case, level)
    assert found.fault.args["name"] == label
    assert yaml.safe_load(str(found.fault.args["row"])) == [{"identifiant": SECOND, "libelle": label}]


@pytest.mark.parametrize("name", ['LE "GRAND" LARGE', "L'ÎLE: {eau} # 2", "a\\b"])
def test_the_line_to_paste_is_yaml_whatever_the_name(name: str) -> None:
    (found,) = told(ListedStructure(SECOND, budget=name))
    assert yaml.safe_load(str(found.fault.args["row"])) == [{"identifiant": SECOND, "libelle": name}]


def test_without_a_name_the_line_has_none() -> None:
    (found,) = told(ListedStructure(SECOND, listed=True, active=True))
    assert found.fault.args["row"] == f'- {{identifiant: "{SECOND}"}}'
    assert found.fault.args["name"] == SECOND


@pytest.mark.parametrize(
    "one",
    [
        ListedStructure(SECOND, listed=True, name="X", active=True, closed=True),
        ListedStructure(SECOND),
        ListedStructure(OTHER, listed=True, name="CCAS", active=True),
    ],
)
def test_what_is_closed_in_no_list_or_of_another_siren_is_none(one: ListedStructure) -> None:
    assert told(one) == []


def test_what_has_a_sheet_is_told_there() -> None:
    sheet = SheetFacts(f"structures/{SECOND}.yaml", "fiche-structure", SECOND)
    assert [
        one.owner for one in told(ListedStructure(SECOND, budget="EAU"), ListedStructure(THIRD, budget="BOIS"), facts=(sheet,))
    ] == [THIRD]


def test_without_a_portfolio_nothing_is_left_out() -> None:
    assert told(ListedStructure(SECOND, budget="EAU"), budgets=()) == []


def test_lists_that_were_not_read_are_told_when_sheets_go_live() -> None:
    assert told(ListedStructure(SECOND, budget="EAU"), problem="no such file") == []
    (found,) = told(ListedStructure(SECOND, budget="EAU"), problem="no such file", ready=True)
    assert (found.path, found.owner, found.fault.path, found.fault.case) == ("chorus-config.yaml", "", ("annuaire",), "unread")
    assert found.fault.args == {"list": "annuaire", "reason": "no such file"}


def test_without_lists_or_project_file_it_is_silent() -> None:
    project = ProjectConfig(budgets=(FIRST,))
    assert [*check(ProjectIndex((), project, "chorus-config.yaml", DAY))] == []
    lists = PublicLists("annuaire", frozenset({FIRST[:9]}), {SECOND: ListedStructure(SECOND, budget="EAU")})
    assert [*check(ProjectIndex((), project, None, DAY, lists=lists))] == []
