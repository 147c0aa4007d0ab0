"""Tables that people filled in as sheets and accounts; every fault is told, by page, row and column letter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from chorus_config.engine.spreadsheet.cells import CannotRead, CellContext, country_of, read_cell, text_of
from chorus_config.engine.spreadsheet.columns import NONE, OWNER, OWNER_NAME, ColumnPath, plain_title
from chorus_config.engine.spreadsheet.headers import ColumnMapping, Header, header_of
from chorus_config.engine.spreadsheet.joined import JoinedColumns, hiding
from chorus_config.engine.spreadsheet.references import is_reference, like_reference
from chorus_config.i18n.translator import _
from chorus_config.model.address import Address
from chorus_config.model.table import Table, TableFault, TableRow
from chorus_config.schema.packaged import STRICT
from chorus_config.yamltext.characters import shown


class CollectSettings(Struct, frozen=True):
    """How tables are read: the day of the portal, the roots that the project has files of, what a mapping file says.

    `refs` are the references of users that its sheets have.
    """

    day: date
    known: Collection[str] = ()
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    refs: Collection[str] = ()


class RowPlace(Struct, frozen=True):
    """Where a resource stands: the table, the row, and by path the columns of its fields, each with its label."""

    table: str
    row: int
    columns: Mapping[ColumnPath, tuple[int, str]]


class Collected(Struct):
    """What tables say: bodies by root, where each resource stands, what is wrong, what is only to be told.

    `unread` are the tables with rows that have no header which is known.
    """

    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[Address, RowPlace] = field(default_factory=dict)
    faults: list[TableFault] = field(default_factory=list)
    notes: list[TableFault] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def faulty(self) -> frozenset[str]:
        """The roots of which something is wrong."""
        return frozenset(one.root for one in self.faults if one.root)


def collect(tables: Sequence[Table], settings: CollectSettings) -> Collected:
    """Return what tables say. Structures come first: every other row belongs to one of them."""
    found = Collected()
    headed = []
    # A text with separators is one table, whatever a mapping calls the page of a workbook.
    mapping = settings.mapping if len(tables) > 1 else replace(settings.mapping, pages={})
    for table in tables:
        header = header_of(table, mapping)
        if header is not None:
            headed.append((table, header))
        elif any(_is_filled(row) for row in table.rows):
            found.unread.append(table.name)
    headed.sort(key=lambda one: one[1].kind.group not in {"", "comptes"})
    for table, header in headed:
        _Reader(table, header, settings, found, frozenset((*found.bodies, *settings.known))).read()
    return found


def _is_filled(row: TableRow) -> bool:
    return any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in row.cells)


class _Reader(Struct, dict=True):
    """Reads one table into what was found so far; `owners` are the structures that its rows may belong to."""

    table: Table
    header: Header
    settings: CollectSettings
    found: Collected
    owners: frozenset[str]
    emptied: dict[str, int] = field(default_factory=dict)

    @cached_property
    def joined(self) -> JoinedColumns:
        """Where joined cells hide others."""
        return JoinedColumns(self.table.joined)

    def read(self) -> None:
        """Read all rows below the header."""
        self._tell_columns()
        self._tell_joined()
        group = self.header.kind.group
        for row in self.table.rows:
            if row.number <= self.header.row or not _is_filled(self._own_cells(row)):
                continue
            if group in {"", "comptes"}:
                self._whole(row)
            else:
                self._entry(row)

    def _own_cells(self, row: TableRow) -> TableRow:
        """Return a row with the cells that are read: a name that is only shown makes no row."""
        kept = {index for index, one in self.header.columns.items() if one.path != OWNER_NAME}
        return TableRow(row.number, tuple(cell for index, cell in enumerate(row.cells) if index in kept))

    def _tell_columns(self) -> None:
        for index, column in self.header.repeated.items():
            message = _("two columns are « {label} »: rename one, or leave it aside with --columns")
            self._fault(self.header.row, index, message, label=column.title)
        for index, title in self.header.strangers.items():
            if any(_is_filled(TableRow(0, row.cells[index : index + 1])) for row in self._below()):
                near = self.header.nearest(title)
                message = (
                    _("the column {title} is not known, and is left aside: {near} is probably meant; correct the title")
                    if near
                    else _("the column {title} is not known, and is left aside: --columns says what it means")
                )
                self._note(self.header.row, index, message, title=shown(title), near=shown(near))

    def _tell_joined(self) -> None:
        """Tell of joined cells below the header: what was joined is empty to whoever reads it."""
        for one in hiding(self.table.joined, [row.number for row in self._below()], self.header.columns):
            message = _("the cells {cells} are joined: only the first holds a value, the others are read as empty; split them")
            self._note(one.row, one.column, message, cells=one.name)

    def _below(self) -> Iterator[TableRow]:
        return (row for row in self.table.rows if row.number > self.header.row)

    def _whole(self, row: TableRow) -> None:
        """Read a row that describes a structure or an account."""
        is_account = self.header.kind.group == "comptes"
        key = self._value(row, self.header.kind.key, "", needed=True)
        if key is None:
            # What else is wrong in the row is told all the same.
            self._filled(row, {}, "", "")
            return
        root = f"comptes/{key}" if is_account else key
        address = Address(key, "comptes" if is_account else "")
        if root in self.found.bodies:
            message = _("{value} stands in the row {first} already: keep one of the two")
            self._fault(row.number, self._key_at, message, root, value=shown(key), first=self.found.places[address].row)
            return
        if is_account and root not in self.settings.known:
            self._require_file_name(row, key, root)
        kind = STRICT["compte-utilisateur" if is_account else "fiche-structure"]
        self.found.bodies[root] = self._filled(row, {"type": kind, "version": 1}, key, root)
        self.found.places[address] = self._place(row)

    def _entry(self, row: TableRow) -> None:
        """Read a row that is an entry of a list of a structure."""
        owner = self._value(row, OWNER, "", needed=True)
        if owner is None or not self._is_there(row, owner):
            self._filled(row, {}, "", owner or "")
            return
        group = self.header.kind.group
        body = self.found.bodies.setdefault(owner, _body_of(owner))
        entries: list[Any] = body.setdefault(group, [])
        if self._says_none(row):
            self.emptied[owner] = row.number
        else:
            key = self._value(row, self.header.kind.key, owner, needed=True)
            if key is None:
                self._filled(row, {}, "", owner)
                return
            if group == "utilisateurs" and key not in self.settings.refs:
                self._require_file_name(row, key, owner)
            entries.append(self._filled(row, {}, key, owner))
            self.found.places[Address(owner, group, key)] = self._place(row)
        if entries and owner in self.emptied:
            message = _("the row {first} says that the list of this structure is empty (« aucun »), and here is an entry of it")
            self._fault(row.number, self._key_at, message, owner, first=self.emptied.pop(owner))

    def _require_file_name(self, row: TableRow, ref: str, root: str) -> None:
        """Tell of a reference that is new, and that no account can have."""
        if not is_reference(ref):
            message = _(
                "{value} can be the reference of no account, since the file of the account bears it: letters without accents, "
                "digits, « . », « - » and « _ » only, such as {example}"
            )
            self._fault(row.number, self._key_at, message, root, value=shown(ref), example=like_reference(ref))

    def _is_there(self, row: TableRow, owner: str) -> bool:
        if owner in self.owners:
            return True
        message = _("no row of « Structures » and no sheet of the project describes {value}: correct it, or add the structure")
        self._fault(row.number, self.header.at(OWNER), message, owner, blocks=True, value=shown(owner))
        return False

    def _says_none(self, row: TableRow) -> bool:
        """Tell whether a row says that there is no entry: « aucun » in place of the key, and nothing else."""
        rest = [one.path for one in self.header.columns.values() if one.path not in {OWNER, OWNER_NAME, self.header.kind.key}]
        cells = {path: self._cell(row, path) for path in rest}
        is_none = plain_title(text_of(self._cell(row, self.header.kind.key))) == NONE
        return is_none and not any(map(text_of, cells.values()))

    def _filled(self, row: TableRow, body: dict[str, Any], key: str, root: str) -> dict[str, Any]:
        """Return a body (or the entry of a list) with the value of each cell of a row where it stands."""
        kind = self.header.kind
        for column in kind.columns:
            if column.path == kind.key:
                _set(body, column.path, key)
            elif column.path not in {OWNER, OWNER_NAME}:
                value = self._value(row, column.path, root)
                if value is not None:
                    _set(body, column.path, value)
        return body

    def _value(self, row: TableRow, path: ColumnPath, root: str, *, needed: bool = False) -> Any:
        """Return the value of a cell, None for nothing, or for what is a fault, which is told.

        Of a row whose structure is not known nobody knows which list lacks it.
        """
        index = self.header.at(path)
        blocks = path == OWNER
        try:
            read = read_cell(self._cell(row, path), self.header.kind.column(path), self._context(row, path))
        except CannotRead as error:
            self._fault(row.number, index, error.message, root, blocks=blocks, **error.places)
            return None
        if read is None:
            if needed:
                self._empty(row, index, root, blocks=blocks)
            return None
        if read.note:
            self._note(row.number, index, read.note, value=shown(read.value))
        return read.value

    def _empty(self, row: TableRow, index: int | None, root: str, *, blocks: bool) -> None:
        """Tell of a cell that must not be empty."""
        joined = self.joined.at(row.number, index) if index is not None else None
        if joined is not None:
            message = _(
                "it is joined with others ({cells}), and only the first holds a value: split them, and fill in each row"
            )
            self._fault(row.number, index, message, root, blocks=blocks, cells=joined.name)
            return
        message = _("it is empty: nobody knows what the row describes. Fill it in, or delete the row")
        self._fault(row.number, index, message, root, blocks=blocks)

    def _context(self, row: TableRow, path: ColumnPath) -> CellContext:
        """Return what else counts for a cell: the country of its address, the type of its identifiant, as its row says."""
        country = country_of(text_of(self._cell(row, (*path[:-1], "pays"))))
        known = self.owners if path == OWNER else frozenset[str]()
        return CellContext(self.settings.day, country, self._type_of(row, path), known)

    def _type_of(self, row: TableRow, path: ColumnPath) -> str:
        """Return the type that a row says of its identifiant, "" for none, and for a word that is none: that is told there."""
        kind = ("informations_generales", "type_identifiant")
        if path[-1] != "identifiant" or self.header.at(kind) is None:
            return ""
        try:
            read = read_cell(self._cell(row, kind), self.header.kind.column(kind), CellContext(self.settings.day))
        except CannotRead:
            return ""
        return str(read.value) if read is not None else ""

    @property
    def _key_at(self) -> int | None:
        return self.header.at(self.header.kind.key)

    def _cell(self, row: TableRow, path: ColumnPath) -> Any:
        index = self.header.at(path)
        return row.cells[index] if index is not None and index < len(row.cells) else None

    def _place(self, row: TableRow) -> RowPlace:
        columns = {one.path: (index, one.title) for index, one in self.header.columns.items()}
        return RowPlace(self.table.name, row.number, columns)

    def _fault(
        self, row: int, column: int | None, message: str, root: str = "", *, blocks: bool = False, **places: object
    ) -> None:
        self.found.faults.append(TableFault(self.table.name, row, column, message, places, self._label(column), root, blocks))

    def _note(self, row: int, column: int | None, message: str, **places: object) -> None:
        self.found.notes.append(TableFault(self.table.name, row, column, message, places, self._label(column)))

    def _label(self, column: int | None) -> str:
        known = {**self.header.columns, **self.header.repeated}
        return known[column].title if column in known else ""


def _set(body: dict[str, Any], path: ColumnPath, value: object) -> None:
    for step in path[:-1]:
        body = body.setdefault(step, {})
    body[path[-1]] = value


def _body_of(owner: str) -> dict[str, Any]:
    return {"type": STRICT["fiche-structure"], "version": 1, "informations_generales": {"identifiant": owner}}
