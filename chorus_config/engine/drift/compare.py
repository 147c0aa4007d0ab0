"""What an observed source says beside what is approved and what is confirmed: the one comparison of three states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import combinations
from typing import Any, Final

from msgspec import Struct, field

from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import (
    alike,
    is_on_portal,
    is_reportable,
    leaves,
    managed,
    pointer,
)
from chorus_config.diff.lost_letters import seems_alike
from chorus_config.diff.names import names_in
from chorus_config.diff.scope import Scope, scope_of
from chorus_config.diff.sensitive import is_hidden, shown_value
from chorus_config.model.address import KINDS, Address, parse_address
from chorus_config.model.drift import Drift, FieldDrift, ResourceDrift, Situation
from chorus_config.model.operation import Operation
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import Ledger

# The fields that wait to be entered, by resource.
PendingFields = Mapping[Address, frozenset[str]]
# What is approved, confirmed and observed of a field.
FieldValues = tuple[object, object, object]
_NONE: Final[Mapping[str, Body]] = {}


class _States(Struct, frozen=True):
    """One structure or account in its three states, what waits to be entered, its sheet and what that manages, if any."""

    approved: Expanded
    confirmed: Expanded
    observed: Expanded
    pending: PendingFields
    sheet: Expanded | None
    scope: Scope | None

    def follows(self, address: Address, path: str, observed: object) -> bool:
        """Tell whether the sheet says what the portal says already, approved or not: it was adopted there."""
        if self.sheet is None:
            return False
        written = self.sheet.resources.get(address)
        if not path:
            return (written is not None) == observed
        return seems_alike(address.group, path, leaves(written or {}).get(path), observed)

    def holds(self, address: Address, path: str = "") -> bool:
        """Tell whether a resource, or a field of it, is one to compare."""
        return self.scope is None or self.scope.holds(address, path)

    def waits(self, address: Address, path: str) -> bool:
        """Tell whether an open operation is to enter a field, or ("") anything of a resource."""
        fields = self.pending.get(address)
        return fields is not None and (not path or path in fields)


class _Counts(Struct):
    """What gathers over one comparison."""

    in_sync: int = 0
    not_reported: int = 0
    uncheckable: Counter[str] = field(default_factory=Counter)

    def absent(self, address: Address, path: str) -> None:
        """Count a field that the source does not report."""
        if is_reportable(address.group, path):
            self.not_reported += 1
        else:
            self.uncheckable[KINDS[address.group].name] += 1


def compare_states(
    approved: Snapshot, ledger: Ledger, observed: Snapshot, targets: Sequence[str] = (), sheets: Mapping[str, Body] = _NONE
) -> Drift:
    """Compare, field by field; `targets` are patterns of roots. What the source does not report is never a difference.

    Nor is what the `sheets`, by root, do not manage; without its sheet, all that is known of a structure is compared.
    """
    counts = _Counts()
    pending = pending_fields(ledger.operations)
    resources: list[ResourceDrift] = []
    absent: list[str] = []
    for root in _roots_in_scope(approved, targets):
        known, reported = ledger.confirmed.get(root), observed.records.get(root)
        # A source of addresses alone knows the structures that have one, and reports no field of theirs.
        if reported is None and root not in observed.lines and parse_address(root).group != "comptes":
            absent.append(root)
        else:
            states = _states((approved.records[root], known, reported), pending, sheets.get(root))
            resources += _resource_drifts(states, counts)
    unmanaged = tuple(root for root in _roots_in_scope(observed, targets) if root not in approved.records)
    roots = {*absent, *unmanaged, *(one.address.root for one in resources)}
    written = {root: Record(root, sheets[root]) for root in roots & sheets.keys()}
    return Drift(
        observed.source, observed.taken_at, approved.source, approved.serial, tuple(resources),
        counts.in_sync, counts.not_reported, dict(sorted(counts.uncheckable.items())),
        tuple(root for root in absent if root not in ledger.confirmed),
        tuple(root for root in absent if root in ledger.confirmed),
        unmanaged, targets=tuple(targets), names=names_in(roots, written, approved.records, observed.records),
    )  # fmt: skip


def _roots_in_scope(state: Snapshot, targets: Sequence[str]) -> list[str]:
    return [root for root in sorted(state.records) if matches_target(root, targets)]


def _states(records: Sequence[Record | None], pending: PendingFields, body: Body | None) -> _States:
    """Return one structure or account, from its record in each state (None where it is not) and the body of its sheet."""
    approved, confirmed, observed = map(_expanded, records)
    sheet = expand(body) if body is not None else None
    return _States(approved, confirmed, observed, pending, sheet, scope_of(sheet) if sheet is not None else None)


def _resource_drifts(states: _States, counts: _Counts) -> Iterator[ResourceDrift]:
    """Yield the resources of one structure that have gaps."""
    for address in _addresses(states):
        fields = tuple(_field_drifts(address, states, counts))
        if fields:
            yield ResourceDrift(address, fields)


def situation(group: str, path: str, sides: FieldValues) -> Situation | None:
    """Return where the reported value of a field stands between the two others, None when all three are one."""
    approved, confirmed, observed = sides
    as_approved, as_confirmed = (seems_alike(group, path, observed, side) for side in (approved, confirmed))
    if as_approved and as_confirmed and not alike(group, path, approved, confirmed):
        # Letters were lost: what is observed may be either, and shows the new one only when that is it to the letter.
        return "seen" if alike(group, path, observed, approved) else "to_enter"
    if as_approved:
        return None if as_confirmed else "seen"
    return "to_enter" if as_confirmed else "moved"


def pending_fields(operations: Iterable[Operation]) -> PendingFields:
    """Return the fields of open operations by resource."""
    return {parse_address(one.address): frozenset(str(row["path"]) for row in one.fields) for one in operations}


def matches_target(root: str, targets: Sequence[str]) -> bool:
    """Tell whether a root is among those asked for; all are when none is named."""
    return not targets or any(fnmatchcase(root, target) for target in targets)


def _expanded(record: Record | None) -> Expanded:
    return expand(record.body) if record is not None else Expanded()


def _addresses(states: _States) -> list[Address]:
    """Return the resources to look at: the approved ones, then others in lists that are approved as a whole."""
    others = {**states.confirmed.resources, **states.observed.resources}
    lists = states.approved.lists
    found = [*states.approved.resources, *(a for a in others if a not in states.approved.resources and a.group in lists)]
    return [address for address in found if states.holds(address)]


def _field_drifts(address: Address, states: _States, counts: _Counts) -> Iterator[FieldDrift]:
    wanted, reported = states.approved.resources.get(address), states.observed.resources.get(address)
    is_root = address.parent == address
    if wanted is not None and (reported is not None or is_root or address.group not in states.observed.lists):
        yield from _of_managed_fields(address, wanted, states, counts)
    elif address.group in states.observed.lists:
        is_there = (wanted is not None, address in states.confirmed.resources, reported is not None)
        yield from _compared(address, "", is_there, states, counts)
    else:
        counts.absent(address, "")


def _of_managed_fields(address: Address, wanted: Mapping[str, Any], states: _States, counts: _Counts) -> Iterator[FieldDrift]:
    confirmed = leaves(states.confirmed.resources.get(address, {}))
    observed = leaves(states.observed.resources.get(address, {}))
    for path, value in managed(address, wanted).items():
        if not (is_on_portal(address.group, path, None) and states.holds(address, path)):
            continue
        if path in observed:
            yield from _compared(address, path, (value, confirmed.get(path), observed[path]), states, counts)
        else:
            counts.absent(address, path)


def _compared(address: Address, path: str, sides: FieldValues, states: _States, counts: _Counts) -> Iterator[FieldDrift]:
    found = situation(address.group, path, sides)
    if found is None:
        # The name by which two resources are known to be one is equal by definition.
        counts.in_sync += path != pointer((KINDS[address.group].key,))
        return
    is_open = states.waits(address, path)
    undecided = seems_alike(address.group, path, sides[2], sides[0])
    if found == "to_enter" and not undecided and states.follows(address, path, sides[2]):
        # It was adopted and noted as seen; what is left is to approve the sheet.
        found = "moved"
    if found == "moved" and is_open:
        found = "conflict"
    shown, hidden = _shown(address.group, path, sides)
    yield FieldDrift(path, found, *shown, hidden, is_open)


def _shown(group: str, path: str, sides: FieldValues) -> tuple[FieldValues, bool]:
    """Return the sides as people may see them, and whether masks hide a difference."""
    if not path or not any(is_hidden(group, path, side) for side in sides):
        return sides, False
    approved, confirmed, observed = (shown_value(group, path, side) for side in sides)
    return (approved, confirmed, observed), _hides_difference(group, path, sides)


def _hides_difference(group: str, path: str, sides: FieldValues) -> bool:
    """Tell whether a mask hides a difference between two sides."""
    return any(
        shown_value(group, path, one) == shown_value(group, path, other) and not alike(group, path, one, other)
        for one, other in combinations(sides, 2)
    )
