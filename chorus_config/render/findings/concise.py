"""Findings one a line, `path:line:col: LEVEL RULE message`: for problem matchers and for grep. Levels are not translated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chorus_config.model.finding import Finding
from chorus_config.render.shared.values import location
from chorus_config.yamltext.characters import printable

if TYPE_CHECKING:
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.shared.paint import Paint


def render(report: FindingsReport, _paint: Paint) -> str:
    """Return the report in this format."""
    return findings_concise(report.findings)


def findings_concise(findings: Iterable[Finding]) -> str:
    """Return one line a finding, "" for none."""
    return "".join(f"{location(one)}: {one.level} {printable(one.rule)} {printable(one.message)}\n" for one in findings)
