"""Drift: what an observed source says beside what is approved and confirmed. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import replace

from chorus_config.app.observe import asked_of_project, note_age, observed_by_project, sheets_by_root
from chorus_config.app.project import OpenProject
from chorus_config.app.sources import Pace, listed, told_sources
from chorus_config.diff.names import names_in
from chorus_config.engine.drift.addresses import AddressStates, compare_addresses
from chorus_config.engine.drift.compare import compare_states, matches_target
from chorus_config.i18n.translator import _
from chorus_config.model.drift import AddressComparison, Drift
from chorus_config.model.errors import NoInput
from chorus_config.model.invoicing import DIRECTORY_OPENS
from chorus_config.model.snapshot import Record, Snapshot


def _days(project: OpenProject, seen: Snapshot) -> tuple[date, ...]:
    """Return the days for which addresses are told: that of the reading, and that of the project once there is a directory."""
    day = project.settings.day
    read = datetime.fromisoformat(seen.taken_at).date() if seen.taken_at is not None else day
    return (read, day) if day >= DIRECTORY_OPENS and day != read else (read,)


def _names_of(addresses: AddressComparison | None, states: AddressStates) -> dict[str, str]:
    """Return the names of the structures whose addresses are spoken of."""
    if addresses is None:
        return {}
    roots = {*addresses.silent, *(one.owner for one in addresses.differences)} & states.approved.keys()
    written = {root: Record(root, states.sheets[root]) for root in roots & states.sheets.keys()}
    return names_in(roots, written, states.approved)


def find_drift(
    project: OpenProject, sources: str | Sequence[str], targets: Sequence[str] = (), pace: Pace | None = None
) -> Drift:
    """Compare the store with observed sources, field by field; `targets` are patterns of identifiants.

    So are the electronic invoicing addresses that what is approved implies, with sources that have the directory.
    Raises NoInput when there is nothing to compare, Unavailable for a source that cannot be used.
    """
    say = project.say
    store = project.store()
    state = store.read()
    if state.snapshot.lineage is None:
        raise NoInput(say(_("nothing was approved here yet: `chorus-config apply` makes the store that drift compares with")))
    sheets = {root: found[0][1] for root, found in sheets_by_root(project).items()}
    asked = replace(asked_of_project(project, sheets, targets), lines=True)
    seen = replace(observed_by_project(project, listed(sources), asked, pace), source=" + ".join(told_sources(sources)))
    # Whether anything of it can be compared is another question.
    if targets and not any(matches_target(root, targets) for root in (*state.snapshot.records, *seen.records)):
        raise NoInput(say(_("nothing that is approved here or in the source matches {targets}"), targets=", ".join(targets)))
    ledger = store.ledger()
    found = compare_states(state.snapshot, ledger, seen, targets, sheets)
    approved = {root: one for root, one in state.snapshot.records.items() if matches_target(root, targets)}
    states = AddressStates(approved, ledger.confirmed, sheets, _days(project, seen))
    addresses = compare_addresses(states, seen)
    return replace(
        found,
        addresses=addresses,
        names=_names_of(addresses, states) | dict(found.names),
        sources=told_sources(sources),
        disagreements=seen.disagreements,
        older=note_age(project, seen, [root for root in {**seen.records, **seen.lines} if matches_target(root, targets)]),
        # What has a sheet that nobody approved yet is not what is managed nowhere.
        unmanaged=tuple(root for root in found.unmanaged if root not in sheets),
        unapproved=tuple(root for root in found.unmanaged if root in sheets),
    )
