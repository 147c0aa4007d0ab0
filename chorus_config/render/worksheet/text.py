"""A worksheet for whoever enters it: by structure and block, the portal's labels, from → to; and what `confirm` did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.operation import Confirmation
from chorus_config.render.shared.gestures import titled, to_do
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import called, field_lines, headed, remaining_line
from chorus_config.render.worksheet.view import (
    Task,
    Worksheet,
    WorksheetStructure,
    dropped_heading,
    dropped_why,
    heading,
    names_of,
    reopen_command,
    since,
)
from chorus_config.yamltext.characters import printable


def worksheet_text(sheet: Worksheet, say: Translator, paint: Paint) -> str:
    """Return the whole worksheet; nothing is left out."""
    lines = [paint(printable(heading(sheet, say)), "title" if sheet.count else "good"), printable(sheet.source)]
    blocks = ["\n".join(lines), *("\n".join(worksheet_lines(structure, say, paint)) for structure in sheet.structures)]
    if sheet.count and not sheet.planned:
        blocks.append(say(_("Once entered on the portal: chorus-config confirm.")))
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


def worksheet_lines(structure: WorksheetStructure, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield a structure or account with its operations."""
    path = f"   {printable(structure.path)}" if structure.path else ""
    yield paint(headed(structure.root, structure.label), "title") + paint(path, "quiet")
    for task in structure.tasks:
        yield from task_lines(task, say, paint)


def task_lines(task: Task, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield an operation: the resource, its number and age and who may enter it, its fields by block."""
    item = task.item
    person = f"  {printable(task.person)}" if task.person else ""
    title = say(_("{gesture}: {name}"), gesture=titled(to_do(task.operation, say)), name=called(item))
    yield f"  {paint(title, item.change.op)}{person}"
    opened = since(task.operation, say)
    yield "    " + paint(" – ".join([*([opened] if opened else []), names_of(task.who, say)]), "quiet")
    yield from (f"    {hint}" for hint in task.hints)
    yield from field_lines(item, say, "    ")


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
