"""Rows of lists as bodies of sheets: what a cell does not say is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from msgspec import Struct, field

from chorus_config.diff.fields import field_schema
from chorus_config.i18n.translator import _
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.observed.lost_letters import is_damaged
from chorus_config.rules.judges.checksums import is_fourteen_digits, siret_holds
from chorus_config.sources.annuaire.cells import LONGEST, TICKS, plain_name
from chorus_config.sources.annuaire.faults import FileNotes
from chorus_config.sources.annuaire.fields import SERVICES, STRUCTURES, Row
from chorus_config.sources.annuaire.tables import Counted, Table, Watched, selected
from chorus_config.sources.request import SourceRequest

Body = dict[str, Any]

_DAMAGED: Final = _("note: {name}: texts that lost letters, kept as they stand: {n} (first: {first})")
_UNREAD: Final = _("note: {name}: cells that say neither yes nor no, left out: {n} (first: {first})")
_TOO_LONG: Final = _("note: {name}: texts longer than any sheet holds, left out: {n} (first: {first})")
_TWICE: Final = _("note: {name}: rows that are there more than once, the last active one counts: {n} (first: {first})")
_CHECKSUM: Final = _(
    "note: {name}: SIRET whose check digits do not hold, kept since such structures exist: {n} (first: {first})"
)
_NO_CODE: Final = _("note: {name}: services without a code, left aside: {n} (first: {first})")
_NO_PUBLIC: Final = _(
    "note: {name} holds no service FACTURES_PUBLIQUES at all: the portal makes one in every public structure,"
    " it is taken to be there"
)
_TYPES: Final = {plain_name(name): name for name in field_schema("", "/type_identifiant")["enum"]} | {"0": "SIRET"}
# What a cell is when it is neither ticked nor not.
_BLANK: Final = frozenset({"", "-"})


class Services(Struct):
    """Services of a list, by identifiant and code; whether the list holds FACTURES_PUBLIQUES at all."""

    entries: dict[str, dict[str, Body]] = field(default_factory=dict)
    has_public: bool = True


class Cells(Struct, frozen=True):
    """How the cells of a row, or the parts of a record, become fields: by their column, block, key and meaning."""

    fields: tuple[tuple[tuple[int, ...], tuple[str, ...], str, Row], ...]

    @classmethod
    def of(cls, rows: Iterable[Row], columns: Mapping[str, int]) -> Cells:
        """Return the cells that a list has."""
        found = []
        for row in rows:
            at = tuple(columns[plain_name(name)] for name in row.columns if plain_name(name) in columns)
            if at:
                found.append((at, row.steps[:-1], row.steps[-1], row))
        return cls(tuple(found))

    def fill(self, body: Body, row: Sequence[str], notes: FileNotes, place: Any) -> Body:
        """Put what a row says into a body, and return it. `place` says where a column of the row stands."""
        for columns, way, key, field_row in self.fields:
            for column in columns:
                cell = row[column]
                if not cell:
                    continue
                value = field_row.read(cell)
                if value is None:
                    message = _why_unread(cell, field_row)
                    if message:
                        notes.add(message, place(column))
                    continue
                if value.__class__ is str and not cell.isascii() and is_damaged(cell):
                    notes.add(_DAMAGED, place(column))
                block = body
                for step in way:
                    block = block.setdefault(step, {})
                block[key] = value
                break
        return body


def new_body(owner: str, kind: str = "") -> Body:
    """Return the body of a structure of which nothing is known but its identifiant, and what a list calls its type."""
    known = "SIRET" if is_fourteen_digits(owner) else _TYPES.get(plain_name(kind), "")
    general: Body = {"identifiant": owner, **({"type_identifiant": known} if known else {})}
    return {"type": "fiche-structure", "version": 1, "informations_generales": general}


def read_structures(table: Table, request: SourceRequest, counted: Counted) -> dict[str, Body]:
    """Return the structures of AIFE's list that are asked for."""
    found: dict[str, Body] = {}
    columns, notes, place = table.columns, table.notes, table.place
    cells = Cells.of(STRUCTURES, columns)
    kind = columns.get("typeidentifiant")
    key = columns["identifiant"]
    for owner, row in selected(table, "identifiant", request, counted):
        note_checksum(owner, notes, partial(place, key))
        body = cells.fill(new_body(owner, row[kind] if kind is not None else ""), row, notes, place)
        before = found.get(owner)
        if before is not None:
            notes.add(_TWICE, place(key))
            if _is_closed(body) and not _is_closed(before):
                continue
        found[owner] = body
    return found


def read_services(table: Table, request: SourceRequest, counted: Counted) -> Services:
    """Return the services of AIFE's list that are asked for."""
    found = Services()
    columns, notes, place = table.columns, table.notes, table.place
    cells = Cells.of(SERVICES, columns)
    code_at = columns["code"]
    watched = Watched(code_at, PUBLIC_INVOICES)
    for owner, row in selected(table, "identifiant", request, counted, watched):
        code = row[code_at].strip()
        if not code:
            notes.add(_NO_CODE, place(code_at))
            continue
        add_service(
            found.entries.setdefault(owner, {}), cells.fill({"code": code}, row, notes, place), notes, partial(place, None)
        )
    found.has_public = watched.seen
    if not watched.seen:
        notes.add(_NO_PUBLIC, "")
    return found


def add_service(entries: dict[str, Body], entry: Body, notes: FileNotes, place: Callable[[], str]) -> None:
    """Take a service in; of two with one code the last that is active counts."""
    before = entries.get(entry["code"])
    if before is not None:
        notes.add(_TWICE, place())
        if entry.get("actif") is False and before.get("actif") is not False:
            return
    entries[entry["code"]] = entry


def note_checksum(owner: str, notes: FileNotes, place: Callable[[], str]) -> None:
    """Note a SIRET whose check digits do not hold."""
    if is_fourteen_digits(owner) and not siret_holds(owner):
        notes.add(_CHECKSUM, place())


def _why_unread(cell: str, row: Row) -> str:
    """Return the message of a cell that says nothing, "" for one that is blank."""
    if row.read in TICKS:
        return _UNREAD if cell.strip() not in _BLANK else ""
    return _TOO_LONG if len(cell) > LONGEST else ""


def _is_closed(body: Body) -> bool:
    return bool(body["informations_generales"].get("statut") == "INACTIF")
