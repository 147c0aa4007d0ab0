"""What every format of findings is made from: each format is one file with a function `render` of this and the paint."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from chorus_config.i18n.translator import Translator
from chorus_config.model.finding import LEVELS, Environment, Finding
from chorus_config.model.iban import masked_text
from chorus_config.model.project import FileKind
from chorus_config.render.shared.values import location, relative, visible

if TYPE_CHECKING:
    from chorus_config.model.managed import ManagedFields
    from chorus_config.render.rules.page import RuleEntry


class FindingsReport(Struct, frozen=True):
    """What a check found: findings as seen from where it started, and as seen from the top of the repository.

    `files` counts what was checked; `sheets` are (identifiant, libellé, ready to go live), under `--ready` only, and `managed`
    says of each, by identifiant, how much it manages. `fixed` are
    the rules that nothing silences, `rules` gives the catalogue to whoever shows it; `version` is that of the program.
    `environment` is the Chorus Pro that the project speaks of.
    """

    findings: tuple[Finding, ...]
    from_top: tuple[Finding, ...]
    files: Mapping[FileKind, int]
    sheets: tuple[tuple[str, str, bool], ...]
    say: Translator
    fixed: frozenset[str]
    rules: Callable[[], tuple[RuleEntry, ...]]
    version: str
    managed: Mapping[str, ManagedFields] = field(default_factory=dict)
    environment: Environment = "production"


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
    from hashlib import sha256  # noqa: PLC0415 - two formats of nine need it, and it loads a library of its own

    seen: Counter[tuple[str, str, str]] = Counter()
    found = [""] * len(findings)
    for index in sorted(range(len(findings)), key=lambda index: findings[index].span):
        one = findings[index]
        identity = (one.rule, relative(one.path), masked_text(one.pointer))
        found[index] = sha256(json.dumps([*identity, seen[identity]]).encode()).hexdigest()
        seen[identity] += 1
    return tuple(found)


def one_line(finding: Finding) -> str:
    """Return what a finding says: the message, the other places it speaks of, the remedy."""
    others = "".join(f" ({other.path}:{other.line}:{other.column}: {other.message})" for other in finding.related)
    return visible(f"{finding.message}{others} → {finding.help}")


def one_line_at(finding: Finding) -> str:
    """Return the same behind its place, `path:line:col: …`; a file name begins it, and may begin with anything."""
    return f"{visible(location(finding))}: {one_line(finding)}"
