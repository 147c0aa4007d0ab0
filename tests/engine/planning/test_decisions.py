"""What a branch changes in the decisions of the project."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorus_config.engine.planning.decisions import changed_decisions
from chorus_config.model.plan import Decision

_ROW = {"regle": "CP102", "fiche": "1", "motif": "x", "jusqu_au": "2030-01-01"}
_ACCEPTED = {"regle": "CP904", "adresse": "1/utilisateurs/a/b", "motif": "x", "jusqu_au": "2030-01-01"}
_REST = {"motif": "x", "jusqu_au": "2030-01-01"}


@pytest.mark.parametrize(
    ("body", "what", "value"),
    [
        ({"regles": {"CP701": "info"}}, "regles/CP701", "info"),
        ({"seuils": {"structures": 9}}, "seuils/structures", 9),
        ({"derogations": [_ROW]}, "derogations/CP102/1", _REST),
        ({"acceptations": [_ACCEPTED]}, "acceptations/CP904/1/utilisateurs/a/b", _REST),
        ({"structures": ["a"]}, "structures", ["a"]),
        ({"comptes": ["a"]}, "comptes", ["a"]),
        ({"date_de_reference": "2016-10-01"}, "date_de_reference", "2016-10-01"),
    ],
)
def test_each_decision_comes_and_goes(body: dict[str, Any], what: str, value: object) -> None:
    assert changed_decisions({}, body) == (Decision(what, None, value),)
    assert changed_decisions(body, {}) == (Decision(what, value, None),)
    assert changed_decisions(body, body) == ()


@pytest.mark.parametrize("key", ["motif", "jusqu_au"])
def test_a_waiver_that_is_reworded_or_lasts_longer(key: str) -> None:
    (made,) = changed_decisions({"derogations": [_ROW]}, {"derogations": [{**_ROW, key: "2031-01-01"}]})
    assert (made.what, made.before) == ("derogations/CP102/1", _REST)
    assert made.after == {**_REST, key: "2031-01-01"}


def test_a_waiver_for_another_sheet_is_another_waiver() -> None:
    made = changed_decisions({"derogations": [_ROW]}, {"derogations": [{**_ROW, "fiche": "2"}]})
    assert [(one.what, one.before, one.after) for one in made] == [
        ("derogations/CP102/1", _REST, None), ("derogations/CP102/2", None, _REST),
    ]  # fmt: skip


def test_order_is_no_decision() -> None:
    other = {**_ROW, "fiche": "2"}
    assert changed_decisions({"derogations": [_ROW, other]}, {"derogations": [other, dict(reversed(_ROW.items()))]}) == ()


def test_a_second_entry_of_one_name_is_seen() -> None:
    longer = {**_ROW, "jusqu_au": "2040-01-01"}
    wanted = (Decision("derogations/CP102/1#2", None, {**_REST, "jusqu_au": "2040-01-01"}),)
    assert changed_decisions({"derogations": [_ROW]}, {"derogations": [longer, _ROW]}) == wanted
    assert changed_decisions({"derogations": [_ROW]}, {"derogations": [_ROW, longer]}) == wanted
    assert len(changed_decisions({}, {"derogations": [_ROW, longer]})) == 2


def test_what_decides_nothing() -> None:
    rest = {"type": "projet", "langue": "fr", "registre": "x", "portefeuille": {"nom": "x"}}
    assert changed_decisions(rest, {}) == ()


def test_they_are_sorted() -> None:
    made = changed_decisions(
        {}, {"seuils": {"suppressions": 1, "structures": 2}, "regles": {"CP9": "off", "CP1": "off"}, "comptes": []}
    )
    assert [one.what for one in made] == ["comptes", "regles/CP1", "regles/CP9", "seuils/structures", "seuils/suppressions"]


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["regle", "fiche", "adresse", "x"]), inner),
    max_leaves=5,
)
_KEYS = ("regles", "seuils", "derogations", "acceptations", "structures")


@settings(deadline=None, database=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _ANYTHING), st.dictionaries(st.sampled_from(_KEYS), _ANYTHING))
def test_no_body_is_too_odd(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert changed_decisions(one, one) == ()
    assert [(row.what, row.after, row.before) for row in changed_decisions(one, other)] == [
        (row.what, row.before, row.after) for row in changed_decisions(other, one)
    ]
