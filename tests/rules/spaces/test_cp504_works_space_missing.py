"""CP504: a project owner without the space of works invoices, as long as the portal had spaces."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings

from tests.rules.judged import examples, misshapen, sheet, told

LAST: Final = date(2023, 2, 20)


@pytest.mark.parametrize(
    ("espaces", "flags", "flag"),
    [
        ([], {"structure_avec_moa": True}, "structure_avec_moa"),
        (["Engagements"], {"structure_avec_moa": True}, "structure_avec_moa"),
        ([], {"structure_avec_moa": True, "moa_uniquement": True}, "structure_avec_moa"),
        ([], {"moa_uniquement": True}, "moa_uniquement"),
        ([], {"structure_avec_moa": False, "moa_uniquement": True}, "moa_uniquement"),
        ([12, None], {"structure_avec_moa": True}, "structure_avec_moa"),
        (["Factures de travaux"], {"structure_avec_moa": True}, None),
        (["FACTURES DE TRAVAUX"], {"structure_avec_moa": True}, None),
        ([], {"structure_avec_moa": False}, None),
        ([], {}, None),
        ([], {"structure_avec_moa": "oui", "moa_uniquement": 1}, None),
        (None, {"structure_avec_moa": True}, None),
        ("Engagements", {"structure_avec_moa": True}, None),
        ([], ["structure_avec_moa"], None),
    ],
)
def test_a_project_owner_needs_the_space_of_works_invoices(espaces: Any, flags: Any, flag: str | None) -> None:
    found = told("CP504", sheet(espaces=espaces, parametres=flags), LAST)
    assert found == ([(f"parametres/{flag}", "")] if flag else [])


def test_without_the_list_nothing_is_known_of_what_is_open() -> None:
    assert told("CP504", sheet(parametres={"structure_avec_moa": True}), LAST) == []


@pytest.mark.parametrize(
    ("day", "due"),
    [(date.min, True), (date(2016, 10, 1), True), (LAST, True), (date(2023, 2, 21), False), (date.max, False)],
)
def test_it_speaks_until_the_portal_loses_its_spaces(day: date, due: bool) -> None:
    assert len(told("CP504", sheet(espaces=[], parametres={"structure_avec_moa": True}), day)) == due


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP504", LAST) == ([("parametres/structure_avec_moa", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP504", body, LAST)
