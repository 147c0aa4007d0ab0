"""How these tests look at the portal: what is approved, confirmed and observed, and what waits to be entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chorus_config.diff.expand import root_of
from chorus_config.engine.drift.compare import compare_states
from chorus_config.model.drift import Drift, FieldDrift
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import Ledger

Body = Mapping[str, Any]
TAKEN: str = "2026-11-20T08:00:00Z"


def records(*bodies: Body | None) -> dict[str, Record]:
    """Return records of bodies by root; None is left out."""
    return {(root := str(root_of(body))): Record(root, body, "a.yaml") for body in bodies if body is not None}


def state(*bodies: Body | None) -> Snapshot:
    """Return what is approved."""
    return Snapshot(records(*bodies), "sqlite:///r", TAKEN, "l", 3)


def portal(*bodies: Body | None) -> Snapshot:
    """Return what a source says."""
    return Snapshot(records(*bodies), "releve.json", TAKEN)


def ledger(*confirmed: Body | None, still: Iterable[Operation] = ()) -> Ledger:
    """Return what is confirmed, and the open operations."""
    return Ledger(tuple(still), records(*confirmed))


def waiting(address: str, *paths: str, op: str = "update", number: int = 1, after: object = "?") -> Operation:
    """Return an open operation on fields."""
    return Operation(address, op, tuple({"path": path, "before": None, "after": after} for path in paths), number)


def compared(approved: Body | None, confirmed: Body | None, observed: Body | None, still: Iterable[Operation] = ()) -> Drift:
    """Return the drift of one structure."""
    return compare_states(state(approved), ledger(confirmed, still=still), portal(observed))


def fields(found: Drift) -> dict[tuple[str, str], FieldDrift]:
    """Return every gap by address and path."""
    return {(str(one.address), field.path): field for one in found.resources for field in one.fields}


def situations(found: Drift) -> dict[tuple[str, str], str]:
    """Return the situation of every gap by address and path."""
    return {place: field.situation for place, field in fields(found).items()}
