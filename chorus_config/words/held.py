"""What passes between a store and those who use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chorus_config.words.operation import Operation
from chorus_config.words.snapshot import Record, Snapshot


@dataclass(frozen=True, slots=True)
class Approval:
    """What one apply writes: the plan it approves, the records it leaves, the operations it opens.

    `lineage` and `serial` are those of the state that was planned against; `at` is an RFC 3339 instant in UTC.
    """

    plan: str
    lineage: str | None
    serial: int
    at: str
    records: tuple[Record, ...]
    forgotten: tuple[str, ...]
    operations: tuple[Operation, ...]
    document: Mapping[str, Any]
    commit: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a store holds: the approved state, the secret of its digests (None while there is no store), the plans applied."""

    snapshot: Snapshot
    secret: bytes | None = None
    open_operations: int = 0
    plans: frozenset[str] = field(default_factory=frozenset)
