"""A schema as it stood on a day: dated subschemas (`x-from`, `x-until`, both inclusive) out of force are taken out."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from chorus_config.schema.packaged import Schema, schema


@cache
def schema_on(name: str, day: date) -> Schema:
    """Return a packaged schema with only the subschemas in force on `day`. Callers must not change it."""
    whole = schema(name)
    kept = _kept(whole, day.isoformat())
    assert isinstance(kept, dict)  # noqa: S101 - a packaged schema is an object
    return kept


def _kept(node: Any, day: str) -> Any:
    if isinstance(node, dict):
        return {key: _kept(value, day) for key, value in node.items()}
    if isinstance(node, list):
        return [_kept(item, day) for item in node if _in_force(item, day)]
    return node


def _in_force(node: Any, day: str) -> bool:
    return not isinstance(node, dict) or node.get("x-from", "") <= day <= node.get("x-until", "9999-12-31")
