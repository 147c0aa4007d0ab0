"""Findings by file, the worst file first: what the views for reviewers have in common."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

from chorus_config.model.finding import Finding
from chorus_config.model.rule import LEVELS
from chorus_config.render.shared.one_line import relative


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


def fingerprints(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return a fingerprint (64 hexadecimal digits) for each finding, in their order, each of them once.

    Neither lines nor words enter, so that it outlives an edit elsewhere in the file and a change of language.
    Findings of one rule at one place in the data are told apart by their order in the file.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = [""] * len(findings)
    for index in sorted(range(len(findings)), key=lambda index: findings[index].span):
        one = findings[index]
        identity = (one.rule, relative(one.path), one.pointer)
        found[index] = sha256(json.dumps([*identity, seen[identity]]).encode()).hexdigest()
        seen[identity] += 1
    return tuple(found)
