"""Drift for machines (schemas/drift.schema.json)."""

from __future__ import annotations

from typing import Any

from chorus_config.model.drift import AddressComparison, AddressDrift, Drift, FieldDrift
from chorus_config.render.observe.json import disagreement_rows


def drift_document(drift: Drift) -> dict[str, Any]:
    """Return the whole comparison as its JSON document; sensitive values were masked when it was made."""
    addresses = {} if drift.addresses is None else {"addresses": _addresses_document(drift.addresses)}
    return {
        "format_version": "1.0",
        "type": "drift",
        "source": drift.source,
        "taken_at": drift.taken_at,
        "older_than_state": drift.older,
        "store": {"address": drift.store, "serial": drift.serial},
        "resources": [
            {"address": str(one.address), "fields": [_field_document(field) for field in one.fields]} for one in drift.resources
        ],
        "names": dict(drift.names),
        "unknown": [*drift.unknown],
        "missing": [*drift.missing],
        "unmanaged": [*drift.unmanaged],
        "unapproved": [*drift.unapproved],
        "disagreements": disagreement_rows(drift.disagreements),
        **addresses,
        "not_checkable": dict(drift.uncheckable),
        "summary": {
            "to_enter": drift.count("to_enter"),
            "seen": drift.count("seen"),
            "moved": drift.count("moved"),
            "conflict": drift.count("conflict"),
            "in_sync": drift.in_sync,
            "not_reported": drift.not_reported,
        },
    }


def _addresses_document(found: AddressComparison) -> dict[str, Any]:
    return {
        "differences": [_address_document(one) for one in found.differences],
        "in_sync": found.in_sync,
        "not_known": found.not_known,
        "not_reported": [*found.silent],
    }


def _address_document(one: AddressDrift) -> dict[str, Any]:
    return {
        "owner": one.owner,
        "address": one.address,
        "level": one.level,
        "situation": one.situation,
        "approved": one.approved,
        "confirmed": one.confirmed,
        "directory": one.directory,
        "platform": one.platform or None,
        "why": one.why,
    }


def _field_document(field: FieldDrift) -> dict[str, object]:
    return {
        "path": field.path,
        "situation": field.situation,
        "approved": field.approved,
        "confirmed": field.confirmed,
        "observed": field.observed,
        "hidden": field.hidden,
        "operation_open": field.operation_open,
        "do": field.remedy,
    }
