"""What is to be entered, before any format: by structure, operation and block, in the portal's labels, and by whom.

Source for who may enter an operation: guide, block « Utilisateurs »; since 2023 the habilitation « Organisation modification »
takes the place of a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from shlex import quote
from typing import Any, Final, get_args

from chorus_config.diff.names import Names, account_of
from chorus_config.diff.operations import is_asked
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import Address, parse_address
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Before, Change, Desired, FieldChange, Op, Plan
from chorus_config.model.snapshot import Record
from chorus_config.render.plan.view import ShownChange, ShownField, shown_structures
from chorus_config.render.shared.dates import day_text
from chorus_config.render.shared.gestures import PRINCIPAL, RENEWED, hints, tally
from chorus_config.schema.packaged import STRICT, schema

SECONDARY: Final = "GESTIONNAIRE_SECONDAIRE"
MODIFIES: Final = "ORGANISATION_MODIFICATION"
HOLDER: Final = "TITULAIRE"
_NAMES: Final = {
    PRINCIPAL: _("gestionnaire principal"),
    SECONDARY: _("gestionnaire secondaire"),
    MODIFIES: _("user with « Organisation modification »"),
    HOLDER: _("the holder of the account (« Mon compte »)"),
}

_OPS: Final[Mapping[str, Op]] = {op: op for op in get_args(Op)}


def who_may(address: Address, op: Op, day: date, *, principal: bool = False) -> tuple[str, ...]:
    """Return who may enter a change on the portal of a day; `principal`: one that is about the role of the principal manager.

    The principal manager sets up every sheet, and alone asks for a new one or hands on their own role; an account is set up by
    the one whose it is.
    """
    if address.group == "comptes":
        return (HOLDER,)
    if principal or (address.group == "" and op == "create"):
        return (PRINCIPAL,)
    return (PRINCIPAL, MODIFIES if day >= RENEWED else SECONDARY)


def names_of(who: tuple[str, ...], say: Translator) -> str:
    """Return the same in words."""
    return say(_(" or ")).join(say(_NAMES[one]) for one in who)


@dataclass(frozen=True, slots=True)
class Task:
    """An operation as it is shown: what its resource is called, the rows to fill in by block, who may do it.

    `hints` are what is to be known before. `person` is the name and mailbox of the user that it is about, "" for another
    resource and where no account says it.
    """

    operation: Operation
    item: ShownChange
    who: tuple[str, ...]
    hints: tuple[str, ...]
    person: str = ""

    @property
    def rows(self) -> tuple[tuple[str, ShownField], ...]:
        """Every row with its block."""
        return tuple((block, row) for block, rows in self.item.blocks for row in rows)


@dataclass(frozen=True, slots=True)
class WorksheetStructure:
    """A structure or account with what is to be entered there; `label` is its libellé, or a person's name and mailbox."""

    root: str
    label: str
    path: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The operations of a source, by structure; `planned` says that nothing of it is approved yet.

    `targets` are what it was narrowed to. `dropped` is what is approved, not on the portal, and was dropped; with
    `only_dropped` nothing else was asked for.
    """

    source: str
    structures: tuple[WorksheetStructure, ...]
    planned: bool = False
    targets: tuple[str, ...] = ()
    dropped: tuple[WorksheetStructure, ...] = ()
    only_dropped: bool = False

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
    return tuple(
        WorksheetStructure(
            root,
            names.get(root) or _new_label(root, by_root[root]),
            records[root].path if root in records else "",
            tuple(tasks(by_root[root], day, say, names)),
        )
        for root in ordered
    )


def _new_label(root: str, operations: Iterable[Operation]) -> str:
    """Return the libellé that an operation is about to enter, "" for none."""
    rows = (row for one in operations if one.address == root for row in one.fields if row["path"] == "/libelle")
    return next((str(row["after"] or row["before"]) for row in rows), "")


def tasks(
    operations: Sequence[Operation], day: date, say: Translator, names: Names | None = None, *, declared: bool = False
) -> Iterator[Task]:
    """Yield the operations of one structure or account as they are shown, with what is not on the portal if `declared`."""
    changes = tuple(_change(operation, None if declared else day) for operation in operations)
    if not changes:
        return
    # One structure alone is never folded with others, and its changes keep their order.
    (part,) = shown_structures(Plan(Desired(""), Before("", None, None, 0, ""), day.isoformat(), changes), say, None)
    for operation, item in zip(operations, part.items, strict=True):
        address = item.change.address
        gone = "" if declared else _gone(item.change, day, say)
        blocks = tuple((gone or block or _block(address.group), rows) for block, rows in item.blocks)
        person = (names or {}).get(account_of(address), "")
        who = who_may(address, item.change.op, day, principal=_is_about_principal(operation))
        yield Task(operation, replace(item, blocks=blocks), who, hints(operation, say, day), person)


def _is_about_principal(operation: Operation) -> bool:
    """Tell whether an operation gives or takes the role of principal manager, or checks who has it."""
    roles = (row for row in operation.fields if row["path"] == "/role")
    return any(PRINCIPAL in (row["before"], row["after"]) for row in roles)


def _change(operation: Operation, day: date | None) -> Change:
    """Return an operation with the fields that the portal of a day has; all of them without a day, and where it has none."""
    address = parse_address(operation.address)
    whole = Change(
        address,
        _OPS[operation.op],
        tuple(FieldChange(str(row["path"]), row["before"], row["after"]) for row in operation.fields),
    )
    if day is None or not _is_asked(whole, day):
        return whole
    return replace(whole, fields=tuple(one for one in whole.fields if is_asked(whole, one, day)))


def _is_asked(change: Change, day: date) -> bool:
    """Tell whether the portal of a day has anything of what an operation asks for: it may have been opened before."""
    return any(is_asked(change, field, day) for field in change.fields)


def _gone(change: Change, day: date, say: Translator) -> str:
    """Return what stands in the place of a block where the portal of the day has nothing of what is asked for, else ""."""
    if _is_asked(change, day):
        return ""
    if change.address.group == "espaces" and day >= RENEWED:
        return say(_("Espaces: gone from the portal since 21 February 2023, so that nothing can be entered (rule CP506)"))
    return say(_("Not on the portal of {day}, so that nothing can be entered"), day=day_text(day.isoformat(), say))


def _block(group: str) -> str:
    """Return the portal's block in which the entries of a list stand."""
    found: Mapping[str, Any] = schema(STRICT["fiche-structure"])["properties"].get(group, {})
    return str(found.get("x-bloc", ""))


