"""Importing a spreadsheet that people filled in: whole sheets and accounts, or every cell that is to be corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from chorus_config.app.importing.sheets import draft_collected
from chorus_config.app.observe import bodies_by_root
from chorus_config.app.project import OpenProject, now
from chorus_config.app.sources import read_spreadsheet, text_of
from chorus_config.engine.spreadsheet.collect import Collected, CollectSettings, collect
from chorus_config.engine.spreadsheet.headers import ColumnMapping
from chorus_config.engine.spreadsheet.help import NAME
from chorus_config.engine.spreadsheet.judged import cell_faults
from chorus_config.engine.spreadsheet.mapping import BadMapping, read_mapping
from chorus_config.engine.spreadsheet.references import references_in
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput, Refused, UsageFault
from chorus_config.model.importing import ImportDraft
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.table import Table, TableFault
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.parse import parse

_MAPPING_BYTES: Final = 256 * 1024
_MOST_NOTES: Final = 10


class SpreadsheetWish(Struct, frozen=True):
    """How a spreadsheet is imported: `columns` is a mapping file, `force` writes over sheets that are there.

    `partial`: what has a fault is left out, and the rest is imported.
    """

    columns: str | None = None
    force: bool = False
    partial: bool = False


class SpreadsheetDraft(Struct, frozen=True):
    """What importing a spreadsheet would write, None when faults stand against it; which roots a partial import leaves out."""

    draft: ImportDraft | None
    faults: tuple[TableFault, ...] = ()
    left_out: tuple[str, ...] = ()


def draft_spreadsheet(project: OpenProject, path: str, wish: SpreadsheetWish | None = None) -> SpreadsheetDraft:
    """Return what importing a workbook or a text with separators would write, with all that is wrong in it. Writes nothing.

    Raises UsageFault for a mapping file that cannot be used, NoInput when there is nothing to import, Refused when all of it
    has a sheet already, Unavailable.
    """
    chosen = wish or SpreadsheetWish()
    tables = read_spreadsheet(project, path)
    collected = collect(tables, _settings(project, chosen))
    _tell(project, path, collected)
    snapshot = Snapshot({root: Record(root, body) for root, body in collected.bodies.items()}, Path(path).name, now())
    draft = _draft_to_judge(project, snapshot, chosen, collected)
    found = [*_judged(draft, collected)]
    faults = _in_order((*collected.faults, *found), tables)
    if not faults:
        return SpreadsheetDraft(draft)
    out = collected.faulty | {one.root for one in found}
    if not chosen.partial or any(one.blocks for one in faults) or out.issuperset(snapshot.records):
        return SpreadsheetDraft(None, faults)
    return SpreadsheetDraft(_draft(project, _without(snapshot, out), chosen), faults, tuple(sorted(out)))


def _settings(project: OpenProject, wish: SpreadsheetWish) -> CollectSettings:
    bodies = bodies_by_root(project)
    refs = frozenset(ref for one in bodies.values() for ref in references_in(one))
    return CollectSettings(project.settings.day, frozenset(bodies), _mapping(project, wish.columns), refs)


def _draft_to_judge(
    project: OpenProject, snapshot: Snapshot, wish: SpreadsheetWish, collected: Collected
) -> ImportDraft | None:
    """Return what all of it would be, what has a fault too: all that is wrong is told at once. None where that cannot be.

    Raises like `draft_spreadsheet` where no fault is to be told before.
    """
    try:
        return _draft(project, snapshot, wish)
    except (Refused, NoInput):
        if not collected.faults:
            raise
        return None


def _draft(project: OpenProject, snapshot: Snapshot, wish: SpreadsheetWish) -> ImportDraft:
    return draft_collected(project, snapshot, force=wish.force)


def _without(snapshot: Snapshot, roots: frozenset[str]) -> Snapshot:
    kept = {root: record for root, record in snapshot.records.items() if root not in roots}
    return Snapshot(kept, snapshot.source, snapshot.taken_at)


def _judged(draft: ImportDraft | None, collected: Collected) -> Iterator[TableFault]:
    """Yield the errors of the sheets that would be written, at the cells they come from."""
    for one in draft.sheets if draft is not None else ():
        body: Any = parse(one.file.new).data
        yield from cell_faults(one.root, body if isinstance(body, Mapping) else {}, one.findings, collected)


def _in_order(faults: Sequence[TableFault], tables: Sequence[Table]) -> tuple[TableFault, ...]:
    order = {table.name: index for index, table in enumerate(tables)}
    return tuple(sorted(faults, key=lambda one: (order.get(one.table, 0), one.row, -1 if one.column is None else one.column)))


def _mapping(project: OpenProject, file: str | None) -> ColumnMapping:
    """Return what a mapping file says, nothing without one. Raises UsageFault, NoInput, Unavailable."""
    if file is None:
        return ColumnMapping()
    try:
        return read_mapping(text_of(project, file, _MAPPING_BYTES).encode())
    except BadMapping as error:
        told = project.say(error.message, **error.places)
        raise UsageFault(project.say(_("{name} cannot be used: {why}"), name=printable(file), why=told)) from None


def _tell(project: OpenProject, path: str, collected: Collected) -> None:
    """Tell what was put right or left aside. Raises NoInput when no table was known at all."""
    unread = [name for name in collected.unread if name != NAME]
    if not collected.bodies and not collected.faults:
        message = _(
            "nothing was written: {path} has no table that is known. A row of titles is expected, with « Identifiant » (or "
            "« SIRET ») among them, and a row below it; for other titles: --columns FILE"
        )
        raise NoInput(project.say(message, path=printable(path)))
    if unread:
        message = _("note: left aside, since no row of titles is known there: {names}")
        project.note(message, names=", ".join(map(printable, unread)))
    for one in collected.notes[:_MOST_NOTES]:
        project.note(_("note: {place}: {said}"), place=one.place, said=project.say(one.message, **one.places))
    if len(collected.notes) > _MOST_NOTES:
        project.note(_("note: more cells were put right or left aside: {n}"), n=len(collected.notes) - _MOST_NOTES)
