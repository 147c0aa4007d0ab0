"""`confirm`: walk through the open operations and write down, one by one, what was entered on the portal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import click

from chorus_config.app.confirm import ConfirmRun, confirm_operations
from chorus_config.app.dropped import reopen_operations
from chorus_config.app.project import OpenProject
from chorus_config.cli.shared.common_options import by_option, lock_timeout_option, operations_option, writer_of
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, complain, deliver, formats, tell
from chorus_config.cli.shared.terminal import answer, opened
from chorus_config.diff.names import names_in, without_persons
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.errors import ChorusConfigError, Exit, UsageFault
from chorus_config.model.operation import Confirmation, Operation, SettledOperation
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.paint import plain
from chorus_config.render.worksheet.json import confirm_document
from chorus_config.render.worksheet.text import confirm_text, worksheet_lines
from chorus_config.render.worksheet.view import worksheet_structures

Move = Literal["enter", "skip", "drop", "quit"]
# What ended a walk early.
Failed = ChorusConfigError | KeyboardInterrupt | None
_WORDS: Final[dict[str, Move]] = {
    "e": "enter", "enter": "enter", "entered": "enter", "saisie": "enter", "saisi": "enter", "saisir": "enter",
    "skip": "skip", "p": "skip", "passer": "skip", "passe": "skip",
    "v": "enter", "verified": "enter", "vérifiée": "enter", "verifiee": "enter", "vérifié": "enter", "vérifier": "enter",
    "d": "drop", "drop": "drop", "a": "drop", "abandonner": "drop", "abandon": "drop",
    "q": "quit", "quit": "quit", "quitter": "quit",
}  # fmt: skip


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Go through the open operations: entered or checked on the portal, skipped, or dropped with a reason.\n\n"
                "Each answer is written at once: stop whenever you like, and go on later. With NUMBERS, as the worksheet shows "
                "them (12 14-17), these are entered or checked, and nothing is asked."
            )
        ),
        ("chorus-config confirm", "chorus-config confirm 12 14-17", "chorus-config confirm --target 25160278500015 --all",
         "chorus-config confirm --reopen 25160278500015/services/ST-TECH"),
        [
            click.Argument(["numbers"], nargs=-1, required=False, metavar="[NUMBERS]…"),
            click.Option(
                ["--all", "everything"], is_flag=True, envvar="CHORUS_CONFIG_ALL",
                help=say(_("All of them are entered or checked: do not ask; 3 when some are open all the same.")),
            ),
            click.Option(
                ["--reopen"], multiple=True, metavar="ADDRESS", envvar="CHORUS_CONFIG_REOPEN",
                help=say(_("Open again what was dropped: an address, a number, an identifiant; repeatable.")),
            ),
            operations_option(say),
            by_option(say),
            lock_timeout_option(say),
        ],
    )  # fmt: skip
    return make_command("confirm", run, about, say)


def run(request: Request) -> int:
    """Settle operations; 3 when `--all` left some open."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    _refuse_mixed(request, project.say)
    if request.own["reopen"]:
        return _reopen(request, project, outputs)
    walk = confirm_operations(project, request.own["target"], writer_of(request))
    numbers = request.own["numbers"]
    scope = walk.numbered(numbers) if numbers else walk.open()
    failed: Failed = None
    try:
        if request.own["everything"] or numbers:
            _all(walk, scope)
        else:
            _walk(walk, scope)
    except (ChorusConfigError, KeyboardInterrupt) as error:
        if isinstance(error, ChorusConfigError) and not walk.settled:
            raise
        failed = error
    return _done(request, walk, outputs, failed)


def _refuse_mixed(request: Request, say: Translator) -> None:
    """Raise UsageFault for two ways of naming operations at once."""
    own = request.own
    if own["reopen"] and (own["everything"] or own["target"] or own["numbers"]):
        raise UsageFault(say(_("--reopen goes alone: it names what is opened again")))
    if own["numbers"] and (own["everything"] or own["target"]):
        raise UsageFault(say(_("numbers go alone: they name the operations, without --all and --target")))


def _reopen(request: Request, project: OpenProject, outputs: dict[str, str | None]) -> int:
    """Open again what was dropped. Raises NoInput when nothing is named."""
    opened_again = reopen_operations(project, request.own["reopen"], writer_of(request))
    left = len(project.store().operations(only_open=True))
    done = Confirmation((), (), left, left, (), opened_again)
    views: dict[str, View] = {
        "text": lambda paint: confirm_text(done, project.say, paint),
        "json": lambda _paint: as_json(confirm_document(done)),
    }
    deliver(request, outputs, views)
    return Exit.OK


