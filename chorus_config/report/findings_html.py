"""Findings as one page: by file, the worst file first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chorus_config.report.findings_text import LEVEL_WORDS, summary
from chorus_config.report.findings_view import by_file
from chorus_config.report.html_page import page, tied
from chorus_config.report.plan_parts import Told
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.document import Kind
from chorus_config.words.finding import Finding


def findings_html(findings: Iterable[Finding], files: Mapping[Kind, int], say: Texts) -> str:
    """Return the findings as a page, each with its places and its remedy; `files` counts what was checked by kind."""
    found = tuple(findings)
    return page(
        "findings.html.j2",
        lang=say.language,
        kind=say(_("Findings")),
        headline=tied(summary(found, files, say)),
        good=not any(one.level == "error" for one in found),
        facts=[],
        reasons=[],
        files=[(path, [Told(one, None, ()) for one in inner]) for path, inner in by_file(found)],
        said={name: say(word) for name, word in LEVEL_WORDS.items()},
        foot=[],
    )
