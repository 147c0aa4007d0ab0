"""Settling operations: what was entered on the portal, what is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from chorus_config.app.project import OpenProject, now
from chorus_config.app.store_access import Writer, write_anew
from chorus_config.app.worksheet import refuse_unmatched
from chorus_config.engine.ledger.confirm import confirmed_after, targeted
from chorus_config.engine.ledger.numbers import NotANumber, numbered
from chorus_config.engine.ledger.pending import history_rows
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput, UsageFault
from chorus_config.model.operation import Closing, Operation, SettledOperation
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite
from chorus_config.render.shared.dates import day_text
from chorus_config.yamltext.characters import printable

if TYPE_CHECKING:
    from chorus_config.store.store import Store


class ConfirmRun(Struct):
    """Settling the open operations of a store, as many at a time as are known to be done; each time is written at once.

    `targets` are patterns on identifiants (or `comptes/REF`), or whole addresses; all operations without. `settled` is what was
    settled so far, `elsewhere` what somebody else settled meanwhile: that is left to them.
    """

    project: OpenProject
    store: Store
    targets: tuple[str, ...] = ()
    writer: Writer = field(default_factory=Writer)
    settled: list[SettledOperation] = field(default_factory=list)
    elsewhere: list[Operation] = field(default_factory=list)

    def open(self) -> tuple[Operation, ...]:
        """Return the operations in scope that are open now. Raises NoInput for targets of nothing, Unavailable, Locked."""
        found = targeted(self.store.operations(only_open=True), self.targets)
        if not found:
            roots = self.store.read().snapshot.records
            refuse_unmatched(self.targets, roots, self.store.operations(), self.project.say)
        return found

    def numbered(self, words: Sequence[str]) -> tuple[Operation, ...]:
        """Return the open operations that numbers name (`12`, `14-17`, as the worksheet shows them).

        What was settled before is told in a note. Raises UsageFault for what is no number, NoInput when one names nothing,
        Unavailable, Locked.
        """
        say = self.project.say
        try:
            found = numbered(self.store.operations(), words)
        except NotANumber as error:
            message = _(
                "{word} names no operation: `12` or `14-17`, the lower number first, is expected, as the worksheet shows them"
            )
            raise UsageFault(say(message, word=printable(repr(str(error))))) from None
        if found.unknown:
            message = _("no operation has the number {numbers}: nothing was confirmed (`chorus-config worksheet` shows them)")
            raise NoInput(say(message, numbers=", ".join(map(printable, found.unknown))))
        for one in found.settled:
            message = _("note: operation {id} was settled before ({day}): it is left as it is")
            self.project.events.note(say(message, id=one.id, day=day_text(one.closed_at or "?", say)))
        if not (found.waiting or found.settled):
            self.project.events.note(say(_("note: all of these operations were settled before: there is nothing to confirm")))
        return found.waiting

    def settle(self, wanted: Sequence[SettledOperation]) -> None:
        """Write how operations are settled, in one transaction. Raises Locked, Unavailable, Refused (a newer format)."""
        ids = {one.operation.id for one in wanted}
        still: tuple[SettledOperation, ...] = ()

        def _make(state: StoreState, ledger: Ledger) -> StoreWrite | None:
            nonlocal still
            waiting = {operation.id for operation in ledger.operations} & ids
            still = tuple(one for one in wanted if one.operation.id in waiting)
            return self._write(still, state, ledger) if still else None

        write_anew(self.project, self.store, self.writer, _make)
        self.settled += still
        mine = {one.operation.id for one in still}
        self.elsewhere += [one.operation for one in wanted if one.operation.id not in mine]

    def left(self) -> tuple[int, int]:
        """Return how many operations are open in scope, and in all. Raises Unavailable, Locked."""
        operations = self.store.operations(only_open=True)
        return len(targeted(operations, self.targets)), len(operations)

    def _write(self, settled: Sequence[SettledOperation], state: StoreState, ledger: Ledger) -> StoreWrite:
        entered = [one.operation for one in settled if one.state == "entered"]
        known = state.snapshot
        closings = tuple(Closing(one.operation.id, one.state, one.reason) for one in settled)
        return StoreWrite(
            known.lineage,
            known.serial,
            now(),
            {"format_version": "1.0", "type": "confirm", "operations": history_rows(ledger.operations, closings)},
            event="confirm",
            confirmed=confirmed_after(entered, known.records, ledger.confirmed),
            closings=closings,
        )


def confirm_operations(project: OpenProject, targets: Sequence[str] = (), writer: Writer | None = None) -> ConfirmRun:
    """Return a run through the open operations; nothing is written until `settle`. Raises ProjectFault."""
    return ConfirmRun(project, project.store(), tuple(targets), writer or Writer())
