"""What is no longer the same between two snapshots: what one of them does not report is never a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from chorus_config.diff.expand import Expanded, Resource, expand
from chorus_config.diff.fields import is_on_portal, leaves, pointer, same
from chorus_config.diff.lost_letters import seems_alike
from chorus_config.diff.names import record_name
from chorus_config.diff.sensitive import shown_value
from chorus_config.model.address import KINDS, Address, parse_address
from chorus_config.model.observed.source import Asked
from chorus_config.model.observed.watch import (
    EVENTS,
    EntryEvent,
    EntrySince,
    Event,
    FieldSince,
    ForSuppliers,
    Reading,
    StructureSince,
    SupplierNotice,
    Watch,
)
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.rules.judges.demand import Sides, becomes_works_only, demands, is_relaxed, receives_none

_RANK: Final = {group: rank for rank, group in enumerate(KINDS)}
# The field that says whether a resource is in use, with what it says then and when it is not.
_IN_USE: Final[Mapping[str, tuple[str, object, object]]] = {
    "": ("/statut", "ACTIF", "INACTIF"),
    "services": ("/actif", True, False),
}
_NAMES: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset({"/libelle", "/raison_sociale"}),
    "services": frozenset({"/libelle"}),
}
_CLOSED: Final[Mapping[tuple[str, EntryEvent], SupplierNotice]] = {
    ("", "closed"): "structure_closed",
    ("services", "closed"): "service_closed",
    ("services", "removed"): "service_removed",
}


def changes_since(earlier: Snapshot, latest: Snapshot, asked: Asked | None = None) -> Watch:
    """Return what happened between two snapshots to the structures that were `asked` for now; None is all of them.

    Memos count here: a raison sociale that changes is worth a look, though no plan speaks of it.
    """
    wanted = asked or Asked()
    before = {root: one for root, one in earlier.records.items() if root in latest.records or wanted.covers(root)}
    known_sirens = {root[:9] for root in earlier.records}
    counts = _Counts()
    found: list[StructureSince] = []
    for root in sorted({*before, *latest.records}):
        if root not in before:
            known = parse_address(root).group == "comptes" or root[:9] in known_sirens
            found.append(StructureSince(root, record_name(latest.records[root]), ("new",), siren_known=known))
        elif root not in latest.records:
            found.append(StructureSince(root, record_name(before[root]), ("vanished",)))
        else:
            found += _compared(before[root], latest.records[root], counts)
    outside = {root: record_name(earlier.records[root]) for root in sorted(earlier.records.keys() - before.keys())}
    past, present = Reading(earlier.source, earlier.taken_at), Reading(latest.source, latest.taken_at)
    return Watch(past, present, tuple(found), outside, counts.compared, counts.one_sided)


class _Counts(Struct):
    """What gathers over one comparison."""

    compared: int = 0
    one_sided: int = 0


def _compared(past: Record, present: Record, counts: _Counts) -> Iterator[StructureSince]:
    """Yield what happened to a structure or account that is on both sides, nothing when it is as it was."""
    before, after = expand(past.body), expand(present.body)
    entries = tuple(_entries(before, after, counts))
    if entries:
        suppliers = tuple(_for_suppliers(before, after, entries))
        yield StructureSince(past.root, record_name(present) or record_name(past), _events(entries), entries, suppliers)


def _events(entries: tuple[EntrySince, ...]) -> tuple[Event, ...]:
    """Return what happened to a structure, from what happened to it and its entries; the gravest first."""
    found: set[Event] = set()
    for one in entries:
        if one.address.parent != one.address:
            found.add("changed")
            continue
        in_use, names = _IN_USE.get(one.address.group, ("",))[0], _NAMES.get(one.address.group, frozenset())
        told: set[Event] = {event for event in ("closed", "reopened") if event == one.event}
        told |= {"renamed" for field in one.fields if field.path in names}
        # What is neither its name nor what closed it.
        rest = [field for field in one.fields if field.path not in names and not (field.path == in_use and told)]
        found |= told | ({"changed"} if rest else set())
    return tuple(event for event in EVENTS if event in found)


def _entries(before: Expanded, after: Expanded, counts: _Counts) -> Iterator[EntrySince]:
    """Yield the resources of one structure or account to which something happened, in the order of the portal."""
    counts.one_sided += len(before.lists ^ after.lists)
    codes = _new_codes(before, after)
    for address in sorted({*before.resources, *after.resources}, key=lambda one: (_RANK[one.group], one.key)):
        past, present = before.resources.get(address), after.resources.get(address)
        if past is not None and present is not None:
            fields = tuple(_fields(address, past, present, counts))
            if fields:
                yield EntrySince(address, _event(address.group, fields), fields)
        elif address.group in before.lists & after.lists:
            yield _came_or_went(address, past, present, codes)


def _came_or_went(address: Address, past: Resource | None, present: Resource | None, codes: Mapping[str, str]) -> EntrySince:
    """Return an entry of a list that one side alone has, of a list that both report."""
    if present is not None:
        return EntrySince(address, "added", _whole(address, present, there=True))
    gone = past or {}
    return EntrySince(address, "removed", _whole(address, gone, there=False), codes.get(_label(address, gone), ""))


def _fields(address: Address, past: Resource, present: Resource, counts: _Counts) -> Iterator[FieldSince]:
    """Yield the fields of a resource that both sides report and that differ."""
    before, now = _told(address, past), _told(address, present)
    counts.compared += len(before.keys() & now.keys())
    counts.one_sided += len(before.keys() ^ now.keys())
    for path in before:
        if path in now and not seems_alike(address.group, path, before[path], now[path]):
            one, other = (shown_value(address.group, path, side[path]) for side in (before, now))
            yield FieldSince(path, one, other, same(one, other))


def _told(address: Address, resource: Resource) -> dict[str, Any]:
    """Return what a source says of a resource: neither its own name, equal by definition, nor a declaration of the project."""
    own = pointer((KINDS[address.group].key or "nom",))
    return {path: value for path, value in leaves(resource).items() if path != own and is_on_portal(address.group, path, None)}


def _whole(address: Address, resource: Resource, *, there: bool) -> tuple[FieldSince, ...]:
    """Return the fields of a resource that came (`there`) or went."""
    shown = {path: shown_value(address.group, path, value) for path, value in _told(address, resource).items()}
    return tuple(FieldSince(path, None, value) if there else FieldSince(path, value, None) for path, value in shown.items())


def _event(group: str, fields: tuple[FieldSince, ...]) -> EntryEvent:
    """Return what happened to a resource that is on both sides, the gravest of it."""
    sides = {field.path: (field.before, field.after) for field in fields}
    path, in_use, not_in_use = _IN_USE.get(group, ("", None, None))
    if sides.get(path) == (in_use, not_in_use):
        return "closed"
    if sides.get(path) == (not_in_use, in_use):
        return "reopened"
    return "renamed" if sides.keys() & _NAMES.get(group, frozenset()) else "changed"


def _new_codes(before: Expanded, after: Expanded) -> dict[str, str]:
    """Return the codes of the services that came, by libellé: what suppliers use instead of one that went under the same."""
    came = [address for address in after.resources if address.group == "services" and address not in before.resources]
    labels = [_label(address, after.resources[address]) for address in came]
    return {label: address.key for label, address in zip(labels, came, strict=True) if label and labels.count(label) == 1}


def _label(address: Address, resource: Resource) -> str:
    label = resource.get("libelle") if address.group == "services" else None
    return " ".join(label.split()).casefold() if isinstance(label, str) else ""


def _for_suppliers(before: Expanded, after: Expanded, entries: tuple[EntrySince, ...]) -> Iterator[ForSuppliers]:
    """Yield what suppliers meet at a structure and at its services."""
    for one in entries:
        structure = _sides(before, after, one.address.parent)
        notice = _CLOSED.get((one.address.group, one.event))
        if notice == "structure_closed":
            yield ForSuppliers(one.address, notice)
        elif receives_none(structure):
            # Nothing can be sent there at all.
            continue
        elif notice is not None:
            yield ForSuppliers(one.address, notice, one.became)
        elif one.address.group in _IN_USE and one.event != "added":
            yield from _demanded(one.address, structure, _sides(before, after, one.address))


def _demanded(address: Address, structure: Sides, own: Sides) -> Iterator[ForSuppliers]:
    """Yield what an invoice must bear from now on that it needed not bear before."""
    service = own if address.group else None
    if service is None and becomes_works_only(structure) and not receives_none(structure):
        yield ForSuppliers(address, "works_only")
    found = demands(structure, service)
    asks = found["after"]
    if found["before"] == asks or asks == "none" or is_relaxed(found) or receives_none(structure, service):
        return
    yield ForSuppliers(address, asks)


def _sides(before: Expanded, after: Expanded, address: Address) -> Sides:
    """Return a resource on both sides: what the earlier one does not report is taken for what it is now."""
    past, present = before.resources.get(address, {}), after.resources.get(address, {})
    blocks = {key: {**block, **_block(past, key)} for key, block in present.items() if isinstance(block, Mapping)}
    return {**present, **past, **blocks}, present


def _block(resource: Resource, key: str) -> Mapping[str, Any]:
    block = resource.get(key)
    return block if isinstance(block, Mapping) else {}
