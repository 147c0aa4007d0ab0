"""Where what a source reports goes in the body of a sheet."""

from __future__ import annotations

from typing import Any

from chorus_config.diff.fields import sheet_path
from chorus_config.model.observed.source import Reported


def place_of(reported: Reported) -> tuple[str, ...]:
    """Return where a field stands in the body of a sheet, or in an entry of its list."""
    way = sheet_path(reported.group, reported.path)
    return tuple(str(step) for step in (way[2:] if reported.group else way))


def put(body: dict[str, Any], place: tuple[str, ...], value: object) -> None:
    """Set a field, unless it is there already: of several origins of one field, the first that says something counts."""
    block = body
    for step in place[:-1]:
        block = block.setdefault(step, {})
    block.setdefault(place[-1], value)
