"""What was taken over from an observed source as JSON, format 1.0 (schemas/record.schema.json)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chorus_config.model.operation import Operation, Recording


def recording_document(recording: Recording, serial: int, left: int) -> dict[str, Any]:
    """Return the document of a recording; `serial` is that of the store after it, `left` the operations open then."""
    return {
        "format_version": "1.0",
        "type": "record",
        "recorded": [*recording.roots],
        "seen": [one.address for one in recording.seen],
        "reopened": [old.address for old, _new in recording.reopened],
        "taken": change_rows(recording.taken),
        "left_aside": [*recording.left_aside],
        "serial": serial,
        "open_operations": left,
        "portal_changed": False,
    }


def change_rows(taken: Iterable[Operation]) -> list[dict[str, Any]]:
    """Return what changes in what was approved, in the form of a plan's changes."""
    return [{"address": one.address, "op": one.op, "fields": [*one.fields]} for one in taken]
