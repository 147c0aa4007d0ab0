"""What passes between a store and those who use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, field

from chorus_config.model.operation import Closing, Operation
from chorus_config.model.snapshot import Record, Snapshot

# Why a store was written: a plan approved, operations settled, what the portal says taken over, a structure no longer managed,
# what was adopted into sheets noted as seen.
Event = Literal["apply", "confirm", "record", "forget", "import", "reopen"]


class StoreWrite(Struct, frozen=True):
    """What one transaction writes; it counts only against the very state it was made on.

    `lineage` and `serial` are those of that state; `at` is an RFC 3339 instant in UTC. `records` and `forgotten` are about
    what is approved, `confirmed` about what is known to be on the portal, by root (None: nothing is).
    `document` is kept in the history for ever: nothing sensitive stands in it.
    """

    lineage: str | None
    serial: int
    at: str
    document: Mapping[str, Any]
    event: Event = "apply"
    plan: str = ""
    records: Sequence[Record] = ()
    forgotten: tuple[str, ...] = ()
    confirmed: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict)
    operations: Iterable[Operation] = ()
    closings: tuple[Closing, ...] = ()
    commit: str | None = None
    by: str | None = None


class StoreState(Struct, frozen=True):
    """What a store holds: the approved state, the secret of its digests (None while there is no store), the plans applied.

    `on_portal` are structures and accounts that were seen on the portal, and of which nothing is approved yet.
    """

    snapshot: Snapshot
    secret: bytes | None = None
    open_operations: int = 0
    plans: frozenset[str] = field(default_factory=frozenset)
    on_portal: frozenset[str] = field(default_factory=frozenset)


class Ledger(Struct, frozen=True):
    """The open operations in the order they were opened, and what is confirmed, by root."""

    operations: tuple[Operation, ...] = ()
    confirmed: Mapping[str, Record] = field(default_factory=dict)


class HistoryEntry(Struct, frozen=True):
    """One write of a store, as its history keeps it; `at` is an RFC 3339 instant in UTC."""

    serial: int
    event: str
    at: str
    by: str | None
    plan: str
    commit: str | None
    document: Mapping[str, Any]


class Lock(Struct, frozen=True):
    """Who holds a store for writing, or held it and died: `alive` tells. `since` is an RFC 3339 instant in UTC."""

    id: str
    who: str
    host: str
    since: str
    alive: bool = True
