"""Findings as a Code Quality report of GitLab, which a merge request compares with that of its target branch.

Source: GitLab Docs, "Code Quality", "Code Quality report format".
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Final

from chorus_config.model.finding import Finding
from chorus_config.render.findings.report import fingerprints, one_line
from chorus_config.render.shared.values import relative, visible

if TYPE_CHECKING:
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.shared.paint import Paint

_SEVERITIES: Final = {"error": "major", "warning": "minor", "info": "info"}


def render(report: FindingsReport, _paint: Paint) -> str:
    """Return the report in this format."""
    return findings_gitlab(report.from_top, report.fixed)


def findings_gitlab(findings: Iterable[Finding], fixed: Collection[str]) -> str:
    """Return the report, a JSON array (`[]` for none) in ASCII; lines count from 1.

    `fixed` are the ids of the rules that are never silenced: their errors are critical.
    """
    all_ = tuple(findings)
    rows = [_issue(one, mark, fixed) for one, mark in zip(all_, fingerprints(all_), strict=True)]
    return json.dumps(rows, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def _issue(finding: Finding, mark: str, fixed: Collection[str]) -> dict[str, Any]:
    critical = finding.level == "error" and finding.rule in fixed
    return {
        "description": one_line(finding),
        "check_name": visible(finding.rule),
        "fingerprint": mark,
        "severity": "critical" if critical else _SEVERITIES[finding.level],
        "location": {"path": relative(finding.path), "lines": {"begin": finding.span.line}},
    }
