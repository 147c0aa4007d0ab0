"""A schema as it stood on a day."""

from __future__ import annotations

import copy
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest
from jsonschema import Draft202012Validator

from chorus_config.schema import inforce
from chorus_config.schema.inforce import schema_on
from chorus_config.schema.packaged import NAMES, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS: Final = (
    date.min,
    date(2016, 12, 31),
    date(2017, 1, 1),
    date(2017, 12, 31),
    date(2018, 1, 1),
    date(2023, 2, 20),
    date(2023, 2, 21),
    date.max,
)


def nodes(node: Any, parent: Any = None) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield every mapping with what holds it."""
    if isinstance(node, dict):
        yield node, parent
        for inner in node.values():
            yield from nodes(inner, node)
    elif isinstance(node, list):
        for inner in node:
            yield from nodes(inner, node)


def rules(whole: Any) -> set[str]:
    return {node["x-rule"] for node, _parent in nodes(whole) if isinstance(node.get("x-rule"), str)}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A schema of our own in the place of the packaged ones."""
    whole = {
        "allOf": [
            {"title": "always"},
            {"title": "from", "x-from": "2017-01-01"},
            {"title": "until", "x-until": "2017-12-31"},
            {"title": "both", "x-from": "2017-01-01", "x-until": "2017-12-31"},
            {"title": "outer", "anyOf": [{"title": "inner", "x-from": "2018-01-01"}, True]},
        ],
        "enum": ["a", 1, None, ["b"]],
        "properties": {"p": {"title": "not in a list", "x-until": "2000-01-01"}},
    }
    monkeypatch.setattr(inforce, "schema", lambda _name: whole)
    return whole


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (date(2016, 12, 31), ["always", "until", "outer"]),
        (date(2017, 1, 1), ["always", "from", "until", "both", "outer"]),
        (date(2017, 12, 31), ["always", "from", "until", "both", "outer"]),
        (date(2018, 1, 1), ["always", "from", "outer", "inner"]),
    ],
)
def test_the_first_day_and_the_last_are_in_force(made: Any, day: date, titles: list[str]) -> None:
    before = copy.deepcopy(made)
    kept = schema_on.__wrapped__("made", day)
    assert [node["title"] for node, _parent in nodes(kept["allOf"])] == titles
    assert kept["allOf"][-1]["anyOf"][-1] is True
    assert kept["enum"] == ["a", 1, None, ["b"]]
    assert kept["properties"] == made["properties"]
    assert made == before


def test_a_year_before_1000_is_compared_as_a_date() -> None:
    assert {"CP501", "CP608"} <= rules(schema_on("fiche-structure.conseils", date(999, 1, 1)))


@pytest.mark.parametrize("name", NAMES)
def test_every_dated_subschema_is_a_member_of_a_list(name: str) -> None:
    """Elsewhere it would never be taken out."""
    for node, parent in nodes(schema(name)):
        if {"x-from", "x-until"} & set(node) and "x-rule" in node:
            assert isinstance(parent, list)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_on_each_day_a_schema_is_valid(name: str, day: date) -> None:
    kept = schema_on(name, day)
    Draft202012Validator.check_schema(kept)
    assert all(node[word] for node, _parent in nodes(kept) for word in ("allOf", "anyOf") if isinstance(node.get(word), list))


@pytest.mark.parametrize(
    ("day", "gone"),
    [
        (date(2016, 10, 1), {"CP604", "CP710"}),
        (date(2017, 6, 1), {"CP604"}),
        (date(2020, 1, 1), {"CP604", "CP710"}),
        (date(2023, 2, 20), {"CP604", "CP710"}),
        (date(2023, 2, 21), {"CP501", "CP608", "CP710"}),
        (date(2026, 11, 23), {"CP501", "CP608", "CP710"}),
    ],
)
def test_the_rules_that_are_out_of_force(day: date, gone: set[str]) -> None:
    name = "fiche-structure.conseils"
    assert rules(schema(name)) - rules(schema_on(name, day)) == gone


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"fiche-structure.conseils"}))
def test_errors_hold_on_every_day(name: str) -> None:
    assert schema_on(name, date(1900, 1, 1)) == schema_on(name, date(2100, 1, 1)) == schema(name)


def test_a_day_is_made_once() -> None:
    assert schema_on("projet", date(2020, 1, 1)) is schema_on("projet", date(2020, 1, 1))
