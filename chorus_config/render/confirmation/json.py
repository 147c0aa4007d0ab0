"""What `confirm` did, as JSON, format 1.0 (schemas/confirm.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chorus_config.model.operation import Confirmation


def confirm_document(confirmation: Confirmation, error: Mapping[str, object] | None = None) -> dict[str, Any]:
    """Return the document of a walk; `error` (exit_code, message) says why it ended before its end."""
    document = {
        "format_version": "1.0",
        "type": "confirm",
        "targets": [*confirmation.targets],
        "entered": [
            {"id": o.operation.id, "address": o.operation.address} for o in confirmation.settled if o.state == "entered"
        ],
        "dropped": [
            {"id": o.operation.id, "address": o.operation.address, "reason": o.reason}
            for o in confirmation.settled
            if o.state == "dropped"
        ],
        "elsewhere": [{"id": one.id, "address": one.address} for one in confirmation.elsewhere],
        "open_in_scope": confirmation.left,
        "open_operations": confirmation.total,
        "portal_changed": False,
    }
    return document if error is None else {**document, "error": dict(error)}
