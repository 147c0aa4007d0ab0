"""Findings of the sheets that tables would make, at the cells that they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from chorus_config.diff.fields import steps
from chorus_config.engine.spreadsheet.collect import Collected, RowPlace
from chorus_config.i18n.translator import _
from chorus_config.model.address import KINDS, Address, parse_address
from chorus_config.model.finding import Finding
from chorus_config.model.project import Body
from chorus_config.model.table import TableFault

# A key of the sheet as sentences write it.
_KEY: Final = re.compile("`([a-z][a-z0-9_.]*)`")


def cell_faults(root: str, body: Body, findings: Iterable[Finding], collected: Collected) -> Iterator[TableFault]:
    """Yield the errors of a sheet (or account) at the cells that hold what is wrong.

    What stands in no cell is left out: it is to be filled in, or was in the sheet before.
    """
    for one in findings:
        if one.level != "error":
            continue
        address, path = _owner_of(root, body, steps(one.pointer))
        place = collected.places.get(address)
        at = _column(place, path) if place is not None else None
        if place is not None and at is not None:
            places = {"rule": one.rule, "said": _in_labels(one.message, place), "help": _in_labels(one.help, place)}
            yield TableFault(place.table, place.row, at[0], _("{said}. {help} ({rule})"), places, at[1], root)


def _in_labels(text: str, place: RowPlace) -> str:
    """Return a sentence with the title of a column in the place of each key of the sheet that has one: `date_fin`."""
    titles = {path[-1]: title for path, (_index, title) in place.columns.items()}

    def _title(found: re.Match[str]) -> str:
        key = found[1].rpartition(".")[2]
        return f"«\u00a0{titles[key]}\u00a0»" if key in titles else found[0]

    return _KEY.sub(_title, text)


def _owner_of(root: str, body: Any, path: tuple[str, ...]) -> tuple[Address, tuple[str, ...]]:
    """Return the resource that a path of a body is in, and the path in it, as columns have it."""
    own = parse_address(root)
    kind = KINDS.get(path[0]) if path else None
    if kind is None or not kind.key or len(path) < 2 or not path[1].isdigit():
        return own, path
    entries = body.get(path[0], [])
    index = int(path[1])
    entry = entries[index] if isinstance(entries, list) and index < len(entries) else {}
    return Address(own.owner, path[0], str(entry.get(kind.key, ""))), path[2:]


def _column(place: RowPlace, path: tuple[str, ...]) -> tuple[int, str] | None:
    """Return the column and the label of a path, or of the value that it leads into; None for what has no column."""
    for end in range(len(path), 0, -1):
        if path[:end] in place.columns:
            return place.columns[path[:end]]
    return None
