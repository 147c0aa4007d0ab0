"""An observed source as a state to plan from: what it does not report is taken to be as the sheets want it,
what it writes in another form (an IBAN with blanks) as the sheets write it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from chorus_config.diff.compare import patched
from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import is_on_portal, is_reportable, leaves, managed
from chorus_config.diff.lost_letters import seems_alike
from chorus_config.model.address import Address, parse_address
from chorus_config.model.plan import Change, FieldChange
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record, Snapshot


class FilledState(Struct, frozen=True):
    """An observed state to plan from; how many fields were not reported though a source could; what is not in this reading.

    `missing` are structures that are known to be on the portal and that the source leaves out: as `drift` says of them, it did
    not look at them, or they are gone. They are not compared.
    """

    known: Snapshot
    not_reported: int = 0
    missing: tuple[str, ...] = ()


def fill_unreported(observed: Snapshot, bodies: Mapping[str, Body], on_portal: Collection[str] = ()) -> FilledState:
    """Return the state of what the project describes. `bodies` are the sheets, `on_portal` what was entered or seen, by root.

    A structure that neither knows stays unknown: its creation is to be asked for.
    """
    records: dict[str, Record] = {}
    missing: list[str] = []
    count = 0
    for root, body in sorted(bodies.items()):
        reported = observed.records.get(root)
        if reported is None and parse_address(root).group != "comptes":
            if root in on_portal:
                records[root] = Record(root, body)
                missing.append(root)
            continue
        before, wanted = expand(reported.body) if reported is not None else Expanded(), expand(body)
        changes = [_missing(address, before, wanted) for address in wanted.resources if _is_left_out(address, before)]
        count += sum(_reportable_count(change, wanted) for change in changes)
        records[root] = Record(root, patched(before, changes, Expanded({}, wanted.lists - before.lists)))
    return FilledState(Snapshot(records, observed.source, observed.taken_at), count, tuple(missing))


def _is_left_out(address: Address, before: Expanded) -> bool:
    """Tell whether a source says nothing of a resource, or perhaps not all; an entry that its list lacks is not there."""
    return address in before.resources or address.parent == address or address.group not in before.lists


def _missing(address: Address, before: Expanded, wanted: Expanded) -> Change:
    """Return the fields that a source does not report, or writes in another form than the sheet."""
    known = leaves(before.resources.get(address, {}))
    fields = (
        FieldChange(path, known.get(path), value)
        for path, value in leaves(wanted.resources[address]).items()
        if path not in known or seems_alike(address.group, path, known[path], value)
    )
    return Change(address, "update", tuple(fields))


def _reportable_count(change: Change, wanted: Expanded) -> int:
    group, in_plan = change.address.group, managed(change.address, wanted.resources[change.address])
    paths = (field.path for field in change.fields if field.before is None and field.path in in_plan)
    # What came to the portal or went from it no source reports on any day.
    return sum(is_on_portal(group, path, None) and is_reportable(group, path) for path in paths)
