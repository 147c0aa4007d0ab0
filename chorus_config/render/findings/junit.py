"""Findings as JUnit XML, as Jenkins and GitLab read it: a test is one rule on one file, and errors alone make it fail.

Source: the schema junit-10.xsd of the Jenkins xUnit plugin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from chorus_config.i18n.translator import Translator
from chorus_config.model.finding import Finding
from chorus_config.model.project import FileKind
from chorus_config.render.findings.report import one_line, one_line_at
from chorus_config.render.findings.text import findings_text
from chorus_config.render.shared.paint import plain
from chorus_config.render.shared.values import relative, visible

if TYPE_CHECKING:
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.shared.paint import Paint

NAME: Final = "chorus-config"


def render(report: FindingsReport, _paint: Paint) -> str:
    """Return the report in this format."""
    return findings_junit(report.findings, report.files, report.say)


def findings_junit(findings: Iterable[Finding], files: Mapping[FileKind, int], say: Translator) -> str:
    """Return the report: a suite for each file with findings, in it a test for each rule; `files` counts what was checked.

    Without a finding, one test that passes says so.
    """
    by_file: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        by_file.setdefault(finding.path, {}).setdefault(finding.rule, []).append(finding)
    suites = [_suite(path, rules) for path, rules in by_file.items()]
    if not suites:
        suites = [_passed(findings_text((), files, say, plain).strip())]
    root = Element("testsuites", {"name": NAME, **_counts(suites)})
    root.extend(suites)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(path: str, rules: Mapping[str, list[Finding]]) -> Element:
    name = visible(relative(path))
    suite = Element("testsuite", {"name": name, "file": name})
    for rule, found in rules.items():
        test = SubElement(suite, "testcase", {"classname": name, "name": visible(rule)})
        _add_findings(test, found)
    failed = sum(test.find("failure") is not None for test in suite)
    suite.attrib.update({"tests": str(len(suite)), "failures": str(failed), "errors": "0", "skipped": "0"})
    return suite


def _add_findings(test: Element, found: list[Finding]) -> None:
    """Put the errors into a failure, the others beside it."""
    errors = [finding for finding in found if finding.level == "error"]
    if errors:
        failure = SubElement(test, "failure", {"type": "error", "message": one_line(errors[0])})
        failure.text = _lines(errors)
    others = [finding for finding in found if finding.level != "error"]
    if others:
        SubElement(test, "system-out").text = _lines(others)


def _lines(findings: Iterable[Finding]) -> str:
    """Return a line each; the level comes first, so that no file name begins a line (a log of GitHub acts on `::`)."""
    return "\n".join(f"{finding.level}: {one_line_at(finding)}" for finding in findings)


def _passed(text: str) -> Element:
    suite = Element("testsuite", {"name": NAME, "tests": "1", "failures": "0", "errors": "0", "skipped": "0"})
    SubElement(suite, "testcase", {"classname": NAME, "name": visible(text)})
    return suite


def _counts(suites: Iterable[Element]) -> dict[str, str]:
    all_ = tuple(suites)
    return {key: str(sum(int(suite.attrib[key]) for suite in all_)) for key in ("tests", "failures", "errors")}
