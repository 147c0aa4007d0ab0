"""Noting in the store what was adopted into sheets: it was read on the portal, so that nobody is asked to enter it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chorus_config.app.observe import ReadyRecording, recording_write
from chorus_config.app.project import OpenProject
from chorus_config.app.sources import is_older
from chorus_config.app.store_access import Writer, write_anew
from chorus_config.diff.expand import expand
from chorus_config.diff.fields import leaves
from chorus_config.engine.drift.adopt import Adoption
from chorus_config.engine.ledger.record import last_known_at, record_adopted
from chorus_config.i18n.translator import _
from chorus_config.model.address import Address
from chorus_config.model.errors import ChorusConfigError
from chorus_config.model.snapshot import Snapshot
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite
from chorus_config.yamltext.characters import printable


def note_as_seen(project: OpenProject, snapshot: Snapshot, adopted: Sequence[Adoption], writer: Writer) -> tuple[str, ...]:
    """Note adopted values as seen on the portal; return the structures and accounts for which that was done.

    The sheets are written by then: a store that cannot be used is told on the side. Nor does a snapshot take back what was
    noted of a structure since it was made.
    """
    values = _by_root(snapshot, adopted)
    noted: list[str] = []

    def _make(state: StoreState, ledger: Ledger) -> StoreWrite | None:
        past = project.store().confirmations()
        current = {r: found for r, found in values.items() if not is_older(snapshot, last_known_at(past, (r,)))}
        noted[:] = current
        found = record_adopted(current, snapshot, state.snapshot, ledger)
        return (
            None
            if found.changes_nothing
            else recording_write(project, ReadyRecording(snapshot, found, state, ledger), "import")
        )

    try:
        if values:
            write_anew(project, project.store(), writer, _make)
    except ChorusConfigError as error:
        message = _(
            "note: the sheets are written, but the store does not know that these values were read on the portal: {why}"
        )
        project.note(message, why=str(error))
        return ()
    _tell_older(project, snapshot, [root for root in values if root not in noted])
    return tuple(noted)


def _by_root(snapshot: Snapshot, adopted: Sequence[Adoption]) -> Mapping[str, Mapping[Address, Mapping[str, Any]]]:
    found: dict[str, dict[Address, dict[str, Any]]] = {}
    for one in adopted:
        root = one.address.root
        reported = leaves(expand(snapshot.records[root].body).resources[one.address])
        fields = {one.field: reported[one.field]} if one.field else reported
        found.setdefault(root, {}).setdefault(one.address, {}).update(fields)
    return found


def _tell_older(project: OpenProject, snapshot: Snapshot, roots: Sequence[str]) -> None:
    if roots:
        message = _(
            "note: the snapshot ({taken}) is older than what was last confirmed of {roots}: what it says is in the sheet, "
            "and will be an operation to enter"
        )
        project.note(message, taken=snapshot.taken_at, roots=", ".join(map(printable, roots)))
