"""CP408: active services past their end date."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings

from tests.rules.judged import examples, misshapen, sheet, told
from tests.samples import TODAY


def service(start: Any, end: Any, **more: Any) -> dict[str, Any]:
    return {"code": "ST-TECH", "libelle": "x", "date_debut": start, "date_fin": end, **more}


DAY: Final = date(2016, 10, 1)


@pytest.mark.parametrize(
    ("row", "due"),
    [
        (service(None, "2016-09-30"), True),
        (service("2016-01-01", "2016-09-30", actif=True), True),
        (service(None, "2016-10-01"), False),
        (service(None, "2050-12-31"), False),
        (service(None, "2016-09-30", actif=False), False),
        (service(None, "2016-09-30", actif="non"), False),  # CP009's
        (service("2016-12-31", "2016-09-30"), False),  # CP405's
        (service("2016-02-30", "2016-09-30"), True),
        (service(None, "2016-02-30"), False),
        (service(None, None), False),
        ({"code": "A"}, False),
        ("A", False),
    ],
)
def test_an_active_service_has_no_end_date_that_has_passed(row: Any, due: bool) -> None:
    assert told("CP408", sheet(services=[row]), DAY) == [("services/0/date_fin", "")] * due


@pytest.mark.parametrize(("private", "due"), [(None, False), (False, False), (True, True)])
def test_factures_publiques_is_left_to_its_own_rule_on_a_public_sheet(private: bool | None, due: bool) -> None:
    body = sheet(services=[service(None, "2016-01-01", code="FACTURES_PUBLIQUES")], general={"structure_privee": private})
    assert told("CP408", body, DAY) == [("services/0/date_fin", "")] * due


def test_the_examples_of_the_manual_page_say_what_they_show() -> None:
    assert examples("CP408") == ([("services/1/date_fin", "")], [])


@settings(max_examples=50)
@given(misshapen())
def test_no_shape_of_a_body_stops_it(body: dict[str, Any]) -> None:
    told("CP408", body, TODAY)
