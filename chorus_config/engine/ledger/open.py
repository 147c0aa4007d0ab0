"""What an approval opens: operations to be entered, in the place of those that waited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from chorus_config.engine.ledger.pending import ComparedSides, pending_operation
from chorus_config.model.address import parse_address
from chorus_config.model.operation import Closing, Operation


@dataclass(frozen=True, slots=True)
class Opening:
    """What an approval does to the ledger: the operations it opens, the open ones it takes the place of."""

    operations: tuple[Operation, ...]
    closings: tuple[Closing, ...]


def open_operations(
    new: Sequence[Operation], waiting_before: Iterable[Operation], forgotten: Collection[str], sides: ComparedSides, why: str
) -> Opening:
    """Return what is to be entered after an approval; no resource ever has two open operations.

    What was not yet entered is taken up: an operation leads from what is on the portal, as far as it is known, to what is
    approved now, for the fields of both; `sides` are these two. What an approval undoes needs no entering at all. `why` is
    the reason noted for the operations that give way; `forgotten` roots keep none.
    """
    waiting = {operation.address: operation for operation in waiting_before}
    kept = [
        made
        for one in new
        if (made := pending_operation(one.address, _paths(one, waiting.get(one.address)), sides)) is not None
    ]
    forgotten_operations = [o for o in waiting.values() if parse_address(o.address).root in forgotten]
    replaced = {one.address for one in new} | {one.address for one in forgotten_operations}
    closings = tuple(Closing(o.id, "dropped", why) for address, o in waiting.items() if address in replaced)
    return Opening(tuple(kept), closings)


def _paths(*merged: Operation | None) -> frozenset[str]:
    return frozenset(path for one in merged if one is not None for path in one.paths)


def history_rows(waiting_before: Iterable[Operation], closings: Iterable[Closing]) -> list[dict[str, object]]:
    """Return what the history keeps of the operations that a write settles: no value, sensitive or not."""
    known = {operation.id: operation for operation in waiting_before}
    return [
        {
            "id": one.id, "address": known[one.id].address, "op": known[one.id].op, "state": one.state, "reason": one.reason,
        }
        for one in closings
    ]  # fmt: skip
