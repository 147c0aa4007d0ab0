"""A portfolio as a table of whole values, for formats that hold a table: Markdown, workbooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.iban import masked_text
from chorus_config.model.portfolio.status import PortfolioStatus, StatusGroup, StatusRow
from chorus_config.render.status.view import (
    STATE_LABELS,
    active_text,
    member_name,
    ready_text,
    services_text,
    to_do,
)

Cell = str | int | date | None


class StatusTable(Struct, frozen=True):
    """A table: its columns in words, its rows; a cell is None where nothing is known."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class _Place(Struct, frozen=True):
    """A row with what is around it."""

    row: StatusRow
    group: StatusGroup
    status: PortfolioStatus


_COLUMNS: Final[Mapping[str, Callable[[_Place, Translator], Cell]]] = {
    _("Member"): lambda at, say: member_name(at.group.member, say),
    _("Identifiant"): lambda at, _say: at.row.root,
    _("Name"): lambda at, _say: at.row.label,
    _("Raison sociale"): lambda at, _say: at.row.legal_name,
    _("Created on"): lambda at, _say: day_of(at.row.created),
    _("Services"): lambda at, say: services_text(at.row, say),
    _("Status"): lambda at, say: active_text(at.row, say),
    _("Sheet"): lambda at, _say: at.row.path,
    _("Errors"): lambda at, _say: at.row.levels.get("error", 0) if at.row.path else None,
    _("Warnings"): lambda at, _say: at.row.levels.get("warning", 0) if at.row.path else None,
    _("Ready"): lambda at, say: ready_text(at.row, say),
    _("To enter"): lambda at, _say: at.row.open_operations,
    _("Seen on"): lambda at, say: seen_day(at.row, at.status, say),
    _("Days left"): lambda at, _say: at.row.deadline.left if at.row.deadline is not None else None,
    _("Managed (%)"): lambda at, _say: at.row.coverage.percent if at.row.coverage is not None else None,
    _("Stage"): lambda at, say: say(STATE_LABELS[at.row.state]),
    _("To do"): lambda at, say: to_do(at.row, at.status, say),
}
MEMBER: Final = "Member"


def status_table(status: PortfolioStatus, say: Translator, *without: str) -> StatusTable:
    """Return all rows with all columns but those named by their English heads; members are told only where there are any."""
    left_out = {*without, *(() if status.has_members else (MEMBER,))}
    columns = {head: cell for head, cell in _COLUMNS.items() if head not in left_out}
    places = (_Place(row, group, status) for group in status.groups for row in group.rows)
    rows = tuple(tuple(_masked(cell(place, say)) for cell in columns.values()) for place in places)
    return StatusTable(tuple(map(say, columns)), rows)


def _masked(value: Cell) -> Cell:
    return masked_text(value) if isinstance(value, str) else value


def seen_day(row: StatusRow, status: PortfolioStatus, say: Translator) -> date | str | None:
    """Return the day on which a structure was last entered or seen on the portal, None where no store says."""
    if not status.source:
        return None
    return day_of(row.known_at) or say(_("never"))


def day_of(text: str) -> date | str:
    """Return the day of a text that begins with one (YYYY-MM-DD), the text itself when it does not."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text
