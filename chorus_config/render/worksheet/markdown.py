"""A worksheet as a list of boxes to tick, for an issue or a shared page; values stand as code and cannot leave it."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.translator import Translator, _
from chorus_config.render.plan.markdown_parts import value_of
from chorus_config.render.plan.view import ShownField
from chorus_config.render.shared.gestures import titled, to_do
from chorus_config.render.shared.markdown import code, prose
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
)
from chorus_config.render.worksheet.tasks import Task
from chorus_config.render.worksheet.view import Worksheet, WorksheetStructure


def worksheet_markdown(sheet: Worksheet, say: Translator) -> str:
    """Return the whole worksheet."""
    blocks = [f"# {prose(say(_('Worksheet')))}", f"**{prose(heading(sheet, say))}** {code(sheet.source)}"]
    if sheet.access and sheet.count:
        steps = (f"{number}. {prose(step)}" for number, step in enumerate(sheet.access, 1))
        blocks.append("\n".join((f"## {prose(say(FIRST_TIME))}\n", *steps)))
    told: set[tuple[str, str]] = set()
    blocks += ["\n\n".join(_structure(structure, told, say)) for structure in sheet.structures]
    blocks += [prose(line) for line in (letter_line(sheet, say), confirm_line(sheet, say)) if line]
    if sheet.given_up:
        blocks += [] if sheet.only_dropped else [f"**{prose(dropped_heading(sheet, say))}**"]
        blocks.append("\n".join(_dropped(task, say) for task in sheet.given_up))
    return "\n\n".join(blocks) + "\n"


def _dropped(task: Task, say: Translator) -> str:
    gesture, address = prose(titled(to_do(task.operation, say))), code(task.operation.address)
    name = say(_("{gesture}: {name}"), gesture=gesture, name=f"{prose(task.item.name)} {address}")
    return f"- {name} – {prose(dropped_why(task.operation, say))} – {code(reopen_command(task.operation))}"


def _structure(structure: WorksheetStructure, told: set[tuple[str, str]], say: Translator) -> Iterator[str]:
    label = f" {prose(structure.label)}" if structure.label else ""
    yield f"## {code(structure.root)}{label}"
    for screen in structure.screens:
        yield from _screen(screen, say)
        said = [line for line in advice(screen, say) if (screen.name, line) not in told]
        told |= {(screen.name, line) for line in said}
        if said:
            yield "\n".join(f"> {prose(line)}  " for line in said).rstrip()


def _screen(screen: ShownScreen, say: Translator) -> Iterator[str]:
    yield f"### {prose(screen.block)}" if screen.block else "###"
    if screen.way:
        yield prose(" › ".join(screen.way))
        yield f"**{prose(alone(screen, say))}**"
    yield "\n".join(line for gesture in screen.gestures for line in _gesture(gesture, say))


def _gesture(gesture: ScreenGesture, say: Translator) -> Iterator[str]:
    task = gesture.task
    person = f" {prose(task.person)}" if task.person else ""
    name = f"**{prose(task.item.name)}**" + (f" {code(task.item.key)}" if task.item.key else "")
    to_be_done = prose(titled(to_do(task.operation, say)))
    yield f"- [ ] {say(_('{gesture}: {name}'), gesture=to_be_done, name=name)}{person} – {prose(about(gesture, say))}"
    if gesture.part == 1:
        yield from (f"  - {prose(hint)}" for hint in task.hints)
    yield from (f"  - {_row(task.item.change.op, row, say)}" for row in gesture.rows)


def _row(op: str, row: ShownField, say: Translator) -> str:
    label = prose(row.label) if row.label else code(row.key)
    if op != "update":
        return say(_("{label}: {value}"), label=label, value=value_of(row.after if op == "create" else row.before))
    text = say(_("{label}: {before} → {after}"), label=label, before=value_of(row.before), after=value_of(row.after))
    return f"{text} {prose(say(_(' (the hidden part differs)')))}" if row.hidden else text