def _all(walk: ConfirmRun, scope: Sequence[Operation]) -> None:
    if scope:
        walk.settle([SettledOperation(operation, "entered") for operation in scope])


def _walk(walk: ConfirmRun, scope: Sequence[Operation]) -> None:
    """Show each operation, ask, write; the end of the input ends the walk."""
    project, say = walk.project, walk.project.say
    records = walk.store.read().snapshot.records
    # The questions stand on stderr, which names nobody.
    names = without_persons(names_in({parse_address(one.address).root for one in scope}, records))
    ordered = [
        task.operation
        for place in worksheet_structures(scope, records, names, project.settings.day, say)
        for task in place.tasks
    ]
    for number, operation in enumerate(ordered, 1):
        (place,) = worksheet_structures((operation,), records, names, project.settings.day, say)
        tell("\n" + "\n".join(worksheet_lines(place, say, plain)))
        move = _asked(say, operation, number, len(ordered))
        settled = _settled(operation, move, say)
        if settled is not None:
            walk.settle([settled])
            tell("".join(f"{note}\n" for note in _meanwhile(walk, operation)), nl=False)
        elif move != "skip":
            return


def _settled(operation: Operation, move: Move, say: Translator) -> SettledOperation | None:
    """Return how an operation is settled; None when it is not: skipped, or nobody says why it is dropped."""
    if move == "enter":
        return SettledOperation(operation, "entered")
    reason = _reason(say) if move == "drop" else None
    return None if reason is None else SettledOperation(operation, "dropped", reason)


def _asked(say: Translator, operation: Operation, number: int, count: int) -> Move:
    entered = _("Operation {n} of {count}: [e]ntered, [s]kip, [d]rop, [q]uit? ")
    verified = _("Operation {n} of {count}: [v]erified, [s]kip, [d]rop, [q]uit? ")
    question = say(verified if operation.gesture == "verify" else entered, n=number, count=count)
    while (message := answer(question)) is not None:
        word = message.casefold()
        if word == "s":
            # The question's own letter: « saisie » in French.
            return "enter" if say.language == "fr" else "skip"
        if word in _WORDS:
            return _WORDS[word]
    return "quit"


def _reason(say: Translator) -> str | None:
    """Return why an operation is dropped, None when nobody says it."""
    while (message := answer(say(_("Why is it dropped? ")))) is not None:
        if message:
            return message
    return None


def _meanwhile(walk: ConfirmRun, operation: Operation) -> Iterator[str]:
    """Yield who settled an operation while it was asked about, if somebody did."""
    if operation not in walk.elsewhere:
        return
    say = walk.project.say
    found = next((one for one in walk.store.operations() if one.id == operation.id), None)
    by, state = (found.closed_by or "?", found.state) if found is not None else ("?", "?")
    message = _("operation {id} was settled meanwhile by somebody else ({state}, {by}): it is left as it is")
    yield say(message, id=operation.id, state=say(_STATES.get(state, state)), by=by)


_STATES: Final = {"entered": _("entered"), "seen": _("seen"), "dropped": _("dropped")}


def _done(request: Request, walk: ConfirmRun, outputs: dict[str, str | None], failed: Failed) -> int:
    """Say what was settled and what remains, however the walk ended."""
    say = walk.project.say
    code, message = _end(failed, say)
    left, total = _left(walk, failed)
    if failed is None and request.own["everything"] and left:
        code = Exit.OPEN
    error = {"exit_code": int(code), "message": message} if message else None
    done = Confirmation(tuple(walk.settled), tuple(walk.elsewhere), left, total, walk.targets)
    views: dict[str, View] = {
        "text": lambda paint: confirm_text(done, say, paint),
        "json": lambda _paint: as_json(confirm_document(done, error)),
    }
    deliver(request, outputs, views)
    if message:
        complain(message)
    return code


def _end(failed: Failed, say: Translator) -> tuple[Exit, str]:
    if isinstance(failed, ChorusConfigError):
        return failed.code, str(failed)
    if failed is not None:
        return Exit.INTERRUPTED, say(_("interrupted: what was confirmed is kept"))
    return Exit.OK, ""


def _left(walk: ConfirmRun, failed: object) -> tuple[int | None, int | None]:
    """Return how many operations are open in scope and in all, None when the store that failed cannot tell."""
    try:
        return walk.left()
    except ChorusConfigError:
        if failed is None:
            raise
        return None, None
