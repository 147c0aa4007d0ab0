"""The ledger of what is to be entered: approvals open operations, people settle them, and what is confirmed follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from chorus_config.pipelines.due import Sides, due
from chorus_config.pipelines.operations import is_entered
from chorus_config.resources.compare import difference, patched
from chorus_config.resources.expand import Expanded, expand
from chorus_config.resources.fields import alike, leaves
from chorus_config.words.address import Address, parse_address
from chorus_config.words.change import Change, FieldChange
from chorus_config.words.document import Body
from chorus_config.words.operation import Closing, Operation
from chorus_config.words.snapshot import Record


@dataclass(frozen=True, slots=True)
class Opening:
    """What an approval does to the ledger: the operations it opens, the open ones it takes the place of."""

    operations: tuple[Operation, ...]
    closings: tuple[Closing, ...]


def opened(new: Sequence[Operation], still: Iterable[Operation], forgotten: Collection[str], sides: Sides, why: str) -> Opening:
    """Return what is to be entered after an approval; no resource ever has two open operations.

    What was not yet entered is taken up: an operation leads from what is on the portal, as far as it is known, to what is
    approved now, for the fields of both; `sides` are these two. What an approval undoes needs no entering at all. `why` is
    the reason noted for the operations that give way; `forgotten` roots keep none.
    """
    waiting = {operation.address: operation for operation in still}
    kept = [made for one in new if (made := due(one.address, _paths(one, waiting.get(one.address)), sides)) is not None]
    gone = [o for o in waiting.values() if parse_address(o.address).root in forgotten]
    touched = {one.address for one in new} | {one.address for one in gone}
    closings = tuple(Closing(o.id, "dropped", why) for address, o in waiting.items() if address in touched)
    return Opening(tuple(kept), closings)


def _paths(*merged: Operation | None) -> frozenset[str]:
    return frozenset(path for one in merged if one is not None for path in one.paths)


def noted(still: Iterable[Operation], closings: Iterable[Closing]) -> list[dict[str, object]]:
    """Return what the history keeps of the operations that a write settles: no value, sensitive or not."""
    known = {operation.id: operation for operation in still}
    return [
        {
            "id": one.id, "address": known[one.id].address, "op": known[one.id].op, "state": one.state, "reason": one.reason,
        }
        for one in closings
    ]  # fmt: skip


def confirmed_after(
    entered: Iterable[Operation], approved: Mapping[str, Record], confirmed: Mapping[str, Record]
) -> dict[str, Body | None]:
    """Return what is on the portal once operations are entered, by root: None when nothing of a root is left.

    Values come from what is approved: sensitive ones stand masked in the operations.
    """
    by_root: dict[str, list[Operation]] = {}
    for operation in entered:
        by_root.setdefault(parse_address(operation.address).root, []).append(operation)
    return {root: _entered(operations, approved.get(root), confirmed.get(root)) for root, operations in by_root.items()}


def unconfirmed(approved: Body, confirmed: Body | None) -> tuple[Change, ...]:
    """Return what is approved and not known to be on the portal; what only the project declares is never looked for there."""
    here = expand(confirmed) if confirmed is not None else Expanded()
    return tuple(c for c in difference(here, expand(approved)) if is_entered(c) and not (c.op == "update" and _is_form_only(c)))


def _is_form_only(change: Change) -> bool:
    """Tell whether only the form of bank details changes, their blanks."""
    return all(alike(change.address.group, field.path, field.before, field.after) for field in change.fields)


def in_reach(operations: Iterable[Operation], targets: Sequence[str]) -> tuple[Operation, ...]:
    """Return the operations that targets name: patterns on identifiants (or `comptes/REF`), or whole addresses; all without."""
    return tuple(
        one
        for one in operations
        if not targets or any(t == one.address or fnmatchcase(parse_address(one.address).root, t) for t in targets)
    )


def _entered(operations: Sequence[Operation], approved: Record | None, now: Record | None) -> Body | None:
    """Return what is on the portal of one structure or account, None when it is gone."""
    wanted = expand(approved.body) if approved is not None else Expanded()
    here = expand(now.body) if now is not None else Expanded()
    addresses = [parse_address(operation.address) for operation in operations]
    owner = addresses[0].parent
    if any(one.op == "delete" and address == owner for one, address in zip(operations, addresses, strict=True)):
        return None
    resources = {**({} if owner in here.resources else {owner: _named(wanted, owner)}), **here.resources}
    target = Expanded(resources, here.lists | frozenset(address.group for address in addresses if address != owner))
    return patched(target, [_entry(one, wanted, target) for one in operations], Expanded())


def _entry(operation: Operation, wanted: Expanded, target: Expanded) -> Change:
    """Return what entering one operation does."""
    address = parse_address(operation.address)
    if operation.op == "delete":
        return Change(address, "delete", ())
    values = leaves(wanted.resources.get(address, {}))
    fields = {str(row["path"]): values.get(str(row["path"]), row["after"]) for row in operation.fields}
    # What was lost on the portal meanwhile is there again as a whole, not only in the fields that changed.
    whole = fields if address in target.resources else {**fields, **values}
    return Change(address, "update", _set_to(whole))


def _set_to(values: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(path, None, value) for path, value in values.items())


def _named(wanted: Expanded, owner: Address) -> Mapping[str, Any]:
    """Return the least that names a structure or account: of the rest nothing is confirmed yet."""
    names = ("type", "version", "ref") if owner.group else ("type", "version", "type_identifiant", "identifiant")
    usual: dict[str, Any] = (
        {"type": "compte-utilisateur", "version": 1, "ref": owner.owner}
        if owner.group
        else {"type": "fiche-structure", "version": 1, "identifiant": owner.owner}
    )
    known = wanted.resources.get(owner, {})
    return {**usual, **{name: known[name] for name in names if name in known}}
