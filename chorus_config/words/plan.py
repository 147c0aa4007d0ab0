"""A plan: what would be approved, what it was made from, what stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chorus_config.words.change import Change
    from chorus_config.words.finding import Finding


@dataclass(frozen=True, slots=True)
class Desired:
    """What the sheets want: keyed digest of their canonical content, the commit they are at, whether they differ from it."""

    digest: str
    commit: str | None = None
    dirty: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What the sheets were compared with."""

    source: str
    taken_at: str | None
    lineage: str | None
    serial: int
    digest: str


@dataclass(frozen=True, slots=True)
class Options:
    """What narrows or words a plan; `apply` makes the plan again with the same."""

    paths: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan (design/product.md, "Formats"). `managed` counts fields; sensitive values are masked."""

    desired: Desired
    before: Before
    as_of: str
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Mapping[str, object], ...] = ()
    managed: int = 0
    reasons: tuple[str, ...] = ()
    options: Options = field(default_factory=Options)
    tool: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""

    @property
    def blocked(self) -> int:
        """How many changes are blocked."""
        return sum(change.blocked for change in self.changes)

    @property
    def applyable(self) -> bool:
        """Whether nothing stands against approving the plan."""
        return not self.reasons
