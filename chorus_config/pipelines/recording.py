"""Taking over what an observed source says: into what is confirmed, and into what is approved where nothing waits."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chorus_config.pipelines.drift import Waiting, aimed_at, waiting_fields
from chorus_config.resources.compare import in_order, patched
from chorus_config.resources.detail import same
from chorus_config.resources.expand import Expanded, expand
from chorus_config.resources.fields import is_on_portal, leaves
from chorus_config.resources.seal import canonical
from chorus_config.words.address import Address, parse_address
from chorus_config.words.change import Change, FieldChange
from chorus_config.words.document import Body
from chorus_config.words.held import Ledger
from chorus_config.words.operation import Closing, Operation
from chorus_config.words.snapshot import Record, Snapshot


@dataclass(frozen=True, slots=True)
class Recording:
    """What recording a snapshot would write, and the structures that are left aside: neither a sheet nor a record names them.

    `roots` are those recorded, whether they change or not; `seen` are the operations that the source shows to be entered.
    """

    roots: tuple[str, ...]
    records: tuple[Record, ...]
    confirmed: Mapping[str, Body]
    seen: tuple[Operation, ...]
    left_aside: tuple[str, ...]

    @property
    def closings(self) -> tuple[Closing, ...]:
        """How the seen operations end."""
        return tuple(Closing(operation.id, "seen") for operation in self.seen)

    @property
    def changes_nothing(self) -> bool:
        """Whether the store says all of it already."""
        return not (self.records or self.confirmed or self.seen)


def recorded(
    observed: Snapshot, approved: Snapshot, ledger: Ledger, paths: Mapping[str, str], targets: Sequence[str] = ()
) -> Recording:
    """Return what to write. `paths` are the files of the sheets, by root; `targets` are patterns of roots.

    What waits to be entered stays approved as it is, whatever the portal still says: no approval is undone from here.
    """
    chosen = [root for root in sorted(observed.records) if aimed_at(root, targets)]
    ours = [root for root in chosen if root in paths or root in approved.records]
    roots = {root: expand(observed.records[root].body) for root in ours}
    waiting = waiting_fields(ledger.operations)
    taken = {root: _changed(approved.records.get(root), told, waiting) for root, told in roots.items()}
    known = {root: _changed(ledger.confirmed.get(root), told, {}) for root, told in roots.items()}
    return Recording(
        tuple(ours),
        tuple(Record(root, body, _path(root, approved, paths)) for root, body in taken.items() if body is not None),
        {root: body for root, body in known.items() if body is not None},
        tuple(_seen(ledger.operations, roots, approved, observed)),
        tuple(root for root in chosen if root not in roots),
    )


def _seen(still: Iterable[Operation], roots: Container[str], approved: Snapshot, observed: Snapshot) -> Iterator[Operation]:
    for one in still:
        if parse_address(one.address).root in roots and _is_seen(one, approved, observed):
            yield one


def _path(root: str, approved: Snapshot, paths: Mapping[str, str]) -> str:
    return approved.records[root].path if root in approved.records else paths[root]


def _changed(known: Record | None, told: Expanded, waiting: Waiting) -> Body | None:
    """Return a body with all that a source reports, None when that is known already."""
    body = _merged(known, told, waiting)
    return body if known is None or canonical(known.body) != canonical(body) else None


def _merged(known: Record | None, told: Expanded, waiting: Waiting) -> Body:
    """Return a body with all that a source reports; a reported list is complete. Fields that wait stay as they are."""
    before = expand(known.body) if known is not None else Expanded()
    changes = in_order((*_reported(before, told, waiting), *_gone(before, told, waiting)))
    return patched(before, changes, Expanded({}, told.lists))


def _reported(before: Expanded, told: Expanded, waiting: Waiting) -> Iterator[Change]:
    for address, resource in told.resources.items():
        held = waiting.get(address)
        if held is not None and address not in before.resources and before.resources:
            # Its removal waits to be entered.
            continue
        values = {path: value for path, value in leaves(resource).items() if path not in (held or ())}
        yield Change(address, "update", tuple(FieldChange(path, None, value) for path, value in values.items()))


def _gone(before: Expanded, told: Expanded, waiting: Waiting) -> Iterator[Change]:
    for address in before.resources:
        if address.group in told.lists and address not in told.resources and address not in waiting:
            yield Change(address, "delete", ())


def _is_seen(operation: Operation, approved: Snapshot, observed: Snapshot) -> bool:
    """Tell whether a source shows all that an operation asks for; what it does not report is not shown."""
    address = parse_address(operation.address)
    told = observed.records.get(address.root)
    if told is None:
        return False
    there = expand(told.body)
    if operation.op == "delete":
        return address.group in there.lists and address not in there.resources
    if address not in there.resources:
        return False
    values, shown = _approved_values(address, approved), leaves(there.resources[address])
    fields = [(str(row["path"]), row["after"]) for row in operation.fields if is_on_portal(address.group, str(row["path"]))]
    # Sensitive values stand masked in operations: what is approved knows them.
    return bool(fields) and all(path in shown and same(shown[path], values.get(path, after)) for path, after in fields)


def _approved_values(address: Address, approved: Snapshot) -> Mapping[str, Any]:
    record = approved.records.get(address.root)
    return leaves(expand(record.body).resources.get(address, {})) if record is not None else {}
