"""A snapshot as its JSON document (docs/snapshot.md), and what recording one took over (schemas/record.schema.json)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chorus_config.diff.sensitive import masked_body
from chorus_config.model.observed.directory_line import DirectoryLine
from chorus_config.model.operation import Operation, Recording
from chorus_config.model.snapshot import Disagreement, Snapshot


def snapshot_document(snapshot: Snapshot, *, shown: bool = False) -> dict[str, Any]:
    """Return a snapshot as its JSON document; sensitive values stand masked in what is `shown`, as they are in what is kept."""
    document: dict[str, Any] = {
        "format_version": "1.0",
        "type": "snapshot",
        "source": snapshot.source,
        "taken_at": snapshot.taken_at,
        "records": [
            {"root": root, "body": masked_body(record.body) if shown else record.body}
            for root, record in sorted(snapshot.records.items())
        ],
    }
    if snapshot.lines:
        document["lines"] = [
            {"owner": owner, "addresses": [_line_document(line) for line in lines]}
            for owner, lines in sorted(snapshot.lines.items())
        ]
    if snapshot.disagreements:
        document["disagreements"] = disagreement_rows(snapshot.disagreements)
    return document


def _line_document(line: DirectoryLine) -> dict[str, Any]:
    return {"address": line.address, "active": line.active, "platform": line.platform or None}


def disagreement_rows(found: Iterable[Disagreement]) -> list[dict[str, Any]]:
    """Return what sources say differently, one row a field; sensitive values were masked when it was found."""
    return [
        {
            "address": str(one.address), "path": one.path, "source": one.source, "kept": one.kept,
            "other_source": one.other_source, "other": one.other,
        }
        for one in found
    ]  # fmt: skip


def recording_document(recording: Recording, serial: int, left: int) -> dict[str, Any]:
    """Return the document of a recording; `serial` is that of the store after it, `left` the operations open then."""
    return {
        "format_version": "1.0",
        "type": "record",
        "recorded": [*recording.roots],
        "names": dict(recording.names),
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
