"""Sheets and accounts as the workbook that people fill in; nothing in it is computed, and an empty cell is not managed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from chorus_config.engine.spreadsheet.columns import EMPTY, NONE, OWNER, OWNER_NAME, Column, ColumnPath, TableKind, table_kinds
from chorus_config.engine.spreadsheet.lists import joined, spaces_text
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.snapshot import Record
from chorus_config.model.table import HeaderCell, WorkbookPage

BANK: Final = "coordonnees_bancaires"
# What people call a column that is to be filled in.
REQUIRED: Final = " *"
# Before it, spreadsheets do not agree on the calendar.
_FIRST_DAY: Final = date(1901, 1, 1)
_TICKS: Final = ("oui", "non")
_NARROWEST, _WIDEST = 10, 48
# A spreadsheet takes no longer list inside a cell's own settings.
_LONGEST_LIST: Final = 250
# Nor a longer text in a cell: it is left out, and told.
_LONGEST_CELL: Final = 32_767

# What a cell asks for.
_HERE: Final[Mapping[str, str]] = {
    "date": _("A date is expected, such as 31/12/2026."),
    "tick": _("« oui », « non », or nothing."),
    "words": _("Several values are separated by « ; »."),
    "spaces": _("Each with its mode, « Factures de travaux (Consultation) », separated by « ; »."),
    "name": _("For reading only: it is not imported."),
}

_Value = str | date | None


def pages(records: Sequence[Record], day: date, say: Translator, *, bank: bool = False) -> tuple[WorkbookPage, ...]:
    """Return the pages of some sheets and accounts, as the portal of a day has their fields; bank details when asked for.

    A field of another day has its column where something stands in it.
    """
    kinds = (kind for kind in table_kinds() if bank or kind.group != BANK)
    return tuple(_page(kind, records, day, say) for kind in kinds)


def _page(kind: TableKind, records: Sequence[Record], day: date, say: Translator) -> WorkbookPage:
    rows = [*_rows(kind, records)]
    columns = [one for one in kind.columns if one.is_of(day) or any(_at(row, one.path) is not None for row in rows)]
    cells = tuple(tuple(_cell(one, _at(row, one.path)) for one in columns) for row in rows)
    heads = tuple(_head(column, [row[index] for row in cells], day, say) for index, column in enumerate(columns))
    return WorkbookPage(kind.name, heads, cells)


def _rows(kind: TableKind, records: Sequence[Record]) -> Iterator[Mapping[str, Any]]:
    """Yield what each row shows: a body, or an entry of a list with its structure beside it."""
    for record in records:
        is_account = record.root.startswith("comptes/")
        if kind.group in {"", "comptes"}:
            if is_account is bool(kind.group):
                yield record.body
        elif not is_account:
            own: Any = record.body.get("informations_generales")
            beside = {OWNER[0]: {OWNER[1]: own.get("identifiant"), OWNER_NAME[1]: own.get("libelle")}}
            for entry in _entries(kind, record.body.get(kind.group)):
                yield {**entry, **beside}


def _entries(kind: TableKind, found: Any) -> Iterator[Mapping[str, Any]]:
    if found == []:
        yield {kind.key[0]: NONE}
    elif isinstance(found, list):
        yield from (one for one in found if isinstance(one, Mapping))


def _at(body: Any, path: ColumnPath) -> Any:
    for step in path:
        body = body.get(step) if isinstance(body, Mapping) else None
    return body


def _cell(column: Column, value: Any) -> _Value:
    """Return what stands in a cell; what is not of its type is left to whoever compares the workbook with the sheets."""
    shows = _SHOWN.get(column.form)
    if value is None or isinstance(value, Mapping):
        return None
    cell = shows(column, value) if shows is not None else str(value) or EMPTY
    return None if isinstance(cell, str) and len(cell) > _LONGEST_CELL else cell


def _day(_column: Column, value: Any) -> _Value:
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError):
        return str(value)
    return found if found >= _FIRST_DAY else str(value)


def _tick(_column: Column, value: Any) -> _Value:
    return _TICKS[0] if value is True else _TICKS[1] if value is False else str(value)


def _choice(column: Column, value: Any) -> _Value:
    return column.choices.get(str(value), str(value))


def _list(column: Column, value: Any) -> _Value:
    return joined(column.choices.get(str(one), str(one)) for one in value) if isinstance(value, list) else str(value)


def _spaces(column: Column, value: Any) -> _Value:
    if not isinstance(value, list):
        return str(value)
    return spaces_text([one for one in value if isinstance(one, Mapping)], column.choices)


_SHOWN: Final[Mapping[str, Callable[[Column, Any], _Value]]] = {
    "date": _day, "tick": _tick, "choice": _choice, "words": _list, "spaces": _spaces,
}  # fmt: skip


def _head(column: Column, below: Sequence[_Value], day: date, say: Translator) -> HeaderCell:
    """Return the head of a column, as wide as most of what stands below it; its note is that of the field in a sheet."""
    title = column.title + (REQUIRED if column.required else "")
    lengths = sorted(len(one) for one in below if isinstance(one, str))
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    width = max(_NARROWEST, min(max(usual + 2, len(title) // 2 + 4), _WIDEST))
    choices = _TICKS if column.form == "tick" else tuple(column.choices[one] for one in _offered(column, day))
    if len(",".join(choices)) > _LONGEST_LIST:
        choices = ()
    here = say(_HERE[column.form]) if column.form in _HERE else ""
    return HeaderCell(
        title, "\n".join(filter(None, (column.hint, here))), width, "date" if column.form == "date" else "text", choices
    )


def _offered(column: Column, day: date) -> list[str]:
    """Return the values that a cell may be given; of several in one cell, no spreadsheet has a list."""
    return column.offered(day) if column.form == "choice" else []
