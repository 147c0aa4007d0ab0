"""Several values in one cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorus_config.engine.spreadsheet.lists import joined, space_of, spaces_text, split


@given(st.lists(st.text(st.sampled_from("ab;\" \n()'"), min_size=0, max_size=6), max_size=4))
@settings(max_examples=500, deadline=None, database=None)
def test_what_is_joined_is_split_again(values: list[str]) -> None:
    assert split(joined(values)) == values


def test_the_word_for_nothing_is_no_value() -> None:
    assert joined([]) == "aucun"
    assert split(" Aucun ") == []
    assert split(joined(["aucun"])) == ["aucun"]


@pytest.mark.parametrize("cell", ["a; b", "a;b;", "a\nb", " a ;\n b ", '"a"; b'])
def test_people_write_several_values_in_several_ways(cell: str) -> None:
    assert split(cell) == ["a", "b"]


@pytest.mark.parametrize("cell", ['"a; b', 'a; "b', '"a" b'])
def test_a_quotation_mark_that_is_not_closed_is_no_list(cell: str) -> None:
    assert split(cell) is None


def test_a_space_has_its_mode_behind_it() -> None:
    text = spaces_text([{"nom": "Factures (travaux)", "mode": "CONSULTATION"}], {"CONSULTATION": "Consultation"})
    assert text == "Factures (travaux) (Consultation)"
    assert space_of(text) == ("Factures (travaux)", "Consultation")
    assert space_of("Factures de travaux") is None
