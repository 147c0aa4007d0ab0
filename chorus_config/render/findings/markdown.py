"""Findings for a comment of a pull request: the verdict first, then a table for each file, the worst file first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import LEVELS, Finding
from chorus_config.model.project import FileKind
from chorus_config.render.findings.report import by_file
from chorus_config.render.findings.text import summary
from chorus_config.render.plan.markdown import NOTICE
from chorus_config.render.plan.markdown_parts import DetailLevel
from chorus_config.render.shared.markdown import code, document, prose, short, table
from chorus_config.render.shared.values import LEVEL_LABELS

if TYPE_CHECKING:
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.shared.paint import Paint

_STEPS: Final = (
    DetailLevel(None, None, 3, 3),
    DetailLevel(None, 300, 2, 2),
    DetailLevel(None, 200, 1, 1),
    DetailLevel(200, 120, 0, 0),
    DetailLevel(20, 120, 0, 0),
    DetailLevel(0, 60, 0, -1),
)
Files = tuple[tuple[str, tuple[Finding, ...]], ...]


def render(report: FindingsReport, _paint: Paint) -> str:
    """Return the report in this format."""
    return findings_markdown(report.findings, report.files, report.say)


def findings_markdown(
    findings: Iterable[Finding], files: Mapping[FileKind, int], say: Translator, *, limit: int = 60_000
) -> str:
    """Return the findings in at most `limit` characters (from 1,000 up) and twice as many bytes.

    The first line is the hidden marker by which a comment is found again, the second the count, which is never cut.
    """
    found = tuple(findings)
    head = f"<!-- chorus-config:findings -->\n**{prose(summary(found, files, say))}**"
    sorted_ = by_file(found)
    made = (document(_blocks(head, sorted_, say, step), limit) for step in _STEPS)
    return next((text for text in made if text), "") or str(document(_blocks(head, sorted_, say, _STEPS[-1]), None))


def _blocks(head: str, files: Files, say: Translator, step: DetailLevel) -> Iterator[str]:
    yield head
    if step is not _STEPS[0]:
        yield prose(say(NOTICE))
    if step.depth == 0 and files:
        yield from _level_counts(files, say, step)
    if step.depth <= 0:
        return
    for path, found in files:
        kept = [one for one in found if LEVELS.index(one.level) < step.levels]
        if kept:
            yield f"### {code(short(path, step.text))}"
            yield _file(kept, say, step)


def _level_counts(files: Files, say: Translator, step: DetailLevel) -> Iterator[str]:
    """Yield how many findings of each level the files have, the worst ones."""
    heads = [prose(say(head)) for head in (_("File"), *(LEVEL_LABELS[level] for level in LEVELS))]
    rows = []
    for path, found in files[: step.lines]:
        counted = Counter(one.level for one in found)
        rows.append([code(short(path, step.text)), *(str(counted[level]) for level in LEVELS)])
    yield table(heads, rows)
    if over := len(files) - len(rows):
        yield prose(say.count(_("… and {n} more"), _("… and {n} more"), over))


def _file(found: list[Finding], say: Translator, step: DetailLevel) -> str:
    heads = [_("Level"), _("Line"), _("Rule"), _("Finding"), *([_("What to do")] if step.depth > 1 else [])]
    return table([prose(say(head)) for head in heads], [_row(one, say, step) for one in found])


def _row(one: Finding, say: Translator, step: DetailLevel) -> list[str]:
    message = prose(short(one.message, step.text))
    if step.depth == 3:
        for other in one.related:
            where = code(f"{other.path}:{other.line}:{other.column}")
            message += f" ({where} {prose(other.message)})"
    row = [prose(say(LEVEL_LABELS[one.level])), f"{one.span.line}:{one.span.column}", prose(one.rule), message]
    return [*row, prose(short(one.help, step.text))] if step.depth > 1 else row
