"""What makes a finding the same finding from one report to the next: its rule, its file and its place in the data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from chorus_config.report.told import relative
from chorus_config.words.finding import Finding


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
