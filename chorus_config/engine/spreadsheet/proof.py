"""What a workbook cannot hold of the sheets: it is read back before it is written, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import leaves, same
from chorus_config.engine.spreadsheet.collect import CollectSettings, collect
from chorus_config.engine.spreadsheet.fill import BANK
from chorus_config.model.address import Address
from chorus_config.model.snapshot import Record
from chorus_config.model.table import Table, TableRow, WorkbookPage

# Constants of the files, which no table has.
_FORMAT: Final = frozenset({"/type", "/version"})


def table_of(page: WorkbookPage) -> Table:
    """Return a page as it would be read."""
    head = TableRow(1, tuple(one.title for one in page.columns))
    return Table(page.name, (head, *(TableRow(number, row) for number, row in enumerate(page.rows, start=2))))


def lost(
    records: Sequence[Record], written: Sequence[WorkbookPage], day: date, *, bank: bool = False
) -> tuple[tuple[Address, str], ...]:
    """Return the fields that would come back otherwise than the sheets say, by pointer; "" is a whole list.

    `bank`: bank details are to come back, too.
    """
    roots = frozenset(record.root for record in records)
    bodies = collect([table_of(one) for one in written], CollectSettings(day, roots)).bodies
    return tuple(
        found
        for record in records
        for found in _differences(expand(record.body), expand(bodies.get(record.root, {})))
        if bank or found[0].group != BANK
    )


def _differences(before: Expanded, after: Expanded) -> Iterator[tuple[Address, str]]:
    """Yield what of a sheet is not the same afterwards."""
    for address, resource in before.resources.items():
        other = leaves(after.resources.get(address, {}))
        for path, value in leaves(resource).items():
            if path not in _FORMAT and not same(value, other.get(path)):
                yield address, path
    owner = next((address.owner for address in before.resources), "")
    for group in sorted(before.lists - after.lists):
        yield Address(owner, group), ""
