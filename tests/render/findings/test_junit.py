"""Findings as JUnit XML; what junit-10.xsd of the Jenkins xUnit plugin asks is written out here."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import Finding
from chorus_config.render.findings.junit import findings_junit
from chorus_config.render.findings.report import one_line, one_line_at
from chorus_config.render.shared.values import relative, visible
from tests.render.golden import agree
from tests.render.model import FILES, findings
from tests.render.naughty import INJECTIONS, naughty, spoken, texts

LANGUAGES: tuple[Language, ...] = ("en", "fr")
EN: Final = translator_for("en")
# By element: what it must have, what it may have beside, what it may hold.
SHAPES: Final[dict[str, tuple[set[str], set[str], set[str]]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url", "version"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": ({"name"}, {"time", "classname", "group"}, {"skipped", "failure", "system-out", "system-err"}),
    "failure": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}
# XML 1.0, production 2, less the line ends other than line feed, which a reader would change.
_LEGAL: Final = re.compile("[\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


def read(report: str) -> ElementTree.Element:
    """Read a report, and hold it to its schema, its counts and its encoding."""
    assert report.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    assert _LEGAL.fullmatch(report)
    root = ElementTree.fromstring(report.encode())  # noqa: S314 - our own
    assert root.tag == "testsuites"
    for node in root.iter():
        must, may, children = SHAPES[node.tag]
        assert must <= node.attrib.keys() <= must | may
        assert {child.tag for child in node} <= children
        assert children or node.text
    for node in (root, *root):
        tests = list(node.iter("testcase"))
        assert int(node.attrib["tests"]) == len(tests) > 0
        assert int(node.attrib["failures"]) == sum(test.find("failure") is not None for test in tests)
        assert node.attrib["errors"] == "0"
    names = [(test.attrib["classname"], test.attrib["name"]) for test in root.iter("testcase")]
    assert len(set(names)) == len(names)
    return root


def lines_of(root: ElementTree.Element) -> list[str]:
    """Return every line that a report tells."""
    return [line for tag in ("failure", "system-out") for node in root.iter(tag) for line in (node.text or "").split("\n")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_as_approved(language: Language) -> None:
    agree(f"findings.junit.{language}.xml", findings_junit(findings(language), FILES, translator_for(language)))


def test_every_finding_stands_in_the_test_of_its_file_and_rule() -> None:
    root = read(findings_junit(findings("en"), FILES, EN))
    tests = {(test.attrib["classname"], test.attrib["name"]): test for test in root.iter("testcase")}
    assert tests.keys() == {(visible(one.path), one.rule) for one in findings("en")}
    for one in findings("en"):
        test = tests[visible(one.path), one.rule]
        assert f"{one.level}: {one_line_at(one)}" in (
            test.findtext("failure" if one.level == "error" else "system-out") or ""
        ).split("\n")
    assert len(lines_of(root)) == len(findings("en"))
    assert [suite.attrib["name"] for suite in root] == list(dict.fromkeys(visible(one.path) for one in findings("en")))


def test_only_errors_fail_a_test() -> None:
    root = read(findings_junit([one for one in findings("en") if one.level != "error"], FILES, EN))
    assert (root.attrib["failures"], root.find(".//failure")) == ("0", None)
    assert len(lines_of(root)) == sum(one.level != "error" for one in findings("en")) > 0


def test_a_rule_told_at_two_levels_is_one_test_that_fails() -> None:
    error = replace(findings("en")[0], level="error", message="first")
    note = replace(error, level="info", message="second")
    (test,) = read(findings_junit([note, error, replace(error, message="third")], FILES, EN)).iter("testcase")
    assert [(node.tag, node.attrib.get("message"), len((node.text or "").split("\n"))) for node in test] == [
        ("failure", one_line(error), 2), ("system-out", None, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_finding_is_one_test_that_passes(language: Language) -> None:
    root = read(findings_junit((), FILES, translator_for(language)))
    (test,) = root.iter("testcase")
    assert not list(test)
    assert "8 " in test.attrib["name"]
    assert read(findings_junit((), {"fiche-structure": 2}, EN))[0][0].attrib["name"] == "2 sheets: nothing to report"


def holds(text: str) -> None:
    """Hold that a text stays in its element."""
    told_: list[Finding] = [spoken(text), spoken(text, 1)]
    root = read(findings_junit(told_, FILES, EN))
    (suite,) = root
    assert suite.attrib["name"] == visible(relative(text))
    (test,) = suite
    assert [(node.tag, node.text) for node in test] == [
        ("failure", f"error: {one_line_at(told_[0])}"), ("system-out", f"warning: {one_line_at(told_[1])}"),
    ]  # fmt: skip
    assert test[0].attrib["message"] == one_line(told_[0])
    # A log of GitHub acts on a line that begins so, and nobody knows where this text is shown.
    assert not any(line.lstrip().startswith(("::", "##[")) for line in lines_of(root))


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_leaves_its_element(text: str) -> None:
    holds(text)


def test_no_naughty_string_leaves_its_element() -> None:
    for text in naughty():
        holds(text)


@settings(max_examples=200, deadline=None, database=None)
@given(text=texts())
def test_what_is_written_is_read_back(text: str) -> None:
    holds(text)
