"""What a store holds as JSON, format 1.0 (schemas/state.schema.json), sensitive values masked; and who holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import asdict

from chorus_config.diff.names import record_name
from chorus_config.diff.sensitive import masked_body
from chorus_config.model.store_state import Lock
from chorus_config.render.state.view import RecordStatus


def list_document(source: str, statuses: Iterable[RecordStatus]) -> dict[str, Any]:
    """Return the document of all structures and accounts, in short."""
    return {**_head("list"), "source": source, "structures": [_short(status) for status in statuses]}


def show_document(source: str, status: RecordStatus) -> dict[str, Any]:
    """Return the document of one structure or account, whole."""
    confirmed = status.confirmed
    whole = {
        **_short(status),
        "approved": masked_body(status.record.body),
        "on_portal": None if confirmed is None else masked_body(confirmed),
        "unconfirmed": [{"address": str(change.address), "op": change.op} for change in status.left],
        "operations": [
            {
                "id": one.id, "address": one.address, "op": one.op, "gesture": one.gesture, "state": one.state,
                "opened_at": one.opened_at,
                "closed_at": one.closed_at, "closed_by": one.closed_by, "reason": one.reason,
            }
            for one in status.operations
        ],
    }  # fmt: skip
    return {**_head("show"), "source": source, "structures": [whole]}


def forget_document(source: str, root: str, dropped: int) -> dict[str, Any]:
    """Return the document of a structure or account that is no longer managed."""
    return {**_head("forget"), "source": source, "forgotten": root, "dropped": dropped, "portal_changed": False}


def migrate_document(source: str, target: str, counts: Mapping[str, int], digest: str) -> dict[str, Any]:
    """Return the document of a store that was copied."""
    return {**_head("migrate"), "source": source, "target": target, "rows": dict(counts), "digest": digest}


def backup_document(action: str, source: str, file: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of a store that was backed up, or restored; `told` is what the backup says of itself."""
    own = ("lineage", "serial", "written_at", "rows", "digest")
    return {**_head(action), "source": source, "file": file, **{name: told[name] for name in own}}


def _head(action: str) -> dict[str, Any]:
    return {"format_version": "1.0", "type": "state", "action": action}


def _short(status: RecordStatus) -> dict[str, Any]:
    record = status.record
    return {
        "root": record.root,
        "label": record_name(record),
        "path": record.path,
        "open_operations": len(status.waiting),
        "confirmed": status.is_confirmed,
    }


def locks_document(locks: Iterable[Lock], released: str | None = None) -> dict[str, Any]:
    """Return the document of the locks there are; `released` is the one just taken away."""
    return {"format_version": "1.0", "type": "locks", "released": released, "locks": [asdict(lock) for lock in locks]}
