"""What an approval leaves to be entered on the portal, resource by resource."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.compare import deletion
from chorus_config.diff.expand import Expanded, Resource, expand
from chorus_config.diff.fields import alike, is_on_portal, leaves, managed
from chorus_config.diff.operations import each_operation, is_entered, operation_of
from chorus_config.model.address import Address, parse_address
from chorus_config.model.operation import Closing, Operation
from chorus_config.model.plan import Change, FieldChange, Plan
from chorus_config.model.snapshot import Record
from chorus_config.model.streamed.rows import Rows


def carried(new: Operation, *former: Operation | None) -> Operation:
    """Return an operation with the gesture that those whose place it takes had noted for the same creation."""
    noted = next((one.noted for one in former if one is not None and one.op == new.op == "create" and one.noted), None)
    return replace(new, noted=noted)


# By these a structure or account is named before anything of it is on the portal.
_NAMES: Final = frozenset({"/type", "/version", "/type_identifiant", "/identifiant", "/ref"})
# How many structures are kept expanded.
_SIDES: Final = 256
# Finds the record of a root.
_Find = Callable[[str], Record | None]


class ComparedSides:
    """What is approved and what is known to be on the portal; a root that has no record is nowhere.

    With a day, only what the portal of that day has is ever to be entered.
    """

    def __init__(self, approved: _Find, confirmed: _Find, day: date | None = None) -> None:
        self.day = day
        # A structure may have thousands of entries: it is expanded once, as long as its entries are asked for in a row.
        self._approved = lru_cache(_SIDES)(lambda root: _expanded(approved(root)))
        self._confirmed = lru_cache(_SIDES)(lambda root: _expanded(confirmed(root)))

    def on_portal(self, address: Address) -> Resource | None:
        """Return a resource as it is on the portal, None where it is not."""
        before = self._confirmed(address.root).resources.get(address)
        return None if before is not None and _is_name_only(address, before) else before

    def of(self, address: Address) -> tuple[Resource | None, Resource | None]:
        """Return a resource as it is on the portal and as it is approved, None where it is not."""
        return self.on_portal(address), self._approved(address.root).resources.get(address)


def pending_operation(name: str, paths: Collection[str], sides: ComparedSides) -> Operation | None:
    """Return what is to be entered for the resource of an address, None for nothing; sensitive values are masked.

    Of a resource that is on the portal, only the fields `paths` are asked for: others may have been dropped on purpose.
    """
    address = parse_address(name)
    before, after = sides.of(address)
    change = _change(address, before, after, paths)
    return operation_of(change) if change is not None and is_entered(change, sides.day) else None


def _change(address: Address, before: Resource | None, after: Resource | None, paths: Collection[str]) -> Change | None:
    if after is None:
        return deletion(address, before) if before is not None else None
    wanted = managed(address, after)
    if before is None:
        return Change(address, "create", tuple(FieldChange(path, None, value) for path, value in wanted.items()))
    known = leaves(before)
    fields = tuple(
        FieldChange(path, known.get(path), value)
        for path, value in wanted.items()
        if path in paths and not alike(address.group, path, known.get(path), value)
    )
    return Change(address, "update", fields) if fields else None


def _expanded(record: Record | None) -> Expanded:
    return Expanded() if record is None else expand(record.body)


def _is_name_only(address: Address, resource: Resource) -> bool:
    return address.parent == address and leaves(resource).keys() <= _NAMES


class Opening(Struct, frozen=True):
    """What an approval does to the ledger: the operations it opens, the open ones it takes the place of."""

    operations: Iterable[Operation]
    closings: tuple[Closing, ...]


def open_operations(
    plan: Plan, waiting_before: Iterable[Operation], forgotten: Collection[str], sides: ComparedSides, why: str
) -> Opening:
    """Return what is to be entered after a plan is approved; no resource ever has two open operations.

    What was not yet entered is taken up: an operation leads from what is on the portal, as far as it is known, to what is
    approved now, for the fields of both; `sides` are these two. What an approval undoes needs no entering at all. `why` is
    the reason noted for the operations that give way; `forgotten` roots keep none.
    """
    waiting = {operation.address: operation for operation in waiting_before}
    # A first approval opens many times what anybody could hold: one is made when its turn to be written comes.
    new = Rows(lambda: chain(each_operation(plan.changes, date.fromisoformat(plan.as_of)), _outdated(plan, waiting, sides)))
    kept = Rows(lambda: filter(None, (_opened(one, waiting.get(one.address), sides) for one in new)))
    replaced = {o.address for o in waiting.values() if parse_address(o.address).root in forgotten}
    replaced |= {one.address for one in new if one.address in waiting} if waiting else set()
    closings = tuple(Closing(o.id, "dropped", why) for address, o in waiting.items() if address in replaced)
    return Opening(kept, closings)


def _opened(one: Operation, former: Operation | None, sides: ComparedSides) -> Operation | None:
    """Return what is to be entered for a change, given as its own operation; None for nothing."""
    if one.op == "create" and former is None and sides.on_portal(parse_address(one.address)) is None:
        # Nothing of it is anywhere: it is to be entered as it is written.
        return one
    made = pending_operation(one.address, _paths(one, former), sides)
    return None if made is None else carried(made, former, one)


def _outdated(plan: Plan, waiting: Mapping[str, Operation], sides: ComparedSides) -> Iterator[Operation]:
    """Yield the changes that ask nobody for anything, but are of a resource whose open operation asks for something else now.

    So it is where the portal itself renamed a role of a user who is not attached yet.
    """
    for change in plan.changes:
        former = waiting.get(str(change.address))
        if former is None or is_entered(change, sides.day):
            continue
        now = pending_operation(former.address, former.paths, sides)
        if now is None or _asked(now, sides.day) != _asked(former, sides.day):
            yield operation_of(change)


def _asked(operation: Operation, day: date | None) -> list[Mapping[str, object]]:
    group = parse_address(operation.address).group
    return [row for row in operation.fields if is_on_portal(group, str(row["path"]), day)]


def _paths(*merged: Operation | None) -> frozenset[str]:
    return frozenset(path for one in merged if one is not None for path in one.paths)


def history_rows(waiting_before: Iterable[Operation], closings: Iterable[Closing]) -> list[dict[str, object]]:
    """Return what the history keeps of the operations that a write settles: no value, sensitive or not."""
    known = {operation.id: operation for operation in waiting_before}
    return [
        {
            "id": one.id, "address": known[one.id].address, "op": known[one.id].op, "gesture": known[one.id].gesture,
            "state": one.state, "reason": one.reason,
        }
        for one in closings
    ]  # fmt: skip
