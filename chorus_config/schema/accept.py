"""The fast verdict: jsonschema-rs compiles a schema once and judges a sheet in microseconds."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import jsonschema_rs

from chorus_config.schema.packaged import is_date, schema_on


@cache
def validator(names: tuple[str, ...], day: date) -> Any:
    """Return what judges by packaged schemas as in force on a day, compiled once a process."""
    schemas = [schema_on(name, day) for name in names]
    whole = schemas[0] if len(schemas) == 1 else {"$schema": schemas[0]["$schema"], "allOf": schemas}
    # Offline and closed: a schema that names anything outside itself is a bug of ours, not a download.
    # Masked: nobody reads its messages, and each would hold the document it refuses, whole.
    return jsonschema_rs.Draft202012Validator(whole, formats={"date": is_date}, validate_formats=True, offline=True, mask="…")


def accepts(name: str, day: date, data: object) -> bool:
    """Tell whether a document satisfies a packaged schema as in force on `day`."""
    return accepts_all((name,), day, data)


def accepts_all(names: tuple[str, ...], day: date, data: object) -> bool:
    """Tell whether a document satisfies packaged schemas as in force on `day`: together they cost less than one by one."""
    verdict: bool = validator(names, day).is_valid(data)
    return verdict
