"""An export as its JSON document (schemas/export.schema.json)."""

from __future__ import annotations

from typing import Any

from chorus_config.model.table import Exported


def export_document(done: Exported) -> dict[str, Any]:
    """Return what was written, and what is not in it."""
    return {
        "format_version": "1.0",
        "type": "export",
        "file": done.path,
        "rows": dict(done.rows),
        "without_bank_details": done.without_bank,
        "lost": done.lost,
    }
