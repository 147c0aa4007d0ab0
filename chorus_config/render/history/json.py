"""The history of a store as JSON, format 1.0 (schemas/history.schema.json)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from chorus_config.render.history.view import History, ShownWrite


def history_document(history: History) -> dict[str, Any]:
    """Return the document of writes, the newest last; their changes are in it when an id asked for them."""
    return {
        "format_version": "1.0",
        "type": "history",
        "source": history.source,
        "id": history.ident,
        "names": dict(history.names),
        "writes": [_write(write, whole=history.ident is not None) for write in history.writes],
    }


def _write(write: ShownWrite, *, whole: bool) -> dict[str, Any]:
    written = write.entry
    states = Counter(str(row.get("state")) for row in write.operations)
    document: dict[str, Any] = {
        "serial": written.serial,
        "event": written.event,
        "at": written.at,
        "by": written.by,
        "by_origin": written.document.get("by_origin"),
        "plan": written.plan or None,
        "commit": written.commit,
        "dirty": write.dirty,
        "summary": {"changes": write.count, "entered": states["entered"], "seen": states["seen"], "dropped": states["dropped"]},
        "accepted": [
            {key: row.get(key) for key in ("rule", "address", "reason", "until", "origin")} for row in write.accepted
        ],
        "operations": [
            {key: row.get(key) for key in ("id", "address", "op", "gesture", "state", "reason")} for row in write.operations
        ],
        "forgotten": [*write.forgotten],
        "recorded": [*write.recorded],
    }  # fmt: skip
    if whole:
        document["changes"] = [{key: row.get(key) for key in ("address", "op", "fields")} for row in write.changes]
    return document
