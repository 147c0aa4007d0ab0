"""Taking over what an observed source says: into what is confirmed, and into what is approved where nothing waits."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chorus_config.pipelines.drift import Waiting, aimed_at, waiting_fields
from chorus_config.pipelines.due import Sides, due, operation_of
from chorus_config.resources.compare import difference, in_order, patched
from chorus_config.resources.expand import Expanded, expand
from chorus_config.resources.fields import alike, is_on_portal, leaves
from chorus_config.resources.seal import canonical
from chorus_config.words.address import Address, parse_address
from chorus_config.words.change import Change, FieldChange
from chorus_config.words.document import Body
from chorus_config.words.held import Ledger
from chorus_config.words.operation import Operation
from chorus_config.words.recording import Recording
from chorus_config.words.snapshot import Record, Snapshot


@dataclass(frozen=True, slots=True)
class _Told:
    """What a source says of a structure or account: leaves by resource, and the lists that it reports whole."""

    leaves: Mapping[Address, Mapping[str, Any]]
    lists: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Store:
    """What is approved and confirmed, beside the sheets that say what is managed."""

    approved: Mapping[str, Record]
    ledger: Ledger
    sheets: Mapping[str, Record]

    def managed(self, root: str) -> tuple[Expanded, ...]:
        """Return what says which fields of a structure are managed: the approved record, and the sheet."""
        return tuple(expand(held[root].body) for held in (self.approved, self.sheets) if root in held)


def recorded(
    observed: Snapshot, approved: Snapshot, ledger: Ledger, sheets: Mapping[str, Record], targets: Sequence[str] = ()
) -> Recording:
    """Return what to write. `sheets` are those of the project, by root; `targets` are patterns of roots.

    What waits to be entered stays approved as it is, whatever the portal still says: no approval is undone from here. Nor is
    anything approved that no sheet manages.
    """
    store = _Store(approved.records, ledger, sheets)
    chosen = [root for root in sorted(observed.records) if aimed_at(root, targets)]
    told = {root: _told(observed.records[root]) for root in chosen if root in sheets or root in approved.records}
    records = dict(_records(told, store))
    confirmed = dict(_confirmed(told, ledger))
    seen = tuple(_seen(ledger.operations, told, approved, observed))
    return Recording(
        tuple(told),
        tuple(records.values()),
        confirmed,
        seen,
        tuple(_reopened(store, seen, records, confirmed)),
        tuple(_taken(approved, records)),
        tuple(root for root in chosen if root not in told),
    )


def _told(record: Record) -> _Told:
    found = expand(record.body)
    return _Told({address: leaves(resource) for address, resource in found.resources.items()}, found.lists)


def _records(told: Mapping[str, _Told], store: _Store) -> Iterator[tuple[str, Record]]:
    """Yield what is approved from now on, by root."""
    waiting = waiting_fields(store.ledger.operations)
    for root, there in told.items():
        managed = store.managed(root)
        known = store.approved.get(root)
        body = _changed(known, _as_written(_within(there, managed), managed), waiting)
        if body is not None:
            yield root, Record(root, body, (known or store.sheets[root]).path)


def _confirmed(told: Mapping[str, _Told], ledger: Ledger) -> Iterator[tuple[str, Body]]:
    """Yield what is known to be on the portal from now on, by root."""
    for root, there in told.items():
        known = ledger.confirmed.get(root)
        body = _changed(known, _as_written(there, () if known is None else (expand(known.body),)), {})
        if body is not None:
            yield root, body


def _within(told: _Told, managed: tuple[Expanded, ...]) -> _Told:
    """Return what a source reports of what is managed; a new entry of a managed list is taken whole."""
    lists = told.lists & frozenset(name for each in managed for name in each.lists)
    kept: dict[Address, Mapping[str, Any]] = {}
    for address, found in told.leaves.items():
        written = [leaves(each.resources[address]) for each in managed if address in each.resources]
        if address.parent == address or address.group in lists:
            kept[address] = {p: value for p, value in found.items() if not written or any(p in each for each in written)}
    return _Told(kept, lists)


def _as_written(told: _Told, known: tuple[Expanded, ...]) -> _Told:
    """Return what a source reports, in the form in which it is written already: an IBAN with or without blanks."""
    held = [{address: leaves(resource) for address, resource in each.resources.items()} for each in known]

    def _form(address: Address, path: str, value: object) -> object:
        written = (each[address][path] for each in held if path in each.get(address, {}))
        return next((one for one in written if alike(address.group, path, one, value)), value)

    named = {a: {path: _form(a, path, value) for path, value in found.items()} for a, found in told.leaves.items()}
    return _Told(named, told.lists)


def _changed(known: Record | None, told: _Told, waiting: Waiting) -> Body | None:
    """Return a body with all that a source reports, None when that is known already."""
    body = _merged(known, told, waiting)
    return body if known is None or canonical(known.body) != canonical(body) else None


def _merged(known: Record | None, told: _Told, waiting: Waiting) -> Body:
    """Return a body with all that a source reports; a reported list is complete. Fields that wait stay as they are."""
    before = expand(known.body) if known is not None else Expanded()
    changes = in_order((*_reported(before, told, waiting), *_gone(before, told, waiting)))
    return patched(before, changes, Expanded({}, told.lists))


def _reported(before: Expanded, told: _Told, waiting: Waiting) -> Iterator[Change]:
    for address, found in told.leaves.items():
        held = waiting.get(address)
        if held is not None and address not in before.resources and before.resources:
            # Its removal waits to be entered.
            continue
        values = {path: value for path, value in found.items() if path not in (held or ())}
        yield Change(address, "update", tuple(FieldChange(path, None, value) for path, value in values.items()))


def _gone(before: Expanded, told: _Told, waiting: Waiting) -> Iterator[Change]:
    for address in before.resources:
        if address.group in told.lists and address not in told.leaves and address not in waiting:
            yield Change(address, "delete", ())


def _taken(approved: Snapshot, records: Mapping[str, Record]) -> Iterator[Operation]:
    """Yield what changes in what was approved; of what is approved for the first time nothing changes."""
    for root, record in records.items():
        if root in approved.records:
            for change in difference(expand(approved.records[root].body), expand(record.body)):
                yield operation_of(change)


def _reopened(
    store: _Store, seen: Iterable[Operation], records: Mapping[str, Record], confirmed: Mapping[str, Body]
) -> Iterator[tuple[Operation, Operation]]:
    """Yield the open operations that do not lead from what the portal says now, each with what takes its place."""
    done, held = {one.id for one in seen}, store.ledger.confirmed
    now = {root: Record(root, body) for root, body in confirmed.items()}

    def _approved(root: str) -> Record | None:
        return records.get(root) or store.approved.get(root)

    before, after = Sides(_approved, held.get), Sides(_approved, lambda root: now.get(root) or held.get(root))
    for one in store.ledger.operations:
        if one.id in done or parse_address(one.address).root not in now:
            continue
        old, new = (due(one.address, one.paths, sides) for sides in (before, after))
        if new is not None and new != old:
            yield one, new


def _seen(still: Iterable[Operation], roots: Container[str], approved: Snapshot, observed: Snapshot) -> Iterator[Operation]:
    for one in still:
        if parse_address(one.address).root in roots and _is_seen(one, approved, observed):
            yield one


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
    return bool(fields) and all(
        path in shown and alike(address.group, path, shown[path], values.get(path, after)) for path, after in fields
    )


def _approved_values(address: Address, approved: Snapshot) -> Mapping[str, Any]:
    record = approved.records.get(address.root)
    return leaves(expand(record.body).resources.get(address, {})) if record is not None else {}
