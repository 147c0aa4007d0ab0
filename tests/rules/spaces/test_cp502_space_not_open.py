"""CP502: spaces of the users that the structure has not opened."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings

from chorus_config.model.finding import RuleContext, TrackedDay
from chorus_config.rules.spaces.cp502_space_not_open import check
from tests.rules.judged import examples, misshapen, sheet
from tests.rules.judged import told as told_on


def told(rule: str, whole: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is told on the last day of the portal that had spaces."""
    return told_on(rule, whole, LAST)


def body(espaces: Any, role: Any, *names: Any) -> dict[str, Any]:
    user = {"ref": "compta", "role": role, "espaces": [{"nom": name, "mode": "CONSULTATION"} for name in names]}
    return sheet(espaces=espaces, utilisateurs=[{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}, user])


LAST: Final = date(2023, 2, 20)
SIMPLE: Final = "UTILISATEUR_SIMPLE"
AT: Final = "utilisateurs/1/espaces/0/nom"


@pytest.mark.parametrize(
    ("opened", "name", "due"),
    [
        ([], "Factures de travaux", True),
        (["Engagements"], "Factures de travaux", True),
        (["Factures de travaux"], "Factures de travaux", False),
        (["factures de TRAVAUX"], "FACTURES DE travaux", False),
        ([], "Mon Compte", False),
        ([], "MON COMPTE", False),
        ([], "Factures émises", False),
        ([], "FACTURES REÇUES", False),
        ([], "Factures recues", True),
        (["Factures de travaux "], "Factures de travaux", True),
        (None, "Factures de travaux", False),
        ("Engagements", "Factures de travaux", False),
        ({}, "Factures de travaux", False),
        ([None, ["Engagements"], 12], "Engagements", True),
        ([], "", False),
        ([], " ", False),
        ([], None, False),
        ([], ["Engagements"], False),
    ],
)
def test_a_space_of_a_user_is_open_on_the_structure(opened: Any, name: Any, due: bool) -> None:
    assert told("CP502", body(opened, SIMPLE, name)) == [(AT, "")] * due


def test_without_the_list_nothing_is_known_of_what_is_open() -> None:
    whole = body([], SIMPLE, "Engagements")
    del whole["espaces"]
    assert told("CP502", whole) == []


@pytest.mark.parametrize(
    ("role", "due"),
    [
        (SIMPLE, True),
        ("GESTIONNAIRE_PRINCIPAL", False),
        ("GESTIONNAIRE_SECONDAIRE", False),
        ("Gestionnaire", False),  # CP601's
        (None, False),
    ],
)
def test_activites_du_gestionnaire_is_the_managers(role: Any, due: bool) -> None:
    assert told("CP502", body([], role, "Activités du gestionnaire")) == [(AT, "manager")] * due
    assert told("CP502", body(["ACTIVITÉS DU GESTIONNAIRE"], role, "Activités du Gestionnaire")) == []


def test_a_manager_needs_the_other_spaces_opened_as_everybody() -> None:
    found = told("CP502", body([], "GESTIONNAIRE_PRINCIPAL", "Mon Compte", "Engagements", "Raccordements"))
    assert found == [("utilisateurs/1/espaces/1/nom", ""), ("utilisateurs/1/espaces/2/nom", "")]


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP502", LAST) == ([("utilisateurs/1/espaces/0/nom", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP502", body)


def test_who_may_modify_the_structure_has_the_spaces_of_a_manager() -> None:
    user = {"ref": "b", "role": "UTILISATEUR_SIMPLE", "espaces": [{"nom": "Activités du Gestionnaire", "mode": "MODIFICATION"}]}
    may: dict[str, object] = {**user, "habilitations": ["Organisation modification"]}
    assert [*check({"espaces": [], "utilisateurs": [may]}, RuleContext(TrackedDay(LAST)))] == []
    assert len([*check({"espaces": [], "utilisateurs": [user]}, RuleContext(TrackedDay(LAST)))]) == 1


@pytest.mark.parametrize(
    ("day", "due"),
    [(date.min, True), (date(2016, 10, 1), True), (LAST, True), (date(2023, 2, 21), False), (date.max, False)],
)
def test_it_speaks_until_the_portal_loses_its_spaces(day: date, due: bool) -> None:
    assert len(told_on("CP502", body([], SIMPLE, "Engagements"), day)) == due


@pytest.mark.parametrize("role", ["UTILISATEUR", SIMPLE])
def test_a_simple_user_is_known_by_both_names(role: str) -> None:
    assert told("CP502", body([], role, "Activités du Gestionnaire")) == [(AT, "manager")]
