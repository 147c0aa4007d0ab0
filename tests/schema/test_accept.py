"""The fast verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chorus_config.schema import accept
from chorus_config.schema.accept import accepts
from chorus_config.schema.packaged import NAMES
from chorus_config.schema.refusals import Refusal, refusals
from tests.samples import ACCOUNT, PROJECT, SHEET, TODAY, body, change_example, composed

SMALLEST = {
    "fiche-structure": body(SHEET),
    "fiche-structure.conseils": body(SHEET),
    "compte-utilisateur": body(ACCOUNT, "compte-utilisateur"),
    "compte-utilisateur.conseils": body(ACCOUNT, "compte-utilisateur"),
    "projet": body(PROJECT, "projet"),
    "changement": change_example("CP901", "passes"),
}


@pytest.mark.parametrize("name", SMALLEST)
def test_the_smallest_document_is_accepted(name: str) -> None:
    assert accepts(name, TODAY, SMALLEST[name]) is True
    assert refusals(name, TODAY, SMALLEST[name]) == ()


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"fiche-structure.conseils", "compte-utilisateur.conseils"}))
@pytest.mark.parametrize("data", [None, [], "", 1, True, {}], ids=repr)
def test_what_is_no_document_is_refused(name: str, data: object) -> None:
    assert accepts(name, TODAY, data) is False
    assert refusals(name, TODAY, data) != ()


def test_a_refusal_leads_to_its_keyword_and_its_value() -> None:
    sheet = body(composed(SHEET, "comptabilite: zzz\n"))
    assert refusals("fiche-structure", TODAY, sheet) == (
        Refusal(("properties", "comptabilite", "enum"), ("comptabilite",), "zzz"),
    )


def test_a_refusal_goes_through_references() -> None:
    sheet = {**body(SHEET), "adresse_postale": {**body(SHEET)["adresse_postale"], "ville": 5}}
    assert refusals("fiche-structure", TODAY, sheet) == (
        Refusal(
            ("properties", "adresse_postale", "$ref", "properties", "ville", "$ref", "type"), ("adresse_postale", "ville"), 5
        ),
    )


def test_a_refusal_names_the_member_of_the_list_of_rules() -> None:
    sheet: dict[str, Any] = {**body(SHEET), "services": []}
    (refusal,) = refusals("fiche-structure", TODAY, sheet)
    where, path = refusal.keyword, refusal.path
    assert where[0] == "allOf"
    assert isinstance(where[1], int)
    assert where[2:] == ("then", "properties", "services", "allOf", 0, "contains")
    assert path == ("services",)


@pytest.mark.parametrize(
    ("day", "accepted"),
    [(date(2016, 12, 31), True), (date(2017, 1, 1), False), (date(2017, 12, 31), False), (date(2018, 1, 1), True)],
)
def test_the_day_counts(day: date, accepted: bool) -> None:
    sheet = body(composed(SHEET, "raccordement: {mode: EDI}\nparametres:\n  reception_donnees_edi: true\n"))
    assert accepts("fiche-structure.conseils", day, sheet) is accepted


@pytest.mark.parametrize(
    ("written", "accepted"),
    [("2016-10-31", True), ("2016-02-30", False), ("2016-W43-1", False), ("20161031", False), ("2016-10-31\n", False)],
)
def test_a_date_is_a_calendar_date(written: str, accepted: bool) -> None:
    assert accepts("projet", TODAY, {**SMALLEST["projet"], "date_de_reference": written}) is accepted


@pytest.mark.parametrize("verdict", [True, False])
def test_dates_are_judged_by_our_own_function(monkeypatch: pytest.MonkeyPatch, verdict: bool) -> None:
    asked: list[object] = []

    def judge(value: object) -> bool:
        asked.append(value)
        return verdict

    monkeypatch.setattr(accept, "is_date", judge)
    validator = accept.validator.__wrapped__(("projet",), TODAY)
    assert validator.is_valid({**SMALLEST["projet"], "date_de_reference": "2016-10-31"}) is verdict
    assert asked == ["2016-10-31"]


def test_a_schema_is_compiled_once() -> None:
    assert accept.validator(("projet",), TODAY) is accept.validator(("projet",), TODAY)
