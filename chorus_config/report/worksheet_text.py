"""A worksheet for the desk where it is entered: by structure and block, the portal's labels, from → to."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.report.paint import Paint
from chorus_config.report.plan_parts import SIGNS, Item, Piece, Row
from chorus_config.report.rights import names_of
from chorus_config.report.worksheet_parts import Place, Task, Worksheet, heading, since
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.yamltext.characters import printable, shown


def worksheet_text(sheet: Worksheet, say: Texts, paint: Paint) -> str:
    """Return the whole worksheet; nothing is left out."""
    lines = [paint(printable(heading(sheet, say)), "title" if sheet.count else "good"), printable(sheet.source)]
    told = ["\n".join(lines), *("\n".join(worksheet_lines(place, say, paint)) for place in sheet.places)]
    if sheet.count and not sheet.planned:
        told.append(say(_("Once entered on the portal: chorus-config confirm.")))
    return "\n\n".join(told) + "\n"


def worksheet_lines(place: Place, say: Texts, paint: Paint) -> Iterator[str]:
    """Yield a structure or account with its operations."""
    label = f"  {printable(place.label)}" if place.label else ""
    path = f"   {printable(place.path)}" if place.path else ""
    yield paint(f"{printable(place.root)}{label}", "title") + paint(path, "quiet")
    for task in place.tasks:
        yield from task_lines(task, say, paint)


def task_lines(task: Task, say: Texts, paint: Paint) -> Iterator[str]:
    """Yield an operation: the resource, its number and age and who may enter it, its fields by block."""
    item = task.item
    yield f"  {paint(name_of(item), item.change.op)}"
    opened = since(task.operation, say)
    yield "    " + paint(" – ".join([*([opened] if opened else []), names_of(task.who, say)]), "quiet")
    yield from field_lines(item, say, "    ")


def name_of(item: Item) -> str:
    """Return what is done to which resource: `+ Service ST-TECH`."""
    return f"{SIGNS[item.change.op]} {item.name}" + (f" {printable(item.key)}" if item.key else "")


def field_lines(item: Item, say: Texts, pad: str) -> Iterator[str]:
    """Yield the fields of a change by block."""
    for block, rows in item.blocks:
        if block:
            yield f"{pad}{printable(block)}"
        yield from (f"{pad}  {_row(item.change.op, row, say)}" for row in rows)


def _row(op: str, row: Row, say: Texts) -> str:
    label = f"{row.label} ({printable(row.key)})" if row.label else printable(row.key)
    if op != "update":
        return say(_("{label}: {value}"), label=label, value=value_of(row.after if op == "create" else row.before))
    told = say(_("{label}: {before} → {after}"), label=label, before=value_of(row.before), after=value_of(row.after))
    return told + say(_(" (the hidden part differs)")) if row.hidden else told


def value_of(told: tuple[Piece, ...]) -> str:
    """Return a value on one line: what somebody wrote stands between quotes."""
    return ", ".join(_piece(piece) for piece in told)


def _piece(piece: Piece) -> str:
    text = shown(piece.text, limit=len(piece.text)) if piece.literal else printable(piece.text)
    return f"{text} {printable(piece.more)}" if piece.more else text
