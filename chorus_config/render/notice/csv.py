"""What suppliers are told as rows that their software imports: one line an address (RFC 4180, UTF-8).

The columns are in docs/notice.md; new ones come at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from chorus_config.i18n.translator import Translator
from chorus_config.model.invoicing import SCHEME
from chorus_config.model.invoicing_address import InvoicingAddress
from chorus_config.model.notice import AddressChange, Notice, StructureNotice
from chorus_config.render.notice.view import called
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.values import visible

COLUMNS: Final = (
    "address", "scheme", "siren", "siret", "service_code", "structure", "label", "state", "from", "until",
    "service_code_required", "commitment_required", "either_required", "reserved", "why", "change", "change_on", "replaced_by",
    "rejection",
)  # fmt: skip
# Between what happens to one address, one after the other.
_BETWEEN: Final = "|"
# What makes a spreadsheet take a cell for a formula; it obeys behind blanks, too.
_FORMULA: Final = re.compile(r"\s*[=+\-@]")


def render(notice: Notice, _say: Translator, _paint: Paint) -> str:
    """Return the notice in this format: every address, or only those of which something changes."""
    return "".join(f"{_line(row)}\r\n" for row in (COLUMNS, *_rows(notice)))


def _rows(notice: Notice) -> Iterator[tuple[str, ...]]:
    for structure in notice.structures:
        if not notice.compared:
            yield from (_row(one, structure, (), notice) for one in structure.addresses)
        else:
            yield from (_row(one, structure, found, notice) for one, found in _changed(structure, notice))


def _changed(structure: StructureNotice, notice: Notice) -> Iterator[tuple[InvoicingAddress, Sequence[AddressChange]]]:
    """Yield each address of which something changes as it is on the day of the notice, with all that happens to it."""
    present = {one.code: one for one in structure.addresses}
    found: dict[str, list[AddressChange]] = {}
    for change in structure.changes:
        found.setdefault(change.address.code, []).append(change)
        if change.event == "moves" and change.after is not None:
            found.setdefault(change.after.code, []).append(_opened(change.after, notice))
    for code in sorted(found):
        # One that is in no sheet any more is closed.
        yield present.get(code) or replace(found[code][0].address, state="closed"), found[code]


def _opened(one: InvoicingAddress, notice: Notice) -> AddressChange:
    """Return that an address opens which takes the place of another."""
    return AddressChange("opens", None, one, one.opens if one.opens is not None and one.opens > notice.day else None)


def _row(
    one: InvoicingAddress, structure: StructureNotice, changes: Sequence[AddressChange], notice: Notice
) -> tuple[str, ...]:
    flags = (one.code_required, one.commitment_required, one.demand == "either", one.reserved)
    dates = (_day(one.opens), _day(one.closes))
    own = (one.address, SCHEME, one.siret[:9] if one.address else "", one.siret, one.code, called(structure), one.label)
    return (*own, one.state, *dates, *(str(flag).lower() for flag in flags), one.why or "", *_told(changes, notice))


def _told(changes: Sequence[AddressChange], notice: Notice) -> tuple[str, str, str, str]:
    """Return what happens to an address: several events, their days and rejections stand in the same order."""
    instead = next((one.after.address for one in changes if one.event == "moves" and one.after is not None), "")
    days = (_day(one.on or notice.since) for one in changes)
    reasons = (one.rejection(notice.holds_on) or "" for one in changes)
    return _BETWEEN.join(one.event for one in changes), _BETWEEN.join(days), instead, _BETWEEN.join(reasons)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _line(row: Iterable[str]) -> str:
    return ",".join(map(_cell, row))


def _cell(text: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe stands before what it would take for a formula.

    Every cell is quoted: a code that ends in a country (`…_PUBLIQUES`) and the digits of the next cell would else read as an
    IBAN, and be masked.
    """
    shown = visible(text)
    shown = f"'{shown}" if _FORMULA.match(shown) else shown
    return '"' + shown.replace('"', '""') + '"'
