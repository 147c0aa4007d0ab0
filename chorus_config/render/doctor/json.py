"""What `doctor` found as JSON, format 1.0 (schemas/doctor.schema.json)."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from chorus_config.model.doctor import STATUSES, Examination


def doctor_document(found: Examination) -> dict[str, Any]:
    """Return the document of an examination."""
    return {
        "format_version": "1.0",
        "type": "doctor",
        "online": found.online,
        "checks": [asdict(one) for one in found.checks],
        "summary": {status: found.count(status) for status in STATUSES},
    }
