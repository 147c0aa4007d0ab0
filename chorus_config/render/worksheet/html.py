"""A worksheet as one page: to be printed and ticked by pen, a structure a page, or ticked on a telephone while it is open.

Ticks are the page's own boxes: no script keeps them, so that nothing that a value holds could ever run.
"""

from __future__ import annotations

from typing import Any, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.render.shared.gestures import tally, titled, to_do
from chorus_config.render.shared.html import page, tied
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

_LABELS: Final = {
    "first_time": FIRST_TIME,
    "structures": _("By structure"),
    "before": _("before"),
    "after": _("after"),
    "done_by": _("Done by"),
    "done_on": _("on the"),
    "ticked": _("Boxes ticked:"),
}


def worksheet_html(sheet: Worksheet, say: Translator) -> str:
    """Return the whole worksheet as a page; nothing is left out and no value is cut."""
    labels = {name: say(word) for name, word in _LABELS.items()}
    facts = [line.replace("`", "") for line in (letter_line(sheet, say), confirm_line(sheet, say)) if line]
    return page(
        "worksheet.html.j2",
        lang=say.language,
        kind=say(_("Worksheet")),
        headline=tied(heading(sheet, say)),
        tone="todo" if sheet.count else "good",
        facts=facts,
        reasons=[],
        foot=[],
        labels={**labels, "differs": say(_(" (the hidden part differs)")).strip()},
        access=sheet.access if sheet.count else (),
        sheets=[_sheet(structure, say) for structure in sheet.structures],
        gestures=sum(len(screen.gestures) for structure in sheet.structures for screen in structure.screens),
        dropped_heading=dropped_heading(sheet, say),
        dropped=[_dropped(task, say) for task in sheet.given_up],
    )


def _sheet(structure: WorksheetStructure, say: Translator) -> dict[str, Any]:
    # A sheet is read alone: what holds for several of its screens stands below the first of them.
    told: set[str] = set()
    return {
        "root": structure.root,
        "label": structure.label,
        "count": tally((task.operation for task in structure.tasks), say),
        "screens": [_screen(screen, told, say) for screen in structure.screens],
    }


def _screen(screen: ShownScreen, told: set[str], say: Translator) -> dict[str, Any]:
    said = [line for line in advice(screen, say) if line not in told]
    told |= {*said}
    return {
        "block": screen.block,
        "way": screen.way,
        "gestures": [_gesture(gesture, say) for gesture in screen.gestures],
        "alone": alone(screen, say),
        "advice": said,
    }


def _gesture(gesture: ScreenGesture, say: Translator) -> dict[str, Any]:
    task = gesture.task
    return {
        "number": task.operation.id,
        "title": _title(task, say),
        "key": task.item.key,
        "person": task.person,
        "about": about(gesture, say),
        "hints": tuple(map(titled, task.hints)) if gesture.part == 1 else (),
        "rows": gesture.rows,
        "op": task.item.change.op,
    }


def _title(task: Task, say: Translator) -> str:
    return say(_("{gesture}: {name}"), gesture=titled(to_do(task.operation, say)), name=task.item.name)


def _dropped(task: Task, say: Translator) -> tuple[str, str, str, str]:
    return _title(task, say), task.operation.address, dropped_why(task.operation, say), reopen_command(task.operation)
