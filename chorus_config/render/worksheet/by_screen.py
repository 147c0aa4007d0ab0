"""The operations of one structure or account by screen of the portal, in its order: one visit does all that is asked there.

A gesture is what one operation asks for on one screen: an operation on a structure may need several screens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.fields import steps
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.invoicing import DIRECTORY_OPENS
from chorus_config.model.plan import FieldChange
from chorus_config.render.plan.view import ShownField
from chorus_config.render.shared.pieces import Piece
from chorus_config.render.shared.portal import PUBLISHED, RENEWED, SCREENS, Certainty, Screen, screen_of
from chorus_config.render.shared.screens import way_to
from chorus_config.render.worksheet.tasks import Task

_ORDER: Final = {screen.name: number for number, screen in enumerate(SCREENS)}
# What the portal calls a value of ours, as the rows have it; a day as our files write it.
_LABEL: Final = re.compile("\\(« (.+) »\\)")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# On the portal of the guide, a block may be named and its fields not shown.
_NOT_SHOWN: Final = _("the guide names this block without showing its fields")
_DOUBTS: Final[dict[Certainty, str]] = {
    "path": _("block and fields as they were called in 2016: their names today are not verified"),
    "unverified": _("where today's portal has this is not verified"),
}


class ScreenGesture(Struct, frozen=True):
    """What an operation asks for on one screen: its rows there, in the screen's order; the `part`th screen of `parts`."""

    task: Task
    rows: tuple[ShownField, ...]
    part: int
    parts: int


class ShownScreen(Struct, frozen=True):
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
        parts = tuple(_parts(task, day, say))
        for part, (screen, block, rows) in enumerate(parts, 1):
            place = (_ORDER[screen.name] if screen else len(SCREENS), block)
            found.setdefault(place, (screen, []))[1].append(ScreenGesture(task, rows, part, len(parts)))
    return tuple(_shown(root, (block, *found[order, block]), day, say) for order, block in sorted(found))


Part = tuple[Screen | None, str, tuple[ShownField, ...]]
# A screen by its place in the table (behind all of them for none), and its block.
_Place = tuple[int, str]


def _parts(task: Task, day: date, say: Translator) -> Iterator[Part]:
    """Yield the screens that a task needs, each with its rows."""
    if not task.rows:
        first = _first_screen(task, day)
        yield first, first.block if first else "", ()
    for (order, block), there in sorted(_by_place(task, day).items(), key=lambda one: one[0]):
        screen = SCREENS[order] if order < len(SCREENS) else None
        yield screen, block, tuple(_typed(row, say) for _rank, row in sorted(there, key=lambda one: one[0]))


def _by_place(task: Task, day: date) -> dict[_Place, list[tuple[int, ShownField]]]:
    """Return the rows of a task by the screen that they stand on, each with its rank there."""
    rows = {row.key: (block, row) for block, row in task.rows}
    found: dict[_Place, list[tuple[int, ShownField]]] = {}
    for field in task.item.change.fields:
        block, row = rows[".".join(steps(field.path))]
        screen = _screen(task, field, day)
        if screen and _is_person(screen, field.path) and len(rows) > 1:
            continue
        place = (_ORDER[screen.name], screen.block) if screen else (len(SCREENS), block)
        found.setdefault(place, []).append((_rank(screen, field.path), row))
    return found


def _first_screen(task: Task, day: date) -> Screen | None:
    """Return where an operation without any field is done."""
    group = task.item.change.address.group
    return next((one for one in SCREENS if one.group == group and one.is_of(day)), None)


def _screen(task: Task, field: FieldChange, day: date) -> Screen | None:
    change = task.item.change
    return screen_of(change.address.group, field.path, day, checked=task.operation.gesture == "verify") if task.asked else None


def _is_person(screen: Screen, path: str) -> bool:
    """Tell whether a field only says who is meant, which the title does."""
    return any(field.path == path and field.kind == "person" for field in screen.fields)


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
    doubts = []
    if screen.certainty != "documented":
        former = screen.until < RENEWED and screen.certainty == "path"
        doubts.append(say(_NOT_SHOWN if former else _DOUBTS[screen.certainty]))
    keys = {row.key: row.label for gesture in gestures for row in gesture.rows}
    unsourced = (".".join(steps(field.path)) for field in screen.fields if field.kind == "unsourced")
    labels = [keys[key] for key in unsourced if key in keys]
    doubts += [say(_("whether this screen has « {label} » is not verified"), label=label) for label in labels]
    return _joined(doubts, say)


def _answer(screen: Screen, day: date, say: Translator) -> str:
    """Return what follows, and what the directory makes of it once there is one."""
    answer = say(screen.answer)
    if not screen.published or day < DIRECTORY_OPENS:
        return answer
    return _joined([answer, say(PUBLISHED)], say)


def _joined(said: Sequence[str], say: Translator) -> str:
    """Return sentences as one, "" for none."""
    return reduce(lambda one, other: say(_("{one}; {other}"), one=one, other=other), said) if said else ""


def _typed(row: ShownField, say: Translator) -> ShownField:
    """Return a row as it stands on the screen: the portal's words, its way of writing a day, nothing where nothing stands."""
    before, after = (tuple(_as_on_screen(piece, say) for piece in side) for side in (row.before, row.after))
    return replace(row, before=before, after=after)


def _as_on_screen(piece: Piece, say: Translator) -> Piece:
    if not piece.literal:
        return piece
    if not piece.text:
        return Piece(say(_("(empty)")))
    label = _LABEL.fullmatch(piece.more)
    if label:
        return Piece(label[1], literal=True)
    return replace(piece, text=f"{piece.text[8:]}/{piece.text[5:7]}/{piece.text[:4]}") if _DAY.fullmatch(piece.text) else piece
