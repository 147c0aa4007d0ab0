"""`confirm`: walk through the open operations and write down, one by one, what was entered on the portal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import click

from chorus_config.app.project import OpenProject, now, open_project, store_of
from chorus_config.app.store_access import by_option, lock_timeout_option, rewritten
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, complain, deliver, formats
from chorus_config.cli.shared.prompts import answer
from chorus_config.cli.worksheet import reach_option
from chorus_config.engine.ledger.confirm import confirmed_after, targeted
from chorus_config.engine.ledger.open import history_rows
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import ChorusConfigError, Exit
from chorus_config.model.operation import Closing, Confirmation, Operation, SettledOperation
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite
from chorus_config.render.confirmation.json import confirm_document
from chorus_config.render.confirmation.text import confirm_text
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.paint import plain
from chorus_config.render.worksheet.text import worksheet_lines
from chorus_config.render.worksheet.view import worksheet_structures
from chorus_config.store.store import Store

Move = Literal["enter", "skip", "drop", "quit"]
_WORDS: Final[dict[str, Move]] = {
    "e": "enter", "enter": "enter", "entered": "enter", "saisie": "enter", "saisi": "enter", "saisir": "enter",
    "skip": "skip", "p": "skip", "passer": "skip", "passe": "skip",
    "d": "drop", "drop": "drop", "a": "drop", "abandonner": "drop", "abandon": "drop",
    "q": "quit", "quit": "quit", "quitter": "quit",
}  # fmt: skip


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    face = CommandHelp(
        say(
            _(
                "Go through the open operations: entered on the portal, skipped, or dropped with a reason.\n\n"
                "Each answer is written at once: stop whenever you like, and go on later."
            )
        ),
        ("chorus-config confirm", "chorus-config confirm --target 25160278500015 --all"),
        [
            click.Option(
                ["--all", "everything"], is_flag=True, envvar="CHORUS_CONFIG_ALL",
                help=say(_("All of them are entered: do not ask; 3 when some are open all the same.")),
            ),
            reach_option(say),
            by_option(say),
            lock_timeout_option(say),
        ],
    )  # fmt: skip
    return make_command("confirm", run, face, say)


def run(request: Request) -> int:
    """Settle operations; 3 when `--all` left some open."""
    wanted = formats(request, ("text", "json"))
    session = open_project(request)
    walking = _Walking(session, store_of(session))
    scope = walking.open()
    failed: ChorusConfigError | KeyboardInterrupt | None = None
    try:
        if request.own["everything"]:
            _all(walking, scope)
        else:
            _walk(walking, scope)
    except (ChorusConfigError, KeyboardInterrupt) as error:
        if isinstance(error, ChorusConfigError) and not walking.settled:
            raise
        failed = error
    return _told(walking, wanted, failed)


@dataclass(slots=True)
class _Walking:
    """A walk through the operations of a store, with what was settled so far."""

    session: OpenProject
    store: Store
    settled: list[SettledOperation] = field(default_factory=list)
    elsewhere: list[Operation] = field(default_factory=list)

    def open(self) -> tuple[Operation, ...]:
        """Return the operations in scope that are open now."""
        return targeted(self.store.operations(only_open=True), self.session.request.own["target"])

    def settle(self, wanted: Sequence[SettledOperation]) -> None:
        """Write what people settled, in one transaction; what somebody else settled meanwhile is left to them."""
        ids = {one.operation.id for one in wanted}
        still: tuple[SettledOperation, ...] = ()

        def _make(held: StoreState, ledger: Ledger) -> StoreWrite | None:
            nonlocal still
            waiting = {operation.id for operation in ledger.operations} & ids
            still = tuple(one for one in wanted if one.operation.id in waiting)
            return self._write(still, held, ledger) if still else None

        rewritten(self.session, self.store, _make)
        self.settled += still
        mine = {one.operation.id for one in still}
        self.elsewhere += [one.operation for one in wanted if one.operation.id not in mine]

    def _write(self, settled: Sequence[SettledOperation], held: StoreState, ledger: Ledger) -> StoreWrite:
        entered = [one.operation for one in settled if one.state == "entered"]
        known = held.snapshot
        closings = tuple(Closing(one.operation.id, one.state, one.reason) for one in settled)
        return StoreWrite(
            known.lineage,
            known.serial,
            now(),
            {"format_version": "1.0", "type": "confirm", "operations": history_rows(ledger.operations, closings)},
            event="confirm",
            confirmed=confirmed_after(entered, known.records, ledger.confirmed),
            closings=closings,
            by=self.session.request.own["by"],
        )


def _all(walking: _Walking, scope: Sequence[Operation]) -> None:
    if scope:
        walking.settle([SettledOperation(operation, "entered") for operation in scope])


def _walk(walking: _Walking, scope: Sequence[Operation]) -> None:
    """Show each operation, ask, write; the end of the input ends the walk."""
    session, say = walking.session, walking.session.setting.say
    records = walking.store.read().snapshot.records
    ordered = [
        task.operation for place in worksheet_structures(scope, records, session.setting.day, say) for task in place.tasks
    ]
    for number, operation in enumerate(ordered, 1):
        (place,) = worksheet_structures((operation,), records, session.setting.day, say)
        click.echo("\n" + "\n".join(worksheet_lines(place, say, plain)), err=True)
        move = _asked(say, number, len(ordered))
        settled = _settled(operation, move, say)
        if settled is not None:
            walking.settle([settled])
            click.echo("".join(f"{note}\n" for note in _meanwhile(walking, operation)), err=True, nl=False)
        elif move != "skip":
            return


def _settled(operation: Operation, move: Move, say: Translator) -> SettledOperation | None:
    """Return how an operation is settled; None when it is not: skipped, or nobody says why it is dropped."""
    if move == "enter":
        return SettledOperation(operation, "entered")
    reason = _reason(say) if move == "drop" else None
    return None if reason is None else SettledOperation(operation, "dropped", reason)


def _asked(say: Translator, number: int, count: int) -> Move:
    question = say(_("Operation {n} of {count}: [e]ntered, [s]kip, [d]rop, [q]uit? "), n=number, count=count)
    while (told := answer(question)) is not None:
        word = told.casefold()
        if word == "s":
            # The question's own letter: « saisie » in French.
            return "enter" if say.language == "fr" else "skip"
        if word in _WORDS:
            return _WORDS[word]
    return "quit"


def _reason(say: Translator) -> str | None:
    """Return why an operation is dropped, None when nobody says it."""
    while (told := answer(say(_("Why is it dropped? ")))) is not None:
        if told:
            return told
    return None


def _meanwhile(walking: _Walking, operation: Operation) -> Iterator[str]:
    """Yield who settled an operation while it was asked about, if somebody did."""
    if operation not in walking.elsewhere:
        return
    say = walking.session.setting.say
    found = next((one for one in walking.store.operations() if one.id == operation.id), None)
    by, state = (found.closed_by or "?", found.state) if found is not None else ("?", "?")
    told = _("operation {id} was settled meanwhile by somebody else ({state}, {by}): it is left as it is")
    yield say(told, id=operation.id, state=say(_STATES.get(state, state)), by=by)


_STATES: Final = {"entered": _("entered"), "seen": _("seen"), "dropped": _("dropped")}


def _told(walking: _Walking, wanted: dict[str, str | None], failed: ChorusConfigError | KeyboardInterrupt | None) -> int:
    """Say what was settled and what remains, however the walk ended."""
    session, say = walking.session, walking.session.setting.say
    code, message = _end(failed, say)
    left, total = _left(walking, failed)
    if failed is None and session.request.own["everything"] and left:
        code = Exit.OPEN
    error = {"exit_code": int(code), "message": message} if message else None
    walk = Confirmation(tuple(walking.settled), tuple(walking.elsewhere), left, total, session.request.own["target"])
    views: dict[str, View] = {
        "text": lambda paint: confirm_text(walk, say, paint),
        "json": lambda _paint: as_json(confirm_document(walk, error)),
    }
    deliver(session.request, wanted, views)
    if message:
        complain(message)
    return code


def _end(failed: ChorusConfigError | KeyboardInterrupt | None, say: Translator) -> tuple[Exit, str]:
    if isinstance(failed, ChorusConfigError):
        return failed.code, str(failed)
    if failed is not None:
        return Exit.INTERRUPTED, say(_("interrupted: what was confirmed is kept"))
    return Exit.OK, ""


def _left(walking: _Walking, failed: object) -> tuple[int | None, int | None]:
    """Return how many operations are open in scope and in all, None when the store that failed cannot tell."""
    try:
        operations = walking.store.operations(only_open=True)
    except ChorusConfigError:
        if failed is None:
            raise
        return None, None
    return len(targeted(operations, walking.session.request.own["target"])), len(operations)
