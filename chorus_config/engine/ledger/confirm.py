"""The ledger of what is to be entered: approvals open operations, people settle them, and what is confirmed follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from chorus_config.diff.compare import difference, patched
from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import alike, leaves
from chorus_config.diff.operations import is_entered
from chorus_config.model.address import Address, parse_address
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Change, FieldChange
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record


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


def unconfirmed(approved: Body, confirmed: Body | None, day: date) -> tuple[Change, ...]:
    """Return what is approved and not known to be on the portal.

    What only the project declares, and what the portal of the day does not have, is never looked for there.
    """
    on_portal = expand(confirmed) if confirmed is not None else Expanded()
    return tuple(
        c for c in difference(on_portal, expand(approved)) if is_entered(c, day) and not (c.op == "update" and _is_form_only(c))
    )


def _is_form_only(change: Change) -> bool:
    """Tell whether only the form of bank details changes, their blanks."""
    return all(alike(change.address.group, field.path, field.before, field.after) for field in change.fields)


def targeted(operations: Iterable[Operation], targets: Sequence[str]) -> tuple[Operation, ...]:
    """Return the operations that targets name: patterns on identifiants (or `comptes/REF`), or whole addresses; all without."""
    return tuple(
        one
        for one in operations
        if not targets or any(t == one.address or fnmatchcase(parse_address(one.address).root, t) for t in targets)
    )


def _entered(operations: Sequence[Operation], approved: Record | None, confirmed: Record | None) -> Body | None:
    """Return what is on the portal of one structure or account, None when it is gone."""
    wanted = expand(approved.body) if approved is not None else Expanded()
    on_portal = expand(confirmed.body) if confirmed is not None else Expanded()
    addresses = [parse_address(operation.address) for operation in operations]
    owner = addresses[0].parent
    if any(one.op == "delete" and address == owner for one, address in zip(operations, addresses, strict=True)):
        return None
    resources = {**({} if owner in on_portal.resources else {owner: least_named(wanted, owner)}), **on_portal.resources}
    target = Expanded(resources, on_portal.lists | frozenset(address.group for address in addresses if address != owner))
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


def least_named(wanted: Expanded, owner: Address) -> Mapping[str, Any]:
    """Return the least that names a structure or account: of the rest nothing is confirmed yet."""
    names = ("type", "version", "ref") if owner.group else ("type", "version", "type_identifiant", "identifiant")
    usual: dict[str, Any] = (
        {"type": "compte-utilisateur", "version": 1, "ref": owner.owner}
        if owner.group
        else {"type": "fiche-structure", "version": 1, "identifiant": owner.owner}
    )
    known = wanted.resources.get(owner, {})
    return {**usual, **{name: known[name] for name in names if name in known}}
