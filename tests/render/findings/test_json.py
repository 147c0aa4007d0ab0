"""Findings as JSON."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator
from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from chorus_config.i18n.translator import Language
from chorus_config.render.findings.json import as_json, finding_document, findings_document, indented, indented_rows
from chorus_config.schema.packaged import schema
from tests.render.golden import agree
from tests.render.model import findings

VALIDATOR = Draft202012Validator(schema("findings"), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_document_is_as_approved() -> None:
    agree("findings.json", as_json(findings_document(findings("en"), 10)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_document_satisfies_its_schema(language: Language) -> None:
    VALIDATOR.validate(findings_document(findings(language), 10))
    VALIDATOR.validate(findings_document((), 0))
    VALIDATOR.validate(findings_document((), 0, {"exit_code": 66, "message": "x"}))


def test_every_finding_stands_in_it_whole() -> None:
    document = findings_document(findings("en"), 10)
    assert len(document["findings"]) == len(findings("en"))
    for row, finding in zip(document["findings"], findings("en"), strict=True):
        span = finding.span
        assert row == finding_document(finding)
        assert (row["rule"], row["level"], row["message"], row["help"]) == (
            finding.rule, finding.level, finding.message, finding.help,
        )  # fmt: skip
        assert (row["line"], row["column"], row["end_line"], row["end_column"]) == (
            span.line, span.column, span.end_line, span.end_column,
        )  # fmt: skip
        assert (row["path"], row["pointer"]) == (finding.path, finding.pointer)
        assert [(r["path"], r["line"], r["column"], r["message"]) for r in row["related"]] == [
            (o.path, o.line, o.column, o.message) for o in finding.related
        ]


def test_the_summary_counts_by_level() -> None:
    summary = findings_document(findings("en"), 10)["summary"]
    assert sum(summary.values()) == len(findings("en"))
    assert list(summary) == ["error", "warning", "info"]
    assert summary["error"] == sum(finding.level == "error" for finding in findings("en"))


def test_the_text_is_ascii_one_document_and_ends_with_one_line_feed() -> None:
    text = as_json(findings_document(findings("fr"), 10))
    assert text.isascii()
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert all(character == "\n" or character.isprintable() for character in text)
    assert json.loads(text) == findings_document(findings("fr"), 10)


def test_what_is_no_number_is_not_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_json({"a": float("nan")})


class Level(IntEnum):
    """A number by a name."""

    HIGH = 3


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
    | st.sampled_from(["", "\ud800", "a\nb\u2028\x00\"\\", Level.HIGH, (), OrderedDict(a=1)])
)  # fmt: skip
keys = st.text() | st.integers() | st.booleans() | st.none()
data = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner) | st.dictionaries(keys, inner)
    ),
)


@given(data)
@settings(max_examples=500, deadline=None, database=None)
def test_the_text_is_that_of_the_standard_library(value: Any) -> None:
    assert indented(value) == json.dumps(value, indent=2, allow_nan=False)


@given(st.lists(data), st.integers(0, 3))
@settings(max_examples=200, deadline=None, database=None)
def test_a_list_in_pieces_is_the_same_list(rows: list[Any], depth: int) -> None:
    nested: Any = rows
    for _level in range(depth):
        nested = [nested]
    before = "".join(f"[\n{'  ' * n}" for n in range(1, depth + 1))
    after = "".join(f"\n{'  ' * n}]" for n in reversed(range(depth)))
    assert before + "".join(indented_rows(rows, "\n" + "  " * depth)) + after == json.dumps(nested, indent=2, allow_nan=False)


def test_no_number_that_json_does_not_have() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        indented({"a": [float("nan")]})
    with pytest.raises(TypeError):
        indented({"a": {"b": object()}})


def test_few_rows_are_held_at_a_time() -> None:
    made = []

    def _rows() -> Iterator[int]:
        for number in range(10_000):
            made.append(number)
            yield number

    next(indented_rows(_rows()))
    assert len(made) < 100
