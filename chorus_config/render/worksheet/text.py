"""A worksheet for the desk where it is entered: by structure and block, the portal's labels, from → to."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import field_lines, name_of
from chorus_config.render.worksheet.view import Task, Worksheet, WorksheetStructure, heading, names_of, since
from chorus_config.yamltext.characters import printable


def worksheet_text(sheet: Worksheet, say: Translator, paint: Paint) -> str:
    """Return the whole worksheet; nothing is left out."""
    lines = [paint(printable(heading(sheet, say)), "title" if sheet.count else "good"), printable(sheet.source)]
    blocks = ["\n".join(lines), *("\n".join(worksheet_lines(structure, say, paint)) for structure in sheet.structures)]
    if sheet.count and not sheet.planned:
        blocks.append(say(_("Once entered on the portal: chorus-config confirm.")))
    return "\n\n".join(blocks) + "\n"


def worksheet_lines(structure: WorksheetStructure, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield a structure or account with its operations."""
    label = f"  {printable(structure.label)}" if structure.label else ""
    path = f"   {printable(structure.path)}" if structure.path else ""
    yield paint(f"{printable(structure.root)}{label}", "title") + paint(path, "quiet")
    for task in structure.tasks:
        yield from task_lines(task, say, paint)


def task_lines(task: Task, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield an operation: the resource, its number and age and who may enter it, its fields by block."""
    item = task.item
    yield f"  {paint(name_of(item), item.change.op)}"
    opened = since(task.operation, say)
    yield "    " + paint(" – ".join([*([opened] if opened else []), names_of(task.who, say)]), "quiet")
    yield from field_lines(item, say, "    ")
