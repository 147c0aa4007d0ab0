"""Several observed sources as one: of each field the best informed speaks, and what the others say otherwise is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chorus_config.diff.compare import patched
from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import leaves
from chorus_config.diff.lost_letters import is_fuller, seems_alike
from chorus_config.diff.sensitive import shown_value
from chorus_config.model.address import Address
from chorus_config.model.observed.directory_line import LinesByOwner
from chorus_config.model.plan import Change, FieldChange
from chorus_config.model.snapshot import Disagreement, Record, Snapshot


def merged(snapshots: Sequence[Snapshot]) -> Snapshot:
    """Return one snapshot of several, the best informed source first; a single one is returned as it is.

    What a source does not report, the next one fills in. A list is that of the first source which reports it: an entry that
    only another has is a disagreement (path ""), as is a field on which two sources differ. Of a text that lost letters in one
    source, another's whole one is kept. The invoicing addresses of a structure are those of the first source that speaks of
    them. The oldest reading dates the whole.
    """
    if len(snapshots) == 1:
        return snapshots[0]
    roots = sorted({root for one in snapshots for root in one.records})
    told: list[Disagreement] = [said for one in snapshots for said in one.disagreements]
    records = {}
    for root in roots:
        known = [(one.source, expand(one.records[root].body)) for one in snapshots if root in one.records]
        body, differing = _one(known)
        records[root] = Record(root, body)
        told += differing
    instants = [one.taken_at for one in snapshots if one.taken_at is not None]
    source = " + ".join(one.source for one in snapshots)
    taken_at = min(instants, key=datetime.fromisoformat, default=None)
    return Snapshot(records, source, taken_at, disagreements=tuple(told), lines=_lines(snapshots))


def _lines(snapshots: Sequence[Snapshot]) -> LinesByOwner:
    lines = {owner: own for one in reversed(snapshots) for owner, own in one.lines.items()}
    return dict(sorted(lines.items()))


# No value of a field.
_UNSAID: Final = object()

Known = Sequence[tuple[str, Expanded]]


def _one(known: Known) -> tuple[Mapping[str, Any], list[Disagreement]]:
    """Return the body of one structure or account from all that report it, best informed first, and where they differ."""
    first = known[0][1]
    lists = {group: next(n for n, (_s, one) in enumerate(known) if group in one.lists) for group in _groups(known)}
    told: list[Disagreement] = []
    changes: list[Change] = []
    for address in _addresses(known):
        keeper = 0 if address.parent == address else lists[address.group]
        if address not in known[keeper][1].resources:
            told.append(_only_elsewhere(address, known, keeper))
            continue
        fields, differing = _fields(address, known)
        told += differing
        before = leaves(first.resources.get(address, {}))
        missing = [FieldChange(path, None, value) for path, value in fields.items() if before.get(path, _UNSAID) != value]
        if missing:
            changes.append(Change(address, "update" if address in first.resources else "create", tuple(missing)))
    return patched(first, changes, Expanded({}, frozenset(lists) - first.lists)), told


def _groups(known: Known) -> Iterable[str]:
    return {group for _source, one in known for group in one.lists}


def _addresses(known: Known) -> Iterator[Address]:
    yield from dict.fromkeys(address for _source, one in known for address in one.resources)


def _only_elsewhere(address: Address, known: Known, keeper: int) -> Disagreement:
    """Return that an entry is in the list of one source, and not in that of the one which speaks for it."""
    other = next(source for source, one in known if address in one.resources)
    return Disagreement(address, "", known[keeper][0], False, other, True)


def _fields(address: Address, known: Known) -> tuple[dict[str, Any], list[Disagreement]]:
    """Return every reported field of a resource, and the disagreements about them."""
    fields: dict[str, tuple[str, Any]] = {}
    told = []
    for source, one in known:
        for path, value in leaves(one.resources.get(address, {})).items():
            spoken, kept = fields.setdefault(path, (source, value))
            if is_fuller(address.group, path, value, kept):
                fields[path] = (source, value)
            elif not seems_alike(address.group, path, kept, value):
                one_side, other_side = (shown_value(address.group, path, side) for side in (kept, value))
                told.append(Disagreement(address, path, spoken, one_side, source, other_side))
    return {path: value for path, (_source, value) in fields.items()}, told
