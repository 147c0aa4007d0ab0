"""What happened since an earlier snapshot, for machines (schemas/watch.schema.json)."""

from __future__ import annotations

from typing import Any

from chorus_config.model.observed.watch import EVENTS, EntrySince, Reading, StructureSince, Watch


def watch_document(watch: Watch) -> dict[str, Any]:
    """Return the whole comparison as its JSON document; sensitive values were masked when it was made."""
    return {
        "format_version": "1.0",
        "type": "watch",
        "since": _reading(watch.earlier),
        "now": _reading(watch.latest),
        "older_than_since": watch.older,
        "structures": [_structure(one) for one in watch.structures],
        "outside": [{"root": root, "name": name} for root, name in watch.outside.items()],
        "summary": {
            **{event: watch.count(event) for event in EVENTS},
            "for_suppliers": sum(1 for _notice in watch.for_suppliers),
            "compared": watch.compared,
            "one_sided": watch.one_sided,
        },
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {"source": reading.source, "taken_at": reading.taken_at}


def _structure(one: StructureSince) -> dict[str, Any]:
    return {
        "root": one.root,
        "name": one.name,
        "events": [*one.events],
        "siren_known": one.siren_known,
        "changes": [_entry(entry) for entry in one.entries],
        "for_suppliers": [
            {"address": str(notice.address), "notice": notice.notice, "became": notice.became or None}
            for notice in one.suppliers
        ],
    }


def _entry(entry: EntrySince) -> dict[str, Any]:
    return {
        "address": str(entry.address),
        "event": entry.event,
        "became": entry.became or None,
        "fields": [
            {"path": field.path, "before": field.before, "after": field.after, "hidden": field.hidden} for field in entry.fields
        ],
    }
