"""CP505: services of the users that the sheet lacks or has inactive."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings

from chorus_config.model.finding import RuleContext, TrackedDay
from chorus_config.rules.users.cp505_unknown_service import check
from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY

FP: Final = {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques"}


def body(services: Any, *codes: Any, private: bool = False) -> dict[str, Any]:
    users = [{"ref": "dgs"}, {"ref": "compta", "services": list(codes)}]
    return sheet(services=services, utilisateurs=users, general={"structure_privee": private})


@pytest.mark.parametrize(
    ("services", "code", "cases"),
    [
        ([FP, {"code": "A"}], "A", []),
        ([FP, {"code": "A", "actif": True}], "A", []),
        ([FP, {"code": "A", "actif": False}], "A", ["inactive"]),
        ([FP, {"code": "A", "actif": "non"}], "A", []),  # CP009's
        ([FP, {"code": "A", "actif": False}, {"code": "A"}], "A", []),  # CP403's
        ([FP, {"code": "A"}], "a", [""]),
        ([FP, {"code": "A"}], "A ", [""]),
        ([FP], "A", [""]),
        ([FP], "", [""]),
        ([], "A", [""]),
        (None, "A", []),
        ({"code": "A"}, "A", []),
        (["A"], "A", [""]),
        ([FP], None, []),
        ([FP], ["A"], []),
    ],
)
def test_a_service_of_a_user_is_an_active_one_of_the_sheet(services: Any, code: Any, cases: list[str]) -> None:
    assert told("CP505", body(services, code)) == [("utilisateurs/1/services/0", case) for case in cases]


def test_without_the_list_nothing_is_known_of_the_services() -> None:
    whole = body([], "A")
    del whole["services"]
    assert told("CP505", whole) == []


@pytest.mark.parametrize(
    ("services", "private", "cases"),
    [
        ([], False, []),
        ([{**FP, "actif": False}], False, []),
        ([], True, [""]),
        ([{**FP, "actif": False}], True, ["inactive"]),
        ([FP], True, []),
    ],
)
def test_factures_publiques_is_left_to_its_own_rule_on_a_public_sheet(services: Any, private: bool, cases: list[str]) -> None:
    found = told("CP505", body(services, "FACTURES_PUBLIQUES", private=private))
    assert found == [("utilisateurs/1/services/0", case) for case in cases]


def test_each_user_and_each_code_is_looked_at() -> None:
    users = [{"ref": "a", "services": ["A", "B"]}, "x", {"ref": "b", "services": "A"}, {"ref": "c", "services": ["C"]}]
    found = told("CP505", sheet(services=[FP, {"code": "B"}], utilisateurs=users))
    assert found == [("utilisateurs/0/services/0", ""), ("utilisateurs/3/services/0", "")]


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP505") == ([("utilisateurs/1/services/0", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP505", body, TODAY)


def test_both_places_are_told() -> None:
    body: dict[str, Any] = {
        "services": [{"code": "A", "actif": False}],
        "utilisateurs": [{"ref": "x", "services": ["A", "B"]}],
    }
    found = [*check(body, RuleContext(TrackedDay(TODAY)))]
    assert [fault.level for fault in found] == ["info", None]
    assert [fault.related for fault in found] == [
        ((("services", 0, "code"), "inactive here"),),
        ((("services",), "lacking here"),),
    ]
