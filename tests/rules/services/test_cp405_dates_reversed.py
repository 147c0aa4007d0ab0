"""CP405: services that end before they begin."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from chorus_config.model.finding import RuleContext, TrackedDay
from chorus_config.rules.services.cp405_dates_reversed import check
from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY


def service(start: Any, end: Any, **more: Any) -> dict[str, Any]:
    return {"code": "ST-TECH", "libelle": "x", "date_debut": start, "date_fin": end, **more}


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        ("2050-12-31", "2050-01-01", True),
        ("2017-01-01", "2016-12-31", True),
        ("9999-12-31", "0001-01-01", True),
        ("2016-09-01", "2016-09-01", False),
        ("2016-09-01", "2050-12-31", False),
        ("2016-09-01", None, False),
        (None, "2016-09-01", False),
        ("2016-02-30", "2016-01-01", False),
        ("2017-01-01", "2016-02-30", False),
        ("2017-01-01", "20160901", False),
        ("2017-01-01", "2016-W01-1", False),
        ("2017-01-01", "01/09/2016", False),
        ("2017-01-01", "２016-09-01", False),
        ("2017-01-01", "", False),
        (2017, 2016, False),
        ([], {}, False),
    ],
)
def test_a_service_ends_when_it_begins_or_later(start: Any, end: Any, due: bool) -> None:
    assert told("CP405", sheet(services=[service(start, end)])) == [("services/0/date_fin", "")] * due


def test_both_dates_are_told() -> None:
    (fault,) = check(sheet(services=["x", service("2050-12-31", "2050-01-01")]), RuleContext(TrackedDay(TODAY)))
    assert fault.path == ("services", 1, "date_fin")
    assert fault.args == {"value": "2050-01-01", "start": "2050-12-31"}


@pytest.mark.parametrize(("private", "due"), [(None, False), (False, False), (True, True)])
def test_factures_publiques_is_left_to_its_own_rule_on_a_public_sheet(private: bool | None, due: bool) -> None:
    row = service("2050-12-31", "2050-01-01", code="FACTURES_PUBLIQUES")
    body = sheet(services=[row], general={"structure_privee": private})
    assert told("CP405", body) == [("services/0/date_fin", "")] * due


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP405") == ([("services/1/date_fin", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP405", body, TODAY)
