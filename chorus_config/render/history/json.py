"""The history of a store as JSON, format 1.0 (schemas/history.schema.json)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from chorus_config.render.history.view import ShownWrite


def history_document(source: str, entries: Iterable[ShownWrite], wanted: str | None) -> dict[str, Any]:
    """Return the document of writes, the newest last; their changes are in it when `wanted` asked for them."""
    return {
        "format_version": "1.0",
        "type": "history",
        "source": source,
        "id": wanted,
        "writes": [_write(entry, whole=wanted is not None) for entry in entries],
    }


def _write(entry: ShownWrite, *, whole: bool) -> dict[str, Any]:
    past = entry.past
    states = Counter(str(row.get("state")) for row in entry.operations)
    told: dict[str, Any] = {
        "serial": past.serial,
        "event": past.event,
        "at": past.at,
        "by": past.by,
        "plan": past.plan or None,
        "commit": past.commit,
        "dirty": entry.dirty,
        "summary": {"changes": entry.count, "entered": states["entered"], "seen": states["seen"], "dropped": states["dropped"]},
        "accepted": [
            {key: row.get(key) for key in ("rule", "address", "reason", "until", "origin")} for row in entry.accepted
        ],
        "operations": [
            {key: row.get(key) for key in ("id", "address", "op", "state", "reason")} for row in entry.operations
        ],
        "forgotten": [*entry.forgotten],
        "recorded": [*entry.recorded],
    }  # fmt: skip
    if whole:
        told["changes"] = [{key: row.get(key) for key in ("address", "op", "fields")} for row in entry.changes]
    return told
