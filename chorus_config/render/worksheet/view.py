"""What is to be entered, before any format: by structure, by screen of the portal and by operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from chorus_config.diff.names import Names
from chorus_config.i18n.translator import Translator
from chorus_config.model.address import parse_address
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record
from chorus_config.render.shared.portal import access_steps
from chorus_config.render.worksheet.by_screen import ShownScreen, by_screen
from chorus_config.render.worksheet.tasks import Task, tasks


class WorksheetStructure(Struct, frozen=True):
    """A structure or account with what is to be entered there: `tasks` one by one, `screens` the same by screen.

    `label` is its libellé, or a person's name and mailbox.
    """

    root: str
    label: str
    path: str
    tasks: tuple[Task, ...]
    screens: tuple[ShownScreen, ...]


class Worksheet(Struct, frozen=True):
    """The operations of a source, by structure; `planned` says that nothing of it is approved yet.

    `targets` are what it was narrowed to. `dropped` is what is approved, not on the portal, and was dropped; with
    `only_dropped` nothing else was asked for. `access` are the steps of who comes in for the first time.
    """

    source: str
    structures: tuple[WorksheetStructure, ...]
    planned: bool = False
    targets: tuple[str, ...] = ()
    dropped: tuple[WorksheetStructure, ...] = ()
    only_dropped: bool = False
    access: tuple[str, ...] = ()

    @property
    def given_up(self) -> tuple[Task, ...]:
        """What was dropped, structure by structure."""
        return tuple(task for structure in self.dropped for task in structure.tasks)

    @property
    def count(self) -> int:
        """How many operations there are."""
        return sum(len(structure.tasks) for structure in self.structures)


def worksheet_structures(
    operations: Iterable[Operation], records: Mapping[str, Record], names: Names, day: date, say: Translator
) -> tuple[WorksheetStructure, ...]:
    """Return operations by structure, structures first, then accounts; within one, in the order they were opened.

    `records` say which file each comes from, `names` what people call them, and the users among them (`comptes/REF`).
    """
    by_root: dict[str, list[Operation]] = {}
    for operation in operations:
        by_root.setdefault(parse_address(operation.address).root, []).append(operation)
    ordered = sorted(by_root, key=lambda root: (root.startswith("comptes/"), root))
    return tuple(_structure(root, by_root[root], records, names, (day, say)) for root in ordered)


def _structure(
    root: str, operations: list[Operation], records: Mapping[str, Record], names: Names, told: tuple[date, Translator]
) -> WorksheetStructure:
    day, say = told
    shown = tuple(tasks(operations, day, say, names))
    label = names.get(root) or _new_label(root, operations)
    return WorksheetStructure(
        root, label, records[root].path if root in records else "", shown, by_screen(root, shown, day, say)
    )


def _new_label(root: str, operations: Iterable[Operation]) -> str:
    """Return the libellé that an operation is about to enter, "" for none."""
    rows = (row for one in operations if one.address == root for row in one.fields if row["path"] == "/libelle")
    return next((str(row["after"] or row["before"]) for row in rows), "")


def first_access(day: date, say: Translator) -> tuple[str, ...]:
    """Return how somebody who never signed in comes to the portal of a day, step by step."""
    return tuple(say(step) for step in access_steps(day))
