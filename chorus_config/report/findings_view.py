"""Findings by file, the worst file first: what the views for reviewers have in common."""

from __future__ import annotations

from collections.abc import Iterable

from chorus_config.words.finding import Finding
from chorus_config.words.rule import LEVELS


def by_file(findings: Iterable[Finding]) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Return each file with its findings: the file with most errors first, in each file the errors first, then by place."""
    files: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.path, []).append(finding)

    def _badness(row: tuple[str, list[Finding]]) -> tuple[object, ...]:
        return (*(-sum(one.level == level for one in row[1]) for level in LEVELS), row[0])

    return tuple(
        (path, tuple(sorted(found, key=lambda one: (LEVELS.index(one.level), one.span))))
        for path, found in sorted(files.items(), key=_badness)
    )
