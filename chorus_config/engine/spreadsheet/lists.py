"""Several values in one cell: `a; b`, quoted where a value holds a sign of its own; `aucun` for a list that is empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from chorus_config.engine.spreadsheet.columns import NONE, plain_title

_SPACE: Final = re.compile(r"(.*\S)\s*\(([^()]+)\)", re.DOTALL)
_OWN_SIGNS: Final = re.compile(r'[;"\n\r]')
# A value between quotation marks, which are doubled inside; or all up to the next separator.
_VALUE: Final = re.compile(r'\s*+(?:"((?:[^"]|"")*)"\s*|([^;\n\r"][^;\n\r]*)|)(?:[;\n\r]+|$)')


def joined(values: Iterable[str]) -> str:
    """Return values as one cell."""
    return "; ".join(map(_quoted, values)) or NONE


def split(text: str) -> list[str] | None:
    """Return the values of a cell, between semicolons or one a line; None where a quotation mark is not closed."""
    if plain_title(text) == NONE and '"' not in text:
        return []
    found: list[str] = []
    at = 0
    while at < len(text):
        value = _VALUE.match(text, at)
        if value is None:
            return None
        if value[1] is not None:
            found.append(value[1].replace('""', '"'))
        elif value[2] and value[2].strip():
            found.append(value[2].strip())
        at = value.end()
    return found


def spaces_text(entries: Sequence[Mapping[str, Any]], modes: Mapping[str, str]) -> str:
    """Return the spaces of a user as one cell, `Factures de travaux (Modification)`; `modes` are what modes are called."""
    return joined(f"{one.get('nom')} ({modes.get(str(one.get('mode')), one.get('mode'))})" for one in entries)


def space_of(text: str) -> tuple[str, str] | None:
    """Return the name and the mode of a space, None when no mode stands behind it."""
    found = _SPACE.fullmatch(text)
    return (found[1], found[2].strip()) if found is not None else None


def _quoted(value: str) -> str:
    if _OWN_SIGNS.search(value) or value != value.strip() or plain_title(value) in {NONE, ""}:
        return '"' + value.replace('"', '""') + '"'
    return value
