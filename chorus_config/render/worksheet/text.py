"""A worksheet for whoever enters it: by structure and block, the portal's labels, from → to; and what `confirm` did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.operation import Confirmation
from chorus_config.render.shared.gestures import titled, to_do
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import called, field_line, field_lines, headed, remaining_line
from chorus_config.render.worksheet.by_screen import ScreenGesture, ShownScreen
from chorus_config.render.worksheet.sentences import (
    FIRST_TIME,
    about,
    advice,
    alone,
    confirm_line,
    dropped_heading,
    dropped_why,
    heading,
    letter_line,
    reopen_command,
    since,
)
from chorus_config.render.worksheet.tasks import Task, names_of
from chorus_config.render.worksheet.view import Worksheet, WorksheetStructure
from chorus_config.yamltext.characters import printable


def worksheet_text(sheet: Worksheet, say: Translator, paint: Paint) -> str:
    """Return the whole worksheet; nothing is left out."""
    lines = [paint(printable(heading(sheet, say)), "title" if sheet.count else "good"), printable(sheet.source)]
    blocks = ["\n".join(lines)]
    if sheet.access and sheet.count:
        blocks.append("\n".join(_access(sheet.access, say, paint)))
    told: set[tuple[str, str]] = set()
    blocks += ["\n".join(_structure(structure, told, say, paint)) for structure in sheet.structures]
    blocks += [line.replace("`", "") for line in (letter_line(sheet, say), confirm_line(sheet, say)) if line]
    if sheet.given_up:
        head = () if sheet.only_dropped else (paint(dropped_heading(sheet, say), "warning"),)
        blocks.append("\n".join((*head, *_dropped(sheet, say, paint))))
    return "\n\n".join(blocks) + "\n"


def _dropped(sheet: Worksheet, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield what was dropped: why, and how it is opened again; with its fields when nothing else was asked for."""
    for structure in sheet.dropped:
        yield paint(headed(structure.root, structure.label), "title")
        for task in structure.tasks:
            title = say(_("{gesture}: {name}"), gesture=titled(to_do(task.operation, say)), name=called(task.item))
            yield f"  {paint(title, task.item.change.op)}"
            yield f"    {printable(dropped_why(task.operation, say))}"
            if sheet.only_dropped:
                yield from field_lines(task.item, say, "    ")
            yield f"    {say(_('to open it again: {command}'), command=printable(reopen_command(task.operation)))}"


def _access(steps: Sequence[str], say: Translator, paint: Paint) -> Iterator[str]:
    """Yield how somebody comes in who never did."""
    yield paint(say(FIRST_TIME), "title")
    yield from (f"  {number}. {step}" for number, step in enumerate(steps, 1))


def _structure(structure: WorksheetStructure, told: set[tuple[str, str]], say: Translator, paint: Paint) -> Iterator[str]:
    """Yield a structure or account with what is to be done, screen by screen; `told` is what was said of screens before."""
    yield from worksheet_head(structure, paint)
    for screen in structure.screens:
        yield from _screen(screen, say, paint)
        said = [line for line in advice(screen, say) if (screen.name, line) not in told]
        told |= {(screen.name, line) for line in said}
        yield from (f"    {line}" for line in said)


def _screen(screen: ShownScreen, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield a screen: the way there, what is done."""
    yield f"  {paint(printable(screen.block), 'title')}"
    if screen.way:
        yield f"    {printable(' › '.join(screen.way))}"
        yield f"    {alone(screen, say)}"
    for gesture in screen.gestures:
        yield from _gesture(gesture, say, paint)


def _gesture(gesture: ScreenGesture, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield what an operation asks for on a screen: its box, its number and age and who may enter it, its fields there."""
    task = gesture.task
    yield f"    [ ] {_titled(task, say, paint)}"
    yield "        " + paint(about(gesture, say), "quiet")
    if gesture.part == 1:
        yield from (f"        {hint}" for hint in task.hints)
    yield from (f"          {field_line(task.item.change.op, row, say, key=False)}" for row in gesture.rows)


def worksheet_lines(structure: WorksheetStructure, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield a structure or account with its operations."""
    yield from worksheet_head(structure, paint)
    for task in structure.tasks:
        yield from task_lines(task, say, paint)


def worksheet_head(structure: WorksheetStructure, paint: Paint) -> Iterator[str]:
    """Yield the line that names a structure or account."""
    path = f"   {printable(structure.path)}" if structure.path else ""
    yield paint(headed(structure.root, structure.label), "title") + paint(path, "quiet")


def task_lines(task: Task, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield an operation: the resource, its number and age and who may enter it, its fields by block."""
    yield f"  {_titled(task, say, paint)}"
    opened = since(task.operation, say)
    yield "    " + paint(" – ".join([*([opened] if opened else []), names_of(task.who, say)]), "quiet")
    yield from (f"    {hint}" for hint in task.hints)
    yield from field_lines(task.item, say, "    ")


def _titled(task: Task, say: Translator, paint: Paint) -> str:
    """Return what is to be done with what, and the person that it is about."""
    person = f"  {printable(task.person)}" if task.person else ""
    title = say(_("{gesture}: {name}"), gesture=titled(to_do(task.operation, say)), name=called(task.item))
    return f"{paint(title, task.item.change.op)}{person}"


def confirm_text(confirmation: Confirmation, say: Translator, paint: Paint) -> str:
    """Return how many operations were entered and dropped, and how many remain."""
    counts = Counter(
        "checked" if (one.operation.gesture, one.state) == ("verify", "entered") else one.state for one in confirmation.settled
    )
    counted = (
        (_("{n} operation entered."), _("{n} operations entered."), counts["entered"]),
        (_("{n} operation checked."), _("{n} operations checked."), counts["checked"]),
        (_("{n} operation dropped."), _("{n} operations dropped."), counts["dropped"]),
        (_("{n} operation opened again."), _("{n} operations opened again."), len(confirmation.reopened)),
        (
            _("{n} operation settled by somebody else."),
            _("{n} operations settled by somebody else."),
            len(confirmation.elsewhere),
        ),
    )
    lines = [say.count(one, many, number) for one, many, number in counted if number]
    lines += _of_targets(confirmation, say, nothing=not lines and confirmation.left == 0)
    if confirmation.total is not None:
        lines.append(paint(remaining_line(confirmation.total, say), "good" if confirmation.total == 0 else "title"))
    return "\n".join(lines) + "\n"


def _of_targets(confirmation: Confirmation, say: Translator, *, nothing: bool) -> Iterator[str]:
    """Yield what is to be said of the operations in scope: that there were none, or how many are left."""
    targets = printable(", ".join(confirmation.targets))
    if nothing and targets:
        yield say(_("Nothing to confirm for {targets}: no operation is open."), targets=targets)
    elif nothing:
        yield say(_("Nothing to confirm: no operation is open."))
    elif targets and confirmation.left:
        messages = _("{n} operation of {targets} is still open."), _("{n} operations of {targets} are still open.")
        yield say.count(*messages, confirmation.left, targets=targets)
