"""Spans."""

from __future__ import annotations

from chorus_config.model.finding import START, Span


def test_spans_stand_in_the_order_of_the_text() -> None:
    ordered = [START, Span(1, 2, 1, 3), Span(1, 2, 4, 1), Span(2, 1, 2, 2), Span(10, 1, 10, 2)]
    assert sorted([ordered[4], *ordered[:4]]) == ordered


def test_the_start_is_line_and_column_one() -> None:
    assert (START.line, START.column) == (1, 1)
