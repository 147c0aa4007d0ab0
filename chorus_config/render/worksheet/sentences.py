"""The sentences that every format of a worksheet says."""

from __future__ import annotations

from shlex import quote
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.operation import Operation
from chorus_config.render.shared.dates import day_text
from chorus_config.render.shared.gestures import tally
from chorus_config.render.worksheet.by_screen import ScreenGesture, ShownScreen
from chorus_config.render.worksheet.tasks import ACCOUNTANT, SUPPORT, Task, names_of
from chorus_config.render.worksheet.view import Worksheet

FIRST_TIME: Final = _("Before you begin, if you never signed in")


def heading(sheet: Worksheet, say: Translator) -> str:
    """Return what a worksheet is about, in one sentence."""
    if sheet.planned:
        messages = (
            _("{n} operation would be to do in Chorus Pro: {tally}."),
            _("{n} operations would be to do in Chorus Pro: {tally}."),
        )
    else:
        messages = (
            _("{n} operation to do in Chorus Pro: {tally}."),
            _("{n} operations to do in Chorus Pro: {tally}."),
        )
    if sheet.only_dropped:
        return dropped_heading(sheet, say)
    if sheet.count:
        counted = tally((task.operation for structure in sheet.structures for task in structure.tasks), say)
        return say.count(*messages, sheet.count, tally=counted)
    if sheet.targets:
        return say(_("Nothing to do in Chorus Pro for {targets}."), targets=", ".join(sheet.targets))
    return say(_("Nothing to do in Chorus Pro."))


def dropped_heading(sheet: Worksheet, say: Translator) -> str:
    """Return how many approved changes were dropped, in one sentence."""
    messages = (
        _("{n} approved change was dropped, and is not on the portal."),
        _("{n} approved changes were dropped, and are not on the portal."),
    )
    return say.count(*messages, len(sheet.given_up)) if sheet.given_up else say(_("Nothing was dropped."))


def dropped_why(operation: Operation, say: Translator) -> str:
    """Return when and by whom an operation was dropped, and why."""
    by = f", {operation.closed_by}" if operation.closed_by else ""
    message = _("operation {id}, dropped on {day}{by}: {reason}")
    day = (operation.closed_at or "?")[:10]
    return say(message, id=operation.id, day=day, by=by, reason=operation.reason or "?")


def reopen_command(operation: Operation) -> str:
    """Return the command that opens a dropped operation again."""
    return f"chorus-config confirm --reopen {quote(operation.address)}"


def since(operation: Operation, say: Translator) -> str:
    """Return the number of an operation and since when it is open, "" for one that nobody approved yet."""
    if not operation.id:
        return ""
    return say(_("operation {id}, open since {day}"), id=operation.id, day=day_text(operation.opened_at, say))


def about(gesture: ScreenGesture, say: Translator) -> str:
    """Return the number and age of the operation of a gesture, who may do it, and how many screens it needs."""
    opened = since(gesture.task.operation, say)
    screens = say(_("screen {part} of {parts}"), part=gesture.part, parts=gesture.parts) if gesture.parts > 1 else ""
    return " – ".join(one for one in (opened, names_of(gesture.task.who, say), screens) if one)


def advice(screen: ShownScreen, say: Translator) -> tuple[str, ...]:
    """Return what is to be known after a screen: what follows, how it is taken back, what is not known, where it is from."""
    said = (
        (_("After saving: {advice}."), screen.answer),
        (_("To take it back: {advice}."), screen.undo),
        (_("Not known: {advice}."), screen.doubt),
        (_("Source: {advice}."), screen.source),
    )
    return tuple(say(message, advice=one) for message, one in said if one)


def alone(screen: ShownScreen, say: Translator) -> str:
    """Return what must be left alone on a screen, "" where nothing is said of it."""
    return say(_("Leave alone: {advice}."), advice=screen.alone) if screen.alone else ""


def confirm_line(sheet: Worksheet, say: Translator) -> str:
    """Return what is done once operations are entered; "" where nothing of it is approved yet."""
    numbers = [task.operation.id for structure in sheet.structures for task in structure.tasks if task.operation.id]
    if not numbers or sheet.planned:
        return ""
    message = _("Once entered on the portal: `{command}`, with the numbers of what was done (`3-5` for several in a row).")
    return say(message, command=f"chorus-config confirm {' '.join(map(str, numbers[:2]))}")


def letter_line(sheet: Worksheet, say: Translator) -> str:
    """Return how to ask for what nobody can do on the portal; "" where nothing may have to be asked for."""
    every = (task for structure in sheet.structures for task in structure.tasks)
    if not any(_may_be_asked_for(task) for task in every):
        return ""
    return say(_("What nobody can do on the portal is asked for by letter: `chorus-config letter` writes it."))


def _may_be_asked_for(task: Task) -> bool:
    """Tell whether others than those at the screen may have to do it: make a structure or an account, name a manager."""
    made_elsewhere = task.operation.op == "create" and task.item.change.address.group in {"", "comptes"}
    return made_elsewhere or bool({ACCOUNTANT, SUPPORT} & {*task.who})
