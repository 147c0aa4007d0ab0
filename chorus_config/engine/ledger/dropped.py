"""What was dropped: approved, not on the portal, and waiting on no worksheet until somebody opens it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.engine.ledger.pending import ComparedSides, carried, pending_operation
from chorus_config.model.operation import Closing, Operation


def dropped_operations(operations: Iterable[Operation], sides: ComparedSides) -> tuple[Operation, ...]:
    """Return what would be to enter, had it not been dropped: by address, in the order it was first opened.

    `operations` are the open and the dropped ones of a store, in their order. Each found one leads from what is on the portal
    to what is approved now; its number, reason, day and author are those of the last that was dropped there. What a later
    approval, entry or reading took care of was not dropped.
    """
    dropped: dict[str, list[Operation]] = {}
    waiting: dict[str, Operation] = {}
    for one in operations:
        if one.state == "open":
            waiting[one.address] = one
        elif one.state == "dropped":
            dropped.setdefault(one.address, []).append(one)
    return tuple(_found(dropped, waiting, sides))


def _found(dropped: dict[str, list[Operation]], waiting: dict[str, Operation], sides: ComparedSides) -> Iterator[Operation]:
    for address, former in dropped.items():
        made = _left_to_enter(waiting.get(address), address, frozenset(path for one in former for path in one.paths), sides)
        if made is None:
            continue
        last = next((one for one in reversed(former) if {*one.paths} & {*made.paths}), former[-1])
        yield replace(
            carried(made, last),
            id=last.id, plan=last.plan, state="dropped", opened_at=last.opened_at,
            closed_at=last.closed_at, closed_by=last.closed_by, reason=last.reason,
        )  # fmt: skip


def _left_to_enter(waiting: Operation | None, address: str, paths: frozenset[str], sides: ComparedSides) -> Operation | None:
    """Return what is to be entered of the fields of a resource beside what waits there already, None for nothing."""
    if waiting is None:
        return pending_operation(address, paths, sides)
    # What is created or removed as a whole waits as a whole.
    made = pending_operation(address, paths - {*waiting.paths}, sides) if waiting.op == "update" else None
    return made if made is not None and made.op == "update" else None


class Reopening(Struct, frozen=True):
    """What opening dropped operations again does: those it opens, and the open ones on the same resources, which give way."""

    operations: tuple[Operation, ...]
    closings: tuple[Closing, ...]


def reopened(chosen: Sequence[Operation], waiting: Iterable[Operation], sides: ComparedSides, why: str) -> Reopening:
    """Return how dropped operations are opened again; no resource ever has two. `why` is noted for those that give way."""
    open_here = {one.address: one for one in waiting}
    made, closings = [], []
    for one in chosen:
        other = open_here.get(one.address)
        paths = {*one.paths, *(other.paths if other is not None else ())}
        new = pending_operation(one.address, paths, sides)
        if new is not None:
            made.append(carried(new, one))
            closings += [] if other is None else [Closing(other.id, "dropped", why)]
    return Reopening(tuple(made), tuple(closings))
