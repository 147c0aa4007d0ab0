"""Taking over what an observed source says: into what is confirmed, and into what is approved where nothing waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.compare import difference, in_order, patched
from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import alike, is_on_portal, leaves
from chorus_config.diff.lost_letters import is_fuller, shows
from chorus_config.diff.names import names_in
from chorus_config.diff.operations import operation_of
from chorus_config.diff.scope import scope_of
from chorus_config.diff.sensitive import canonical
from chorus_config.engine.drift.compare import PendingFields, matches_target, pending_fields
from chorus_config.engine.ledger.confirm import least_named
from chorus_config.engine.ledger.pending import ComparedSides, carried, pending_operation
from chorus_config.model.address import Address, parse_address
from chorus_config.model.operation import Operation, Recording
from chorus_config.model.plan import Change, FieldChange
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import HistoryEntry, Ledger

# What was adopted into sheets, by root, then by resource: leaves as the source reports them.
AdoptedValues = Mapping[str, Mapping[Address, Mapping[str, Any]]]


class _Reported(Struct, frozen=True):
    """What a source says of a structure or account: leaves by resource, and the lists that it speaks of.

    `whole` says that it is all that the source says, so that its lists are complete.
    """

    leaves: Mapping[Address, Mapping[str, Any]]
    lists: frozenset[str]
    whole: bool = True

    def lacks(self, address: Address) -> bool:
        """Tell whether an entry is said not to be there."""
        return self.whole and address.group in self.lists and address not in self.leaves


class _Known(Struct, frozen=True):
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
    known_state = _Known(approved.records, ledger, sheets)
    roots = [root for root in sorted(observed.records) if matches_target(root, targets)]
    reported = {root: _reported_by(observed.records[root]) for root in roots if root in sheets or root in approved.records}
    records = dict(_records(reported, known_state))
    confirmed = dict(_confirmed(reported, ledger))
    seen = tuple(_seen(known_state, reported))
    return Recording(
        tuple(reported),
        tuple(records.values()),
        confirmed,
        seen,
        tuple(_reopened(known_state, seen, records, confirmed)),
        tuple(_taken(known_state, records)),
        tuple(root for root in roots if root not in reported),
        names_in(roots, sheets, approved.records, observed.records),
    )


def record_adopted(adopted: AdoptedValues, observed: Snapshot, approved: Snapshot, ledger: Ledger) -> Recording:
    """Return what to write when values of a source were adopted into sheets: they are on the portal, nothing is approved.

    Of a structure or account of which nothing is approved yet, all that the source says is known from then on.
    """
    reported = {root: _adopted_of(root, adopted, observed, approved, ledger) for root in adopted}
    confirmed = dict(_confirmed(reported, ledger))
    known_state = _Known(approved.records, ledger, {})
    seen = tuple(_seen(known_state, reported))
    return Recording((*reported,), (), confirmed, seen, tuple(_reopened(known_state, seen, {}, confirmed)), (), ())


def _adopted_of(root: str, adopted: AdoptedValues, observed: Snapshot, approved: Snapshot, ledger: Ledger) -> _Reported:
    record = observed.records[root]
    found, values = _reported_by(record), adopted[root]
    if root not in approved.records:
        values = found.leaves
    if root not in ledger.confirmed:
        owner = parse_address(root)
        values = {**values, owner: {**leaves(least_named(expand(record.body), owner)), **values.get(owner, {})}}
    lists = frozenset(address.group for address in values if address.parent != address)
    return _Reported(values, lists, whole=False)


def last_known_at(history: Iterable[HistoryEntry], roots: Collection[str]) -> str | None:
    """Return the instant of the last that is known of the portal about some structures: entered then, or read then."""
    aimed = frozenset(roots)
    instants = (instant for one in history for root, instant in _noted(one) if root in aimed)
    return max(instants, key=datetime.fromisoformat, default=None)


def last_known_by_root(history: Iterable[HistoryEntry]) -> dict[str, str]:
    """Return the same instant of each structure and account of which anything was ever noted."""
    latest: dict[str, str] = {}
    for root, instant in (noted for entry in history for noted in _noted(entry)):
        latest[root] = max(latest.get(root, instant), instant, key=datetime.fromisoformat)
    return latest


def _noted(entry: HistoryEntry) -> Iterator[tuple[str, str]]:
    """Yield the structures and accounts of which a write noted what is on the portal, with the instant of that."""
    rows: Any = entry.document.get("operations", ())
    taken = entry.document.get("taken_at")
    if entry.event not in {"record", "import"}:
        yield from dict.fromkeys((parse_address(str(r["address"])).root, entry.at) for r in rows if r["state"] == "entered")
    elif taken:
        # What counts is when it was read, not when that was written down; and it was read before.
        instant = min(str(taken), entry.at, key=datetime.fromisoformat)
        yield from ((root, instant) for root in dict.fromkeys(entry.document.get("structures", ())))


def _reported_by(record: Record) -> _Reported:
    found = expand(record.body)
    return _Reported({address: leaves(resource) for address, resource in found.resources.items()}, found.lists)


def _records(reported: Mapping[str, _Reported], known_state: _Known) -> Iterator[tuple[str, Record]]:
    """Yield what is approved from now on, by root."""
    waiting = pending_fields(known_state.ledger.operations)
    for root, there in reported.items():
        known, sheet = known_state.approved.get(root), known_state.sheets.get(root)
        written = tuple(expand(each.body) for each in (known, sheet) if each is not None)
        told_here = there if known is not None or sheet is None else _named_as(there, expand(sheet.body))
        body = _changed(known, _as_written(told_here, written), waiting)
        if body is not None:
            yield root, Record(root, body, (known or known_state.sheets[root]).path)


def _confirmed(reported: Mapping[str, _Reported], ledger: Ledger) -> Iterator[tuple[str, Body]]:
    """Yield what is known to be on the portal from now on, by root."""
    for root, there in reported.items():
        known = ledger.confirmed.get(root)
        body = _changed(known, _as_written(there, () if known is None else (expand(known.body),)), {})
        if body is not None:
            yield root, body


def _named_as(reported: _Reported, sheet: Expanded) -> _Reported:
    """Return what a source reports of what is approved for the first time: what kind of identifiant it is, the sheet knows."""
    root = next(iter(reported.leaves))
    kinds = {path: value for path, value in leaves(sheet.resources[root]).items() if path == "/type_identifiant"}
    return _Reported({**reported.leaves, root: {**kinds, **reported.leaves[root]}}, reported.lists)


def _as_written(reported: _Reported, known: tuple[Expanded, ...]) -> _Reported:
    """Return what a source reports, in the form in which it is written already: an IBAN with or without blanks."""
    pending_here = [{address: leaves(resource) for address, resource in each.resources.items()} for each in known]

    def _form(address: Address, path: str, value: object) -> object:
        written = (each[address][path] for each in pending_here if path in each.get(address, {}))
        form = (address.group, path)
        return next((one for one in written if alike(*form, one, value) or is_fuller(*form, one, value)), value)

    named = {a: {path: _form(a, path, value) for path, value in found.items()} for a, found in reported.leaves.items()}
    return replace(reported, leaves=named)


def _changed(known: Record | None, reported: _Reported, waiting: PendingFields) -> Body | None:
    """Return a body with all that a source reports, None when that is known already."""
    body = _merged(known, reported, waiting)
    return body if known is None or canonical(known.body) != canonical(body) else None


def _merged(known: Record | None, reported: _Reported, waiting: PendingFields) -> Body:
    """Return a body with all that a source reports; a reported list is complete. Fields that wait stay as they are."""
    before = expand(known.body) if known is not None else Expanded()
    changes = in_order((*_field_changes(before, reported, waiting), *_removals(before, reported, waiting)))
    return patched(before, changes, Expanded({}, reported.lists))


def _field_changes(before: Expanded, reported: _Reported, waiting: PendingFields) -> Iterator[Change]:
    for address, found in reported.leaves.items():
        pending_here = waiting.get(address)
        if pending_here is not None and address not in before.resources and before.resources:
            # Its removal waits to be entered.
            continue
        values = {path: value for path, value in found.items() if path not in (pending_here or ())}
        yield Change(address, "update", tuple(FieldChange(path, None, value) for path, value in values.items()))


def _removals(before: Expanded, reported: _Reported, waiting: PendingFields) -> Iterator[Change]:
    for address in before.resources:
        if reported.lacks(address) and address not in waiting:
            yield Change(address, "delete", ())


def _taken(known_state: _Known, records: Mapping[str, Record]) -> Iterator[Operation]:
    """Yield what changes in what was approved and is managed; of what is approved for the first time nothing changes."""
    for root, record in records.items():
        if root not in known_state.approved:
            continue
        scope = scope_of(expand(known_state.sheets[root].body)) if root in known_state.sheets else None
        for change in difference(expand(known_state.approved[root].body), expand(record.body)):
            fields = tuple(field for field in change.fields if scope is None or scope.holds(change.address, field.path))
            if fields:
                yield operation_of(replace(change, fields=fields))


def _reopened(
    known_state: _Known, seen: Iterable[Operation], records: Mapping[str, Record], confirmed: Mapping[str, Body]
) -> Iterator[tuple[Operation, Operation]]:
    """Yield the open operations that do not lead from what the portal says now, each with what takes its place."""
    done, pending_here = {one.id for one in seen}, known_state.ledger.confirmed
    now = {root: Record(root, body) for root, body in confirmed.items()}

    def _approved(root: str) -> Record | None:
        return records.get(root) or known_state.approved.get(root)

    before, after = (
        ComparedSides(known_state.approved.get, pending_here.get),
        ComparedSides(_approved, lambda root: now.get(root) or pending_here.get(root)),
    )
    for one in known_state.ledger.operations:
        if one.id in done or parse_address(one.address).root not in now:
            continue
        old, new = (pending_operation(one.address, one.paths, sides) for sides in (before, after))
        if new is not None and new != old:
            yield one, carried(new, one)


def _seen(known_state: _Known, reported: Mapping[str, _Reported]) -> Iterator[Operation]:
    wanted = ComparedSides(known_state.approved.get, lambda _root: None)
    for one in known_state.ledger.operations:
        address = parse_address(one.address)
        if address.root in reported and _is_seen(one, address, reported[address.root], wanted.of(address)[1]):
            yield one


def _is_seen(operation: Operation, address: Address, there: _Reported, approved: Mapping[str, Any] | None) -> bool:
    """Tell whether a source shows all that an operation asks for; what it does not report is not shown."""
    if operation.op == "delete":
        return there.lacks(address)
    values, shown = leaves(approved or {}), there.leaves.get(address, {})
    paths = [path for path in operation.paths if is_on_portal(address.group, path, None)]
    fields = [(str(row["path"]), row["after"], row["before"]) for row in operation.fields if row["path"] in paths]
    # Sensitive values stand masked in operations: what is approved knows them.
    return bool(fields) and all(
        path in shown and shows(address.group, path, shown[path], values.get(path, new), old) for path, new, old in fields
    )
