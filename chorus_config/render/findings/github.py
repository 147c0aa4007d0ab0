"""Findings as workflow commands of GitHub Actions: annotations on the lines of a pull request.

Sources: GitHub Docs, "Workflow commands for GitHub Actions" (form and escapes); actions/toolkit#734 (ten of each level a step).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import LEVELS, Finding, Level, Span
from chorus_config.render.findings.report import one_line_at
from chorus_config.render.shared.values import relative, visible

if TYPE_CHECKING:
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.shared.paint import Paint

_COMMANDS: Final[Mapping[Level, str]] = {"error": "error", "warning": "warning", "info": "notice"}
# GitHub shows ten of each and drops the others without a word; one notice is kept to say how many more there are.
MOST: Final[Mapping[Level, int]] = {"error": 10, "warning": 10, "info": 9}
_MORE: Final = (
    _("{n} more finding is not annotated: `chorus-config validate` tells them all"),
    _("{n} more findings are not annotated: `chorus-config validate` tells them all"),
)


def render(report: FindingsReport, _paint: Paint) -> str:
    """Return the report in this format."""
    return findings_github(report.from_top, report.say)


def findings_github(findings: Iterable[Finding], say: Translator) -> str:
    """Return one command a line, worst first, "" for none; lines and columns count from 1, ends are inclusive.

    A last notice counts what is left out.
    """
    all_ = tuple(findings)
    kept = [finding for level in LEVELS for finding in _worst(all_, level)]
    lines = [_command(_COMMANDS[one.level], _properties(one), one_line_at(one) + _fix(one, say)) for one in kept]
    left = len(all_) - len(kept)
    if left:
        lines.append(_command("notice", {}, say.count(*_MORE, left)))
    return "".join(f"{line}\n" for line in lines)


def _worst(findings: tuple[Finding, ...], level: Level) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.level == level)[: MOST[level]]


def _fix(finding: Finding, say: Translator) -> str:
    """Return what is said of the fix of a finding, "" without one."""
    if finding.fix is None:
        return ""
    message = _(" (`chorus-config fix` does it)") if finding.fix.safe else _(" (`chorus-config fix --unsafe` proposes it)")
    return say(message)


def _properties(finding: Finding) -> dict[str, object]:
    return {"file": visible(relative(finding.path)), **_region(finding.span), "title": visible(finding.rule)}


def _region(span: Span) -> dict[str, object]:
    """Return the place with inclusive ends; GitHub takes columns only where a place is on one line."""
    before = span.end_column == 1 and span.end_line > span.line
    last = span.end_line - 1 if before else span.end_line
    if last != span.line:
        return {"line": span.line, "endLine": last}
    end = {} if before else {"endColumn": max(span.column, span.end_column - 1)}
    return {"line": span.line, "endLine": last, "col": span.column, **end}


def _command(name: str, properties: Mapping[str, object], text: str) -> str:
    pairs = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name}{' ' if pairs else ''}{pairs}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
