"""A worksheet as a list of boxes to tick, for an issue or a shared page; values stand as code and cannot leave it."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.render.plan.markdown_parts import DetailLevel, name_of, value_of
from chorus_config.render.plan.view import ShownField
from chorus_config.render.shared.markdown import code, prose
from chorus_config.render.worksheet.view import Task, Worksheet, WorksheetStructure, heading, names_of, since

_WHOLE = DetailLevel(None, None, 3, 3)


def worksheet_markdown(sheet: Worksheet, say: Translator) -> str:
    """Return the whole worksheet."""
    told = [f"# {prose(say(_('Worksheet')))}", f"**{prose(heading(sheet, say))}** {code(sheet.source)}"]
    told += ["\n".join(_place(place, say)) for place in sheet.places]
    if sheet.count and not sheet.planned:
        told.append(prose(say(_("Once entered on the portal: `chorus-config confirm`."))))
    return "\n\n".join(told) + "\n"


def _place(place: WorksheetStructure, say: Translator) -> Iterator[str]:
    label = f" {prose(place.label)}" if place.label else ""
    yield f"## {code(place.root)}{label}\n"
    for task in place.tasks:
        yield from _task(task, say)


def _task(task: Task, say: Translator) -> Iterator[str]:
    opened = since(task.operation, say)
    told = " – ".join([*([opened] if opened else []), names_of(task.who, say)])
    yield f"- [ ] {name_of(task.item, _WHOLE)} – {prose(told)}"
    for block, rows in task.item.blocks:
        if block:
            yield f"  - {prose(block)}"
        yield from (f"    - {_row(task.item.change.op, row, say)}" for row in rows)


def _row(op: str, row: ShownField, say: Translator) -> str:
    label = f"{prose(row.label)} {code(row.key)}" if row.label else code(row.key)
    if op != "update":
        return say(_("{label}: {value}"), label=label, value=value_of(row.after if op == "create" else row.before))
    told = say(_("{label}: {before} → {after}"), label=label, before=value_of(row.before), after=value_of(row.after))
    return f"{told} {prose(say(_(' (the hidden part differs)')))}" if row.hidden else told
