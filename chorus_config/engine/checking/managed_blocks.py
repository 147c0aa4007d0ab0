"""How much of a structure a sheet manages, by block of the portal: a sheet that says little is soon ready."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from chorus_config.diff.expand import expand
from chorus_config.diff.fields import is_on_portal, managed
from chorus_config.model.managed import ManagedBlock, ManagedFields
from chorus_config.model.project import Body
from chorus_config.schema.lookup import resolved
from chorus_config.schema.packaged import STRICT, Schema, schema


def managed_fields(body: Body, day: date) -> ManagedFields:
    """Return how much of its structure a sheet manages, on the portal of a day."""
    resources = expand(body).resources.items()
    count = sum(is_on_portal(address.group, path, day) for address, found in resources for path in managed(address, found))
    return ManagedFields(count, tuple(_blocks(body, day)))


def _blocks(body: Body, day: date) -> Iterator[ManagedBlock]:
    for key, label, fields in _portal():
        if not _is_to_write(key, body, day):
            continue
        found: Any = body.get(key)
        if fields is None:
            yield ManagedBlock(key, label, len(found) if isinstance(found, list) else None)
        else:
            written = sum(field in found for field in fields) if isinstance(found, dict) else 0
            yield ManagedBlock(key, label, written or None, len(fields))


def _is_to_write(key: str, body: Body, day: date) -> bool:
    """Tell whether a sheet may be expected to manage a block on the portal of a day."""
    if not is_on_portal("", f"/{key}", day):
        return False
    if key == "coordonnees_bancaires":
        # Hélios knows them: nothing is to be written.
        return key in body or not _is_at_helios(body)
    return True


def _is_at_helios(body: Body) -> bool:
    return body.get("comptabilite", "helios") == "helios" and body.get("depot_factures_hors_helios") is not True


@cache
def _portal() -> tuple[tuple[str, str, frozenset[str] | None], ...]:
    """Return the blocks of a sheet that are the portal's: key, label, the fields that a plan speaks of (None for a list)."""
    whole = schema(STRICT["fiche-structure"])
    found = ((key, resolved(whole, node)) for key, node in whole["properties"].items())
    return tuple(
        (key, node["title"], None if node.get("type") == "array" else _fields(whole, node))
        for key, node in found
        if node.get("x-portail") is not False and ("properties" in node or node.get("type") == "array")
    )


def _fields(whole: Schema, node: Schema) -> frozenset[str]:
    inner = ((key, resolved(whole, sub)) for key, sub in node["properties"].items())
    return frozenset(key for key, sub in inner if not sub.get("x-memo"))
