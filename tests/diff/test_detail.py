"""Which leaves differ, and what it costs to know."""

from __future__ import annotations

import subprocess
import sys

import pytest

from chorus_config.diff.detail import changed_fields, identical, same


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "a"), (True, True), (["b", "a"], ["a", "b"]), ([{"x": 1, "y": 2}], [{"y": 2, "x": 1}]), ([], []), ("é", "\u00e9")],
)
def test_the_same(one: object, other: object) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1), ("true", True), ("1", 1), ("a", "A"), ("a", "a "), ("", None), (["a"], "a"), (["a", "a"], ["a"]),
        ([], None), ([True], [1]), (["1"], [1]), ("e\u0301", "\u00e9"),
    ],
)  # fmt: skip
def test_not_the_same(one: object, other: object) -> None:
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        ({"a": True}, {"a": 1}),
        ({"a": [1]}, {"a": [True]}),
        ({"a": 1}, {"b": 1}),
        ({"a": None}, {}),
        ([1], [1, 2]),
        ({}, []),
    ],
)
def test_not_identical(one: object, other: object) -> None:
    assert not identical(one, other)
    assert not identical(other, one)


def test_identical_to_the_letter() -> None:
    assert identical({"a": [{"b": None, "c": "é"}], "d": False}, {"d": False, "a": [{"c": "é", "b": None}]})
    assert not identical({"a": ["x", "y"]}, {"a": ["y", "x"]})


def test_fields_come_in_the_order_of_the_wish() -> None:
    before = {"/a": "1", "/b": "2", "/c": ["x", "y"], "/d": True}
    after = {"/d": 1, "/c": ["y", "x"], "/e": "5", "/b": "3", "/a": "1"}
    assert changed_fields(before, after) == ["/d", "/e", "/b"]


@pytest.mark.parametrize("known", [0, 1, 2, 3, 5, 14])
def test_many_new_fields_beside_few_known_ones_are_each_named(known: int) -> None:
    after = {f"/{number}": "x" for number in range(15)}
    before = {f"/{number}": "x" for number in range(known)}
    assert changed_fields(before, after) == [f"/{number}" for number in range(known, 15)]


@pytest.mark.parametrize("key", ["/a'b", '/a"b', "/a]b", "/['a']", "/__a", "/a.b", "/~1", "/", "/root", "/é\n"])
def test_no_name_of_a_field_misleads(key: str) -> None:
    assert changed_fields({key: "1", "/x": "2"}, {key: "3", "/x": "2"}) == [key]


@pytest.mark.parametrize(
    ("before", "after"),
    [("a" * 5000, "a" * 4999 + "b"), ("un\ndeux", "un\ntrois"), ("", "x"), ("x", ""), (["x"], []), ([], ["x"]), ("x", ["x"])],
)
def test_every_kind_of_difference_is_seen(before: object, after: object) -> None:
    assert changed_fields({"/k": before, "/x": "2"}, {"/k": after, "/x": "2"}) == ["/k"]


PROBE = """
import sys
from chorus_config.diff.compare import difference
from chorus_config.diff.expand import Expanded, expand
body = {"type": "fiche-structure", "informations_generales": {"identifiant": "1", "libelle": "A"}}
assert difference(expand(body), expand(body)) == []
assert difference(Expanded(), expand(body))
print("deepdiff" in sys.modules)
other = {"type": "fiche-structure", "informations_generales": {"identifiant": "1", "libelle": "B"}}
assert difference(expand(body), expand(other))
print("deepdiff" in sys.modules)
"""


def test_deepdiff_is_imported_for_resources_known_to_differ_only() -> None:
    run = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]
