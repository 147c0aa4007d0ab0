"""Two states of a sheet, the changes between them, and what the schema of changes says of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from chorus_config.diff.compare import deletion, difference
from chorus_config.diff.expand import Expanded, expand, root_of
from chorus_config.engine.planning.change_rules import ChangeContext, change_document, change_faults
from chorus_config.model.finding import Fault
from chorus_config.model.plan import Change

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SheetChange:
    """A change, the document of it that the schema judged, and what is wrong with it, at its place in the sheet wished for."""

    change: Change
    document: Body
    faults: tuple[Fault, ...]

    @property
    def address(self) -> str:
        """The address of what changes, as written."""
        return str(self.change.address)


def sheet_changes(before: Body, after: Body, day: date, *, new_file: bool = False, on_portal: bool = True) -> list[SheetChange]:
    """Return the changes that lead from one state of a sheet to another, judged: the one maker of change documents in tests.

    `before` is {} where nothing was known, `after` {} where the sheet is gone. Two bodies that name two structures are one
    file whose identifiant changed or, with `new_file`, a new file beside one that is gone. A structure is taken to be
    `on_portal`, unless it is what CP918 is about.
    """
    return list(_made(before, after, day, new_file=new_file, on_portal=on_portal))


def _made(before: Body, after: Body, day: date, *, new_file: bool, on_portal: bool) -> Iterator[SheetChange]:
    known, wish = expand(before), expand(after)
    old, new = root_of(before), root_of(after)
    if new is not None:
        context = ChangeContext(day, known, wish, on_portal=on_portal)
        if old not in {None, new}:
            same_file_as = None if new_file or old is None else old.owner
            context = ChangeContext(day, Expanded(), wish, same_file_as, on_portal=on_portal)
        for change in difference(context.before, wish):
            yield _judged(change, after, context)
    if old is not None and old != new:
        context = ChangeContext(day, known, Expanded(), replaced=_replaced(after) == old.owner)
        yield _judged(deletion(old, known.resources[old]), {}, context)


def _replaced(body: Body) -> str | None:
    match body:
        case {"remplace": {"identifiant": str(found)}}:
            return found
    return None


def _judged(change: Change, body: Body, context: ChangeContext) -> SheetChange:
    return SheetChange(change, change_document(change, context), tuple(change_faults(change, body, context)))
