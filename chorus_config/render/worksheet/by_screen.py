"""The operations of one structure or account by screen of the portal, in its order: one visit does all that is asked there.

A gesture is what one operation asks for on one screen: an operation on a structure may need several screens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from chorus_config.diff.fields import steps
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.invoicing import DIRECTORY_OPENS
from chorus_config.model.plan import FieldChange
from chorus_config.render.plan.view import ShownField
from chorus_config.render.shared.portal import PUBLISHED, RENEWED, SCREENS, Certainty, Screen, screen_of
from chorus_config.render.shared.screens import way_to
from chorus_config.render.worksheet.tasks import Task

# On the portal of the guide, a block may be named and its fields not shown.
_NOT_SHOWN: Final = _("the guide names this block without showing its fields")
_DOUBTS: Final[dict[Certainty, str]] = {
    "path": _("block and fields as they were called in 2016: their names today are not verified"),
    "unverified": _("where today's portal has this is not verified"),
}


@dataclass(frozen=True, slots=True)
class ScreenGesture:
    """What an operation asks for on one screen: its rows there, in the screen's order; the `part`th screen of `parts`."""

    task: Task
    rows: tuple[ShownField, ...]
    part: int
    parts: int


@dataclass(frozen=True, slots=True)
class ShownScreen:
    """A screen with what is to be done there, in words; `doubt` is what is not known of it, "" for nothing.

    `screen` is None for what the portal of the day does not have: then only `block` says something.
    """

    screen: Screen | None
    block: str
    gestures: tuple[ScreenGesture, ...]
    way: tuple[str, ...] = ()
    doubt: str = ""
    alone: str = ""
    answer: str = ""
    undo: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        """The name of the screen in the table, "" for none."""
        return self.screen.name if self.screen else ""


def by_screen(root: str, tasks: Iterable[Task], day: date, say: Translator) -> tuple[ShownScreen, ...]:
    """Return what is to be done for a structure or account, by screen of the portal of a day."""
    found: dict[tuple[int, str], tuple[Screen | None, list[ScreenGesture]]] = {}
    for task in tasks:
        parts = tuple(_parts(task, day))
        for part, (screen, block, rows) in enumerate(parts, 1):
            place = (SCREENS.index(screen) if screen else len(SCREENS), block)
            found.setdefault(place, (screen, []))[1].append(ScreenGesture(task, rows, part, len(parts)))
    return tuple(_shown(root, (block, *found[order, block]), day, say) for order, block in sorted(found))


def _parts(task: Task, day: date) -> Iterator[tuple[Screen | None, str, tuple[ShownField, ...]]]:
    """Yield the screens that a task needs, each with its rows."""
    rows = {row.key: (block, row) for block, row in task.rows}
    by_place: dict[tuple[int, str], list[tuple[int, ShownField]]] = {}
    if not rows:
        first = _first_screen(task, day)
        yield first, first.block if first else "", ()
    for field in task.item.change.fields:
        block, row = rows[".".join(steps(field.path))]
        screen = _screen(task, field, day)
        place = (SCREENS.index(screen), screen.block) if screen else (len(SCREENS), block)
        by_place.setdefault(place, []).append((_rank(screen, field.path), row))
    for (order, block), there in sorted(by_place.items(), key=lambda one: one[0]):
        screen = SCREENS[order] if order < len(SCREENS) else None
        yield screen, block, tuple(row for _rank, row in sorted(there, key=lambda one: one[0]))


def _first_screen(task: Task, day: date) -> Screen | None:
    """Return where an operation without any field is done."""
    group = task.item.change.address.group
    return next((one for one in SCREENS if one.group == group and one.is_of(day)), None)


def _screen(task: Task, field: FieldChange, day: date) -> Screen | None:
    change = task.item.change
    return screen_of(change.address.group, field.path, day, checked=task.operation.gesture == "verify") if task.asked else None


def _rank(screen: Screen | None, path: str) -> int:
    """Return where a field stands on its screen."""
    known = [field.path for field in screen.fields] if screen else []
    return known.index(path) if path in known else len(known)


def _shown(root: str, there: tuple[str, Screen | None, list[ScreenGesture]], day: date, say: Translator) -> ShownScreen:
    block, screen, gestures = there
    if screen is None:
        return ShownScreen(None, block, tuple(gestures))
    return ShownScreen(
        screen,
        block,
        tuple(gestures),
        way_to(screen, root, say),
        _doubt(screen, gestures, say),
        say(screen.alone),
        _answer(screen, day, say),
        say(screen.undo),
        say(screen.source),
    )


def _doubt(screen: Screen, gestures: Iterable[ScreenGesture], say: Translator) -> str:
    """Return what is not known of a screen, or of one of the fields that are asked for there; "" for nothing."""
    if screen.certainty != "documented":
        return say(_NOT_SHOWN if screen.until < RENEWED and screen.certainty == "path" else _DOUBTS[screen.certainty])
    keys = {row.key: row.label for gesture in gestures for row in gesture.rows}
    unsourced = (".".join(steps(field.path)) for field in screen.fields if field.kind == "unsourced")
    label = next((keys[key] for key in unsourced if key in keys), "")
    return say(_("whether this screen has « {label} » is not verified"), label=label) if label else ""


def _answer(screen: Screen, day: date, say: Translator) -> str:
    """Return what follows, and what the directory makes of it once there is one."""
    answer = say(screen.answer)
    if not screen.published or day < DIRECTORY_OPENS:
        return answer
    return say(_("{answer}; {more}"), answer=answer, more=say(PUBLISHED))
