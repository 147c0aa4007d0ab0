"""Findings as JSON."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from chorus_config.i18n.translator import Language
from chorus_config.render.findings.json import as_json, finding_document, findings_document
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
