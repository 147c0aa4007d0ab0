"""Edits by span: what they make of a file, and what they leave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorus_config.model.finding import Edit, Span
from chorus_config.yamltext.spans import applied, overlap, span_at, text_at, written_like


def test_what_stands_outside_the_spans_stays() -> None:
    raw = b'\xef\xbb\xbfa: "\xc3\xa9" # c\r\nb: 2\r\n'
    edits = [Edit(Span(2, 4, 2, 5), '"2"'), Edit(Span(1, 4, 1, 7), '"e"')]
    assert applied(raw, edits) == b'\xef\xbb\xbfa: "e" # c\r\nb: "2"\r\n'
    assert applied(raw, []) == raw


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(1, 1, 1, 3), ""), Edit(Span(1, 2, 1, 4), "")],
        [Edit(Span(9, 1, 9, 2), "")],
        [Edit(Span(1, 1, 1, 99), "")],
    ],
)
def test_edits_that_overlap_or_lead_out_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edits overlap"):
        applied(b"abcdef\n", edits)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ValueError, match="no text"):
        applied(b"\xff", [])


def test_two_that_begin_at_one_place_overlap() -> None:
    here, behind = Edit(Span(1, 3, 1, 3), "x"), Edit(Span(1, 3, 1, 5), "y")
    assert overlap([here], [behind])
    assert overlap([here], [here])
    assert not overlap([here], [Edit(Span(1, 4, 1, 5), "z")])


@given(st.text("ab\né"), st.data())
def test_a_span_leads_back_to_its_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    made = applied(text.encode(), [Edit(span_at(text, start, end), "X")]).decode()
    assert made == f"{text[:start]}X{text[end:]}"


def test_a_text_is_found_with_all_its_characters() -> None:
    raw = b'a:\n  - {b: "x\\ty"}\n'
    assert text_at(raw, ("a", 0, "b")) == "x\ty"
    assert text_at(raw, ("a",)) is None
    assert text_at(raw, ("a", 1)) is None


@pytest.mark.parametrize(
    ("source", "value", "bare", "written"),
    [
        ('"x"', 'a "b"', False, '"a \\"b\\""'),
        ("'x'", "l'an", False, "'l''an'"),
        ("'x'", "a\nb", False, '"a\\nb"'),
        ("x", "ACTIF", True, "ACTIF"),
        ('"x"', "ACTIF", True, '"ACTIF"'),
        ("x", "16000", False, '"16000"'),
    ],
)
def test_a_text_is_written_like_the_one_before(source: str, value: str, bare: bool, written: str) -> None:
    assert written_like(source, value, bare=bare) == written
