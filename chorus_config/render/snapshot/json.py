"""A snapshot as its JSON document (docs/snapshot.md)."""

from __future__ import annotations

from typing import Any

from chorus_config.diff.sensitive import masked_body
from chorus_config.model.snapshot import Snapshot


def snapshot_document(snapshot: Snapshot, *, shown: bool = False) -> dict[str, Any]:
    """Return a snapshot as its JSON document; sensitive values stand masked in what is `shown`, as they are in what is kept."""
    return {
        "format_version": "1.0",
        "type": "snapshot",
        "source": snapshot.source,
        "taken_at": snapshot.taken_at,
        "records": [
            {"root": root, "body": masked_body(record.body) if shown else record.body}
            for root, record in sorted(snapshot.records.items())
        ],
    }
