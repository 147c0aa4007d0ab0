"""What was dropped by mistake or on purpose: found in the store, and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chorus_config.app.project import OpenProject, now
from chorus_config.app.store_access import Writer, nothing_dropped, write_anew
from chorus_config.engine.ledger.confirm import targeted
from chorus_config.engine.ledger.dropped import dropped_operations, reopened
from chorus_config.engine.ledger.pending import ComparedSides, history_rows
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput
from chorus_config.model.operation import Operation
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite
from chorus_config.yamltext.characters import printable

# So many are named in a note; the worksheet names them all.
_NAMED = 5


def dropped_of_store(project: OpenProject, state: StoreState | None = None) -> tuple[Operation, ...]:
    """Return what is approved, not known to be on the portal, and was dropped. Raises like `Store.read`."""
    if nothing_dropped(project):
        return ()
    store = project.store()
    dropped = store.dropped()
    if not dropped:
        return ()
    return _dropped(dropped, state or store.read(), store.ledger(), project.settings.day)


def _dropped(dropped: Sequence[Operation], state: StoreState, ledger: Ledger, day: date) -> tuple[Operation, ...]:
    return dropped_operations((*dropped, *ledger.operations), _sides(state, ledger, day))


def _sides(state: StoreState, ledger: Ledger, day: date) -> ComparedSides:
    return ComparedSides(state.snapshot.records.get, ledger.confirmed.get, day)


def note_dropped(project: OpenProject, state: StoreState) -> None:
    """Tell of what was dropped: no plan asks for it, since it is approved, and no worksheet, since nobody is to enter it."""
    found = dropped_of_store(project, state) if state.snapshot.lineage is not None else ()
    if not found:
        return
    names = ", ".join(printable(one.address) for one in found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
    message = project.say.count(
        _("note: {n} approved change was dropped and is not on the portal: {names} (chorus-config worksheet --dropped)"),
        _("note: {n} approved changes were dropped and are not on the portal: {names} (chorus-config worksheet --dropped)"),
        len(found), names=names,
    )  # fmt: skip
    project.events.note(message)


def reopen_operations(project: OpenProject, targets: Sequence[str], writer: Writer | None = None) -> tuple[Operation, ...]:
    """Open dropped operations again; `targets` are numbers, addresses, identifiants or patterns of them.

    Returns them as they were dropped. Raises NoInput when nothing that was dropped is named, Locked, Unavailable.
    """
    chosen: list[Operation] = []

    def _make(state: StoreState, ledger: Ledger) -> StoreWrite | None:
        found = _dropped(project.store().dropped(), state, ledger, project.settings.day)
        named = {one.id for one in (*targeted(found, targets), *(one for one in found if str(one.id) in targets))}
        chosen[:] = [one for one in found if one.id in named]
        if not chosen:
            message = _("nothing that was dropped is named {targets}: `chorus-config worksheet --dropped` shows what was")
            raise NoInput(project.say(message, targets=printable(", ".join(targets))))
        why = project.say(_("opened anew together with what was dropped"))
        opening = reopened(chosen, ledger.operations, _sides(state, ledger, project.settings.day), why)
        rows: list[dict[str, object]] = [
            {"id": one.id, "address": one.address, "op": one.op, "gesture": one.gesture, "state": "open", "reason": None}
            for one in chosen
        ]
        rows += history_rows(ledger.operations, opening.closings)
        return StoreWrite(
            state.snapshot.lineage, state.snapshot.serial, now(),
            {"format_version": "1.0", "type": "reopen", "operations": rows},
            event="reopen", operations=opening.operations, closings=opening.closings,
        )  # fmt: skip

    write_anew(project, project.store(), writer or Writer(), _make)
    return tuple(chosen)
