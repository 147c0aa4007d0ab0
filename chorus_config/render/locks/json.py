"""Who holds a store, as JSON, format 1.0 (schemas/locks.schema.json)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from chorus_config.model.store_state import Lock


def locks_document(locks: Iterable[Lock], released: str | None = None) -> dict[str, Any]:
    """Return the document of the locks there are; `released` is the one just taken away."""
    return {"format_version": "1.0", "type": "locks", "released": released, "locks": [asdict(lock) for lock in locks]}
