"""The rows of a portfolio from a list of budgets: newest year, each once, the main budget first."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace

from chorus_config.engine.drift.portfolio import budget_rows
from chorus_config.model.observed.directory import Budget

VALMONT, CCAS = "211699996", "261699998"
MAIN = Budget(f"{VALMONT}00032", "VALMONT", "M57", VALMONT, "principal", 2024)
WATER = Budget(f"{VALMONT}00016", "EAU  VALMONT ", "M49", VALMONT, "annexe", 2024)
WOOD = Budget(f"{VALMONT}00024", "BOIS", "M57", VALMONT, "", 2024)
GONE = Budget(f"{VALMONT}00040", "CINEMA", "M4", VALMONT, "annexe", 2023)
OTHER = Budget(f"{CCAS}00013", "CCAS", "M57", CCAS, "principal", 2022)


def sirets(*budgets: Budget, sirens: tuple[str, ...] = ()) -> list[str]:
    return [row["identifiant"][-5:] for row in budget_rows(budgets, sirens)]


@pytest.mark.parametrize("order", [*itertools.permutations((MAIN, WATER, WOOD))])
def test_the_main_budget_is_first_then_by_siret_in_whatever_order_they_stand(order: tuple[Budget, ...]) -> None:
    assert sirets(*order) == ["00032", "00016", "00024"]


def test_of_each_siren_the_newest_year_counts() -> None:
    assert sirets(GONE, MAIN, OTHER) == ["00032", "00013"]
    assert sirets(GONE) == ["00040"]


@pytest.mark.parametrize("order", [*itertools.permutations((MAIN, WATER, GONE))])
def test_a_budget_without_a_year_is_never_older(order: tuple[Budget, ...]) -> None:
    undated = Budget(f"{VALMONT}00057", "CAMPING", "M4", VALMONT, "annexe")
    again = replace(WATER, name="EAU (sans année)", year=0)
    assert sirets(undated, *order) == sirets(*order, undated) == ["00032", "00016", "00057"]
    assert {row["libelle"] for row in budget_rows([*order, again])} == {"VALMONT", "EAU VALMONT"}


def test_only_the_sirens_that_are_asked_for() -> None:
    assert sirets(MAIN, OTHER, sirens=(CCAS,)) == ["00013"]
    assert sirets(MAIN, OTHER, sirens=("000000000",)) == []


def test_each_budget_is_there_once_with_its_name_on_one_line() -> None:
    again = Budget(WATER.identifiant, "EAU", "M4", VALMONT, "annexe", 2024)
    assert budget_rows([WATER]) == ({"identifiant": WATER.identifiant, "libelle": "EAU VALMONT"},)
    assert budget_rows([WATER, again]) == ({"identifiant": WATER.identifiant, "libelle": "EAU"},)


def test_a_budget_without_a_name_has_no_libelle() -> None:
    assert budget_rows([Budget(MAIN.identifiant, " ", "M57", VALMONT)]) == ({"identifiant": MAIN.identifiant},)
