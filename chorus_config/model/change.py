"""What a plan would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from chorus_config.model.address import Address
    from chorus_config.model.finding import Finding

Op = Literal["create", "update", "delete"]
Risk = Literal["none", "low", "high"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a resource: `path` is a JSON Pointer inside it; None stands for "not written"."""

    path: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The line of a sheet that wants a change."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Change:
    """One resource to create, update or delete, and what was found about it."""

    address: Address
    op: Op
    fields: tuple[FieldChange, ...]
    risk: Risk = "none"
    findings: tuple[Finding, ...] = ()
    source: SourceLine | None = None
    blocked: bool = False
