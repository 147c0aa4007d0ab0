"""Findings as a Code Quality report of GitLab."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from chorus_config.i18n.translator import Language
from chorus_config.model.finding import Finding, Level
from chorus_config.render.findings.gitlab import findings_gitlab
from chorus_config.render.findings.report import fingerprints, one_line
from chorus_config.render.shared.values import relative
from chorus_config.rules.catalogue import RULES
from tests.render.golden import agree
from tests.render.model import findings
from tests.render.naughty import INJECTIONS, naughty, spoken, texts

FIXED = frozenset(rule.id for rule in RULES.values() if rule.fixed)
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def read(report: str) -> list[dict[str, Any]]:
    """Read a report, and hold it to what GitLab documents: these keys, unique fingerprints, a relative path."""
    assert report.isascii()
    rows: list[dict[str, Any]] = json.loads(report)
    assert isinstance(rows, list)
    for row in rows:
        assert row.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert all(isinstance(row[key], str) and row[key] for key in ("description", "check_name", "fingerprint"))
        assert row["severity"] in SEVERITIES
        assert row["location"].keys() == {"path", "lines"}
        assert not row["location"]["path"].startswith("./")
        assert row["location"]["lines"].keys() == {"begin"}
        assert row["location"]["lines"]["begin"] >= 1
    marks = [row["fingerprint"] for row in rows]
    assert len(set(marks)) == len(marks)
    # No half of a surrogate pair: strict readers refuse the whole report for it.
    json.dumps(rows, ensure_ascii=False).encode()
    return rows


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_report_is_as_approved(language: Language) -> None:
    agree(f"findings.gitlab.{language}.json", findings_gitlab(findings(language), FIXED))


def test_no_finding_is_an_empty_array_not_an_empty_file() -> None:
    assert findings_gitlab((), FIXED) == "[]\n"


def test_every_finding_stands_in_it() -> None:
    rows = read(findings_gitlab(findings("en"), FIXED))
    assert [(r["check_name"], r["description"], r["location"]["path"], r["location"]["lines"]["begin"]) for r in rows] == [
        (one.rule, one_line(one), one.path, one.span.line) for one in findings("en")
    ]
    assert [row["fingerprint"] for row in rows] == list(fingerprints(findings("fr")))


@pytest.mark.parametrize(
    ("rule", "level", "severity"),
    [
        ("CP401", "error", "critical"),
        ("CP404", "error", "major"),
        ("CP402", "warning", "minor"),
        ("CP402", "info", "info"),
        ("CP401", "warning", "minor"),
    ],
)
def test_the_severity_follows_the_level_and_what_is_fixed(rule: str, level: Level, severity: str) -> None:
    (row,) = read(findings_gitlab([replace(findings("en")[0], rule=rule, level=level)], FIXED))
    assert row["severity"] == severity


def test_a_path_is_relative_without_a_dot() -> None:
    (row,) = read(findings_gitlab([replace(findings("en")[0], path="./structures/a.yaml")], FIXED))
    assert row["location"]["path"] == "structures/a.yaml"


def holds(text: str) -> None:
    """Hold that a text stays in its strings."""
    told_: list[Finding] = [spoken(text), spoken(text, 1)]
    rows = read(findings_gitlab(told_, FIXED))
    assert [row["description"] for row in rows] == [one_line(one) for one in told_]
    assert [row["location"]["path"] for row in rows] == [relative(text)] * 2
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u202e]", "".join(row["description"] for row in rows))


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_leaves_its_string(text: str) -> None:
    holds(text)


def test_no_naughty_string_leaves_its_string() -> None:
    for text in naughty():
        holds(text)


@settings(max_examples=200, deadline=None, database=None)
@given(text=texts())
def test_what_is_written_is_read_back(text: str) -> None:
    holds(text)
