"""A worksheet as a list of boxes to tick, for an issue or a shared page; values stand as code and cannot leave it."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.translator import Translator, _
from chorus_config.render.plan.markdown_parts import value_of
from chorus_config.render.plan.view import ShownField
from chorus_config.render.shared.gestures import titled, to_do
from chorus_config.render.shared.markdown import code, prose
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


def worksheet_markdown(sheet: Worksheet, say: Translator) -> str:
    """Return the whole worksheet."""
    blocks = [f"# {prose(say(_('Worksheet')))}", f"**{prose(heading(sheet, say))}** {code(sheet.source)}"]
    blocks += ["\n".join(_structure(structure, say)) for structure in sheet.structures]
    if sheet.count and not sheet.planned:
        blocks.append(prose(say(_("Once entered on the portal: `chorus-config confirm`."))))
    if sheet.given_up:
        blocks += [] if sheet.only_dropped else [f"**{prose(dropped_heading(sheet, say))}**"]
        blocks.append("\n".join(_dropped(task, say) for task in sheet.given_up))
    return "\n\n".join(blocks) + "\n"


def _dropped(task: Task, say: Translator) -> str:
    gesture, address = prose(titled(to_do(task.operation, say))), code(task.operation.address)
    name = say(_("{gesture}: {name}"), gesture=gesture, name=f"{prose(task.item.name)} {address}")
    return f"- {name} – {prose(dropped_why(task.operation, say))} – {code(reopen_command(task.operation))}"


def _structure(structure: WorksheetStructure, say: Translator) -> Iterator[str]:
    label = f" {prose(structure.label)}" if structure.label else ""
    yield f"## {code(structure.root)}{label}\n"
    for task in structure.tasks:
        yield from _task(task, say)


def _task(task: Task, say: Translator) -> Iterator[str]:
    opened = since(task.operation, say)
    since_and_who = " – ".join([*([opened] if opened else []), names_of(task.who, say)])
    person = f" {prose(task.person)}" if task.person else ""
    name = f"**{prose(task.item.name)}**" + (f" {code(task.item.key)}" if task.item.key else "")
    gesture = prose(titled(to_do(task.operation, say)))
    yield f"- [ ] {say(_('{gesture}: {name}'), gesture=gesture, name=name)}{person} – {prose(since_and_who)}"
    yield from (f"  - {prose(hint)}" for hint in task.hints)
    for block, rows in task.item.blocks:
        if block:
            yield f"  - {prose(block)}"
        yield from (f"    - {_row(task.item.change.op, row, say)}" for row in rows)


def _row(op: str, row: ShownField, say: Translator) -> str:
    label = f"{prose(row.label)} {code(row.key)}" if row.label else code(row.key)
    if op != "update":
        return say(_("{label}: {value}"), label=label, value=value_of(row.after if op == "create" else row.before))
    text = say(_("{label}: {before} → {after}"), label=label, before=value_of(row.before), after=value_of(row.after))
    return f"{text} {prose(say(_(' (the hidden part differs)')))}" if row.hidden else text
