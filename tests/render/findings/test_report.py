"""What makes a finding the same from one report to the next."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chorus_config.model.finding import Span
from chorus_config.render.findings.report import fingerprints
from tests.render.model import findings
from tests.render.naughty import spoken, texts

ONE = replace(findings("en")[0], path="structures/a.yaml", pointer="/services/0/code", span=Span(3, 1, 3, 5))


def test_each_finding_has_its_own() -> None:
    marks = fingerprints(findings("en"))
    assert len(set(marks)) == len(marks) == len(findings("en"))
    assert all(re.fullmatch("[0-9a-f]{64}", mark) for mark in marks)
    assert fingerprints(()) == ()


def test_neither_language_nor_lines_nor_level_change_it() -> None:
    moved = [replace(one, span=Span(one.span.line + 40, 1, one.span.end_line + 40, 2)) for one in findings("en")]
    assert fingerprints(findings("fr")) == fingerprints(findings("en")) == fingerprints(moved)
    assert fingerprints([replace(ONE, message="x", help="y", level="info", path="./structures/a.yaml")]) == fingerprints([ONE])


def test_rule_file_and_place_in_the_data_change_it() -> None:
    others = [replace(ONE, rule="CP999"), replace(ONE, path="structures/b.yaml"), replace(ONE, pointer="/services/1/code")]
    assert len({fingerprints([one]) for one in [ONE, *others]}) == 4
    assert fingerprints([replace(ONE, path="a", pointer="b/c")]) != fingerprints([replace(ONE, path="ab", pointer="/c")])


def test_those_of_one_place_are_told_apart_by_their_order_in_the_file() -> None:
    later = replace(ONE, span=Span(9, 1, 9, 5))
    assert fingerprints([ONE, later])[0] == fingerprints([ONE])[0]
    assert fingerprints([later, ONE]) == fingerprints([ONE, later])[::-1]
    assert len(set(fingerprints([ONE, ONE, ONE]))) == 3


@settings(max_examples=100, deadline=None, database=None)
@given(all_=st.lists(texts().map(spoken), max_size=6))
def test_any_report_has_one_each(all_: list[object]) -> None:
    marks = fingerprints(all_)  # type: ignore[arg-type]
    assert len(set(marks)) == len(all_)
