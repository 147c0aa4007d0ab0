"""Taking over what an observed source says: into what is confirmed, and into what is approved where nothing waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chorus_config.diff.compare import difference, in_order, patched
from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import alike, is_on_portal, leaves, scope_of
from chorus_config.diff.seal import canonical
from chorus_config.engine.drift.compare import PendingFields, matches_target, pending_fields
from chorus_config.engine.ledger.pending import ComparedSides, operation_of, pending_operation
from chorus_config.model.address import Address, parse_address
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Change, FieldChange
from chorus_config.model.recording import Recording
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import HistoryEntry, Ledger
from chorus_config.model.text_file import Body


@dataclass(frozen=True, slots=True)
class _Told:
    """What a source says of a structure or account: leaves by resource, and the lists that it reports whole."""

    leaves: Mapping[Address, Mapping[str, Any]]
    lists: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Store:
    """What is approved and confirmed, and the sheets."""

    approved: Mapping[str, Record]
    ledger: Ledger
    sheets: Mapping[str, Record]


def record_snapshot(
    observed: Snapshot, approved: Snapshot, ledger: Ledger, sheets: Mapping[str, Record], targets: Sequence[str] = ()
) -> Recording:
    """Return what to write. `sheets` are those of the project, by root; `targets` are patterns of roots.

    What waits to be entered stays approved as it is, whatever the portal still says: no approval is undone from here. All else
    that is reported is known from now on, managed or not: a list that a sheet comes to manage is compared with it.
    """
    store = _Store(approved.records, ledger, sheets)
    chosen = [root for root in sorted(observed.records) if matches_target(root, targets)]
    told = {root: _told(observed.records[root]) for root in chosen if root in sheets or root in approved.records}
    records = dict(_records(told, store))
    confirmed = dict(_confirmed(told, ledger))
    seen = tuple(_seen(store, told))
    return Recording(
        tuple(told),
        tuple(records.values()),
        confirmed,
        seen,
        tuple(_reopened(store, seen, records, confirmed)),
        tuple(_taken(store, records)),
        tuple(root for root in chosen if root not in told),
    )


def last_known_at(past: Iterable[HistoryEntry], roots: Collection[str]) -> str | None:
    """Return the instant of the last that is known of the portal about some structures: entered then, or read then."""
    aimed = frozenset(roots)
    instants = (instant for one in past for instant in _noted(one, aimed))
    return max(instants, key=datetime.fromisoformat, default=None)


def _noted(past: HistoryEntry, roots: frozenset[str]) -> Iterator[str]:
    rows: Any = past.document.get("operations", ())
    if past.event == "record":
        # What counts is when it was read, not when that was written down.
        if roots & {*past.document.get("structures", ())} and past.document.get("taken_at"):
            yield str(past.document["taken_at"])
    elif any(parse_address(str(row["address"])).root in roots and row["state"] == "entered" for row in rows):
        yield past.at


def _told(record: Record) -> _Told:
    found = expand(record.body)
    return _Told({address: leaves(resource) for address, resource in found.resources.items()}, found.lists)


def _records(told: Mapping[str, _Told], store: _Store) -> Iterator[tuple[str, Record]]:
    """Yield what is approved from now on, by root."""
    waiting = pending_fields(store.ledger.operations)
    for root, there in told.items():
        known, sheet = store.approved.get(root), store.sheets.get(root)
        written = tuple(expand(each.body) for each in (known, sheet) if each is not None)
        told_here = there if known is not None or sheet is None else _named_as(there, expand(sheet.body))
        body = _changed(known, _as_written(told_here, written), waiting)
        if body is not None:
            yield root, Record(root, body, (known or store.sheets[root]).path)


def _confirmed(told: Mapping[str, _Told], ledger: Ledger) -> Iterator[tuple[str, Body]]:
    """Yield what is known to be on the portal from now on, by root."""
    for root, there in told.items():
        known = ledger.confirmed.get(root)
        body = _changed(known, _as_written(there, () if known is None else (expand(known.body),)), {})
        if body is not None:
            yield root, body


def _named_as(told: _Told, sheet: Expanded) -> _Told:
    """Return what a source reports of what is approved for the first time: what kind of identifiant it is, the sheet knows."""
    root = next(iter(told.leaves))
    kinds = {path: value for path, value in leaves(sheet.resources[root]).items() if path == "/type_identifiant"}
    return _Told({**told.leaves, root: {**kinds, **told.leaves[root]}}, told.lists)


def _as_written(told: _Told, known: tuple[Expanded, ...]) -> _Told:
    """Return what a source reports, in the form in which it is written already: an IBAN with or without blanks."""
    held = [{address: leaves(resource) for address, resource in each.resources.items()} for each in known]

    def _form(address: Address, path: str, value: object) -> object:
        written = (each[address][path] for each in held if path in each.get(address, {}))
        return next((one for one in written if alike(address.group, path, one, value)), value)

    named = {a: {path: _form(a, path, value) for path, value in found.items()} for a, found in told.leaves.items()}
    return _Told(named, told.lists)


def _changed(known: Record | None, told: _Told, waiting: PendingFields) -> Body | None:
    """Return a body with all that a source reports, None when that is known already."""
    body = _merged(known, told, waiting)
    return body if known is None or canonical(known.body) != canonical(body) else None


def _merged(known: Record | None, told: _Told, waiting: PendingFields) -> Body:
    """Return a body with all that a source reports; a reported list is complete. Fields that wait stay as they are."""
    before = expand(known.body) if known is not None else Expanded()
    changes = in_order((*_reported(before, told, waiting), *_gone(before, told, waiting)))
    return patched(before, changes, Expanded({}, told.lists))


def _reported(before: Expanded, told: _Told, waiting: PendingFields) -> Iterator[Change]:
    for address, found in told.leaves.items():
        held = waiting.get(address)
        if held is not None and address not in before.resources and before.resources:
            # Its removal waits to be entered.
            continue
        values = {path: value for path, value in found.items() if path not in (held or ())}
        yield Change(address, "update", tuple(FieldChange(path, None, value) for path, value in values.items()))


def _gone(before: Expanded, told: _Told, waiting: PendingFields) -> Iterator[Change]:
    for address in before.resources:
        if address.group in told.lists and address not in told.leaves and address not in waiting:
            yield Change(address, "delete", ())


def _taken(store: _Store, records: Mapping[str, Record]) -> Iterator[Operation]:
    """Yield what changes in what was approved and is managed; of what is approved for the first time nothing changes."""
    for root, record in records.items():
        if root not in store.approved:
            continue
        scope = scope_of(expand(store.sheets[root].body)) if root in store.sheets else None
        for change in difference(expand(store.approved[root].body), expand(record.body)):
            fields = tuple(field for field in change.fields if scope is None or scope.holds(change.address, field.path))
            if fields:
                yield operation_of(replace(change, fields=fields))


def _reopened(
    store: _Store, seen: Iterable[Operation], records: Mapping[str, Record], confirmed: Mapping[str, Body]
) -> Iterator[tuple[Operation, Operation]]:
    """Yield the open operations that do not lead from what the portal says now, each with what takes its place."""
    done, held = {one.id for one in seen}, store.ledger.confirmed
    now = {root: Record(root, body) for root, body in confirmed.items()}

    def _approved(root: str) -> Record | None:
        return records.get(root) or store.approved.get(root)

    before, after = (
        ComparedSides(store.approved.get, held.get),
        ComparedSides(_approved, lambda root: now.get(root) or held.get(root)),
    )
    for one in store.ledger.operations:
        if one.id in done or parse_address(one.address).root not in now:
            continue
        old, new = (pending_operation(one.address, one.paths, sides) for sides in (before, after))
        if new is not None and new != old:
            yield one, new


def _seen(store: _Store, told: Mapping[str, _Told]) -> Iterator[Operation]:
    wanted = ComparedSides(store.approved.get, lambda _root: None)
    for one in store.ledger.operations:
        address = parse_address(one.address)
        if address.root in told and _is_seen(one, address, told[address.root], wanted.of(address)[1]):
            yield one


def _is_seen(operation: Operation, address: Address, there: _Told, approved: Mapping[str, Any] | None) -> bool:
    """Tell whether a source shows all that an operation asks for; what it does not report is not shown."""
    if operation.op == "delete":
        return address.group in there.lists and address not in there.leaves
    if address not in there.leaves:
        return False
    values, shown = leaves(approved or {}), there.leaves[address]
    fields = [(str(row["path"]), row["after"]) for row in operation.fields if is_on_portal(address.group, str(row["path"]))]
    # Sensitive values stand masked in operations: what is approved knows them.
    return bool(fields) and all(
        path in shown and alike(address.group, path, shown[path], values.get(path, after)) for path, after in fields
    )
