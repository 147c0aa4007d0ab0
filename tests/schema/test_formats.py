"""The one format that our schemas use."""

from __future__ import annotations

import pytest

from chorus_config.schema.formats import is_date
from chorus_config.schema.packaged import NAMES, schema


@pytest.mark.parametrize("value", ["2016-10-31", "2016-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
def test_a_calendar_date_is_accepted(value: str) -> None:
    assert is_date(value) is True


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "2016", "2016-10", "2016-10-32", "2016-13-01", "2016-00-10", "2016-10-00", "2016-02-30", "2015-02-29",
        "1900-02-29", "0000-01-01", "10000-01-01", "-2016-10-31", "+2016-10-31", "2016-1-1", "16-10-31", "31/10/2016",
        "31-10-2016", "2016/10/31", "2016.10.31", "20161031", "2016-W43-1", "2016W431", "2016-305", "2016-10-31\n",
        "\n2016-10-31", " 2016-10-31", "2016-10-31 ", "2016-10-31T00:00:00", "2016-10-31Z", "２０１６-１０-３１", "٢٠١٦-١٠-٣١",
        "2016‐10‐31", "2016–10–31", "le 31", "today", "\x00",
    ],
)  # fmt: skip
def test_anything_else_is_refused(value: str) -> None:
    assert is_date(value) is False


@pytest.mark.parametrize("value", [None, True, 0, 20161031, 1.5, [], {}, ["2016-10-31"]], ids=repr)
def test_other_types_are_not_judged(value: object) -> None:
    assert is_date(value) is True


def test_no_other_format_is_used() -> None:
    def formats(node: object) -> set[object]:
        if isinstance(node, dict):
            own = {node["format"]} if isinstance(node.get("format"), str) else set()
            return own.union(*(formats(inner) for inner in node.values()))
        return set[object]().union(*(formats(inner) for inner in node)) if isinstance(node, list) else set()

    assert set[object]().union(*(formats(schema(name)) for name in NAMES)) == {"date"}
