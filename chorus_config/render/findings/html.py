"""Findings as one page: by file, the worst file first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import Finding
from chorus_config.model.project import FileKind
from chorus_config.render.findings.report import by_file
from chorus_config.render.findings.text import summary
from chorus_config.render.plan.view import ShownFinding
from chorus_config.render.shared.html import page, tied
from chorus_config.render.shared.values import LEVEL_LABELS

if TYPE_CHECKING:
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.shared.paint import Paint


def render(report: FindingsReport, _paint: Paint) -> str:
    """Return the report in this format."""
    return findings_html(report.findings, report.files, report.say)


def findings_html(findings: Iterable[Finding], files: Mapping[FileKind, int], say: Translator) -> str:
    """Return the findings as a page, each with its places and its remedy; `files` counts what was checked by kind."""
    found = tuple(findings)
    return page(
        "findings.html.j2",
        lang=say.language,
        kind=say(_("Findings")),
        headline=tied(summary(found, files, say)),
        tone=_tone(found),
        facts=[],
        reasons=[],
        files=[(path, [ShownFinding(one, None, ()) for one in inner]) for path, inner in by_file(found)],
        labels={name: say(word) for name, word in LEVEL_LABELS.items()},
        foot=[],
    )


def _tone(found: Iterable[Finding]) -> str:
    """Return how the verdict looks: as its gravest finding does."""
    levels = {one.level for one in found}
    return "bad" if "error" in levels else "risky" if "warning" in levels else "good"