def heading(sheet: Worksheet, say: Translator) -> str:
    """Return what a worksheet is about, in one sentence."""
    if sheet.planned:
        messages = (
            _("{n} operation would be to do in Chorus Pro: {tally}."),
            _("{n} operations would be to do in Chorus Pro: {tally}."),
        )
    else:
        messages = (
            _("{n} operation to do in Chorus Pro: {tally}."),
            _("{n} operations to do in Chorus Pro: {tally}."),
        )
    if sheet.only_dropped:
        return dropped_heading(sheet, say)
    if sheet.count:
        counted = tally((task.operation for structure in sheet.structures for task in structure.tasks), say)
        return say.count(*messages, sheet.count, tally=counted)
    if sheet.targets:
        return say(_("Nothing to do in Chorus Pro for {targets}."), targets=", ".join(sheet.targets))
    return say(_("Nothing to do in Chorus Pro."))


def dropped_heading(sheet: Worksheet, say: Translator) -> str:
    """Return how many approved changes were dropped, in one sentence."""
    messages = (
        _("{n} approved change was dropped, and is not on the portal."),
        _("{n} approved changes were dropped, and are not on the portal."),
    )
    return say.count(*messages, len(sheet.given_up)) if sheet.given_up else say(_("Nothing was dropped."))


def dropped_why(operation: Operation, say: Translator) -> str:
    """Return when and by whom an operation was dropped, and why."""
    by = f", {operation.closed_by}" if operation.closed_by else ""
    message = _("operation {id}, dropped on {day}{by}: {reason}")
    day = (operation.closed_at or "?")[:10]
    return say(message, id=operation.id, day=day, by=by, reason=operation.reason or "?")


def reopen_command(operation: Operation) -> str:
    """Return the command that opens a dropped operation again."""
    return f"chorus-config confirm --reopen {quote(operation.address)}"


def since(operation: Operation, say: Translator) -> str:
    """Return the number of an operation and since when it is open, "" for one that nobody approved yet."""
    if not operation.id:
        return ""
    return say(_("operation {id}, open since {day}"), id=operation.id, day=day_text(operation.opened_at, say))
