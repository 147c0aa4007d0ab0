"""CP111: a SIRET against the public lists: absent, closed, inactive or active, under another name; silence where they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chorus_config.model.observed.public_lists import ListedStructure, PublicLists
from chorus_config.model.project import ProjectConfig, ProjectIndex, SheetFacts
from chorus_config.rules.identity.cp111_public_lists import check

SIRET, OTHER = "21169999600016", "26169999800013"
DAY = date(2026, 11, 23)
NAME = "COMMUNE DE VALMONT"


def told(
    listed: ListedStructure | None, *, complete: bool = True, lists: dict[str, Any] | None = None, **sheet: Any
) -> list[tuple[str, dict[str, object]]]:
    """Return (case, args) of each fault of one sheet."""
    found = PublicLists(
        **{
            "path": "annuaire.csv",
            "sirens": frozenset({SIRET[:9]}),
            "structures": {SIRET: listed} if listed else {},
            "complete": complete,
            **(lists or {}),
        }
    )
    facts = (SheetFacts(**{"path": "structures/x.yaml", "kind": "fiche-structure", "owner": SIRET, **sheet}),)
    index = ProjectIndex(facts, ProjectConfig(directory="annuaire.csv"), "chorus-config.yaml", DAY, lists=found)
    faults = [*check(index)]
    assert {(one.path, one.owner, one.fault.path) for one in faults} <= {
        ("structures/x.yaml", SIRET, ("informations_generales", "identifiant"))
    }
    return [(one.fault.case, dict(one.fault.args)) for one in faults]


def listed(**said: Any) -> ListedStructure:
    return ListedStructure(**{"siret": SIRET, "listed": True, "name": NAME, "active": True, **said})


def cases(*args: Any, **named: Any) -> list[str]:
    return [case for case, _args in told(*args, **named)]


@pytest.mark.parametrize(
    ("said", "sheet", "expected"),
    [
        pytest.param(listed(), {"active": True, "legal_name": NAME}, [], id="as the sheet says"),
        pytest.param(listed(), {}, [], id="the sheet says nothing"),
        pytest.param(listed(active=False), {"active": True}, ["inactive"], id="inactive in the list"),
        pytest.param(listed(active=False), {}, ["inactive"], id="inactive in the list, not said in the sheet"),
        pytest.param(listed(active=False), {"active": False}, [], id="inactive in both: CP108"),
        pytest.param(listed(active=True), {"active": False}, ["active"], id="active in the list"),
        pytest.param(listed(active=None), {"active": False}, [], id="the list does not say"),
        pytest.param(listed(closed=True, active=False), {"active": True}, ["closed"], id="closed, thus inactive: once"),
        pytest.param(ListedStructure(SIRET, closed=True), {}, ["closed"], id="closed, and in no other list"),
        pytest.param(ListedStructure(SIRET, budget="EAU"), {}, [""], id="in the list of budgets alone"),
        pytest.param(listed(name="CCAS DE VALMONT"), {"legal_name": NAME}, ["name"], id="another name"),
        pytest.param(listed(name=""), {"legal_name": NAME}, [], id="no name in the list"),
        pytest.param(listed(name="CCAS"), {"legal_name": " "}, [], id="no name in the sheet"),
        pytest.param(listed(name="CCAS", active=False), {"legal_name": NAME}, ["inactive", "name"], id="both"),
        pytest.param(None, {}, [""], id="absent"),
    ],
)
def test_what_the_lists_say_otherwise(said: ListedStructure | None, sheet: dict[str, Any], expected: list[str]) -> None:
    assert cases(said, **sheet) == expected


@pytest.mark.parametrize("said", [None, ListedStructure(SIRET, budget="EAU")])
def test_that_it_is_absent_only_a_list_of_all_can_say(said: ListedStructure | None) -> None:
    assert cases(said, complete=False) == []
    assert cases(listed(active=False), complete=False) == ["inactive"]
    assert cases(ListedStructure(SIRET, closed=True), complete=False) == ["closed"]


def test_nothing_is_concluded_of_what_was_not_asked_or_not_read() -> None:
    assert cases(None, lists={"sirens": frozenset({OTHER[:9]})}) == []
    assert cases(None, lists={"problem": "no such file"}) == []
    assert cases(listed(active=False), lists={"problem": "no such file"}) == []


def test_a_sheet_whose_name_is_at_fault_is_not_looked_up() -> None:
    assert cases(None, named=False) == []


def test_both_names_and_the_list_are_shown() -> None:
    ((case, args),) = told(listed(name="CCAS DE VALMONT"), legal_name=NAME)
    assert (case, args) == (
        "name", {"value": SIRET, "list": "annuaire.csv", "listed": "CCAS DE VALMONT", "written": NAME}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "shown"),
    [(None, "annuaire.csv"), (date(2026, 10, 24), "annuaire.csv"), (date(2026, 10, 23), "annuaire.csv, 2026-10-23")],
)
def test_an_old_list_says_its_day(day: date | None, shown: str) -> None:
    ((_case, args),) = told(None, lists={"day": day})
    assert args["list"] == shown


def test_without_lists_it_is_silent() -> None:
    facts = (SheetFacts("structures/x.yaml", "fiche-structure", SIRET),)
    assert [*check(ProjectIndex(facts, ProjectConfig(), None, DAY))] == []
