"""What suppliers are told as rows that their software imports: one line an address (RFC 4180, UTF-8).

The columns are in docs/notice.md; new ones come at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from chorus_config.i18n.translator import Translator
from chorus_config.model.invoicing import SCHEME, InvoicingAddress
from chorus_config.model.notice import AddressChange, Notice, StructureNotice
from chorus_config.render.notice.view import called
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.values import visible

COLUMNS: Final = (
    "address", "scheme", "siren", "siret", "service_code", "structure", "label", "state", "from", "until",
    "service_code_required", "commitment_required", "either_required", "reserved", "why", "change", "change_on", "replaced_by",
    "rejection",
)  # fmt: skip
# What makes a spreadsheet take a cell for a formula; it obeys behind blanks, too.
_FORMULA: Final = re.compile(r"\s*[=+\-@]")


def render(notice: Notice, _say: Translator, _paint: Paint) -> str:
    """Return the notice in this format: every address, or only those of which something changes."""
    return "".join(f"{_line(row)}\r\n" for row in (COLUMNS, *_rows(notice)))


def _rows(notice: Notice) -> Iterator[tuple[str, ...]]:
    for structure in notice.structures:
        if not notice.compared:
            yield from (_row(one, structure, None, notice) for one in structure.addresses)
        else:
            yield from (_row(_shown(one), structure, one, notice) for one in structure.changes)


def _shown(change: AddressChange) -> InvoicingAddress:
    """Return the address of a change as it is afterwards; one that moves or is gone as it was."""
    return change.address if change.event == "moves" or change.after is None else change.after


def _row(one: InvoicingAddress, structure: StructureNotice, change: AddressChange | None, notice: Notice) -> tuple[str, ...]:
    # An end that is to come is told as an end: `change_on` says from when.
    state = "closed" if change is not None and change.event in {"closes", "moves"} else one.state
    flags = (one.code_required, one.commitment_required, one.demand == "either", one.reserved)
    dates = (_day(one.opens), _day(one.closes))
    own = (one.address, SCHEME, one.siret[:9] if one.address else "", one.siret, one.code, called(structure), one.label)
    return (*own, state, *dates, *(str(flag).lower() for flag in flags), one.why or "", *_change(change, notice))


def _change(change: AddressChange | None, notice: Notice) -> tuple[str, str, str, str]:
    if change is None:
        return "", "", "", ""
    on = change.on or notice.since
    instead = change.after.address if change.event == "moves" and change.after is not None else ""
    return change.event, _day(on), instead, change.rejection(notice.holds_on) or ""


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
