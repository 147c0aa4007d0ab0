"""Lines that several text views share: fields and values, changes that are shown without their plan, what remains to enter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from chorus_config.diff.fields import field_schema, steps
from chorus_config.diff.names import Names
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import parse_address
from chorus_config.model.operation import Operation
from chorus_config.render.plan.view import SIGNS, ShownChange, ShownField
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.pieces import Piece, pieces
from chorus_config.render.worksheet.tasks import tasks
from chorus_config.yamltext.characters import printable


def name_of(item: ShownChange) -> str:
    """Return what is done to which resource: `+ Service ST-TECH`."""
    return f"{SIGNS[item.change.op]} {called(item)}"


def called(item: ShownChange) -> str:
    """Return what a resource is called: `Service ST-TECH`."""
    return item.name + (f" {printable(item.key)}" if item.key else "")


def headed(root: str, label: str) -> str:
    """Return what people call a structure beside its identifiant, as a heading: `21160999500017  Commune de Valmont`."""
    return f"{printable(root)}  {printable(label)}" if label else printable(root)


def named(address: str, names: Names) -> str:
    """Return the same inside a sentence, of whatever an address names: `21160999500017/services/ST (Commune de Valmont)`."""
    label = names.get(parse_address(address).root, "")
    return f"{printable(address)} ({printable(label)})" if label else printable(address)


def field_lines(item: ShownChange, say: Translator, pad: str) -> Iterator[str]:
    """Yield the fields of a change by block."""
    for block, rows in item.blocks:
        if block:
            yield f"{pad}{printable(block)}"
        yield from (f"{pad}  {field_line(item.change.op, row, say)}" for row in rows)


def field_label(group: str, path: str, *, key: bool = True) -> str:
    """Return the portal's label of a field, with its key in the sheet unless told not to; the key alone without a label."""
    name = printable(".".join(steps(path)))
    title = str(field_schema(group, path).get("title", ""))
    return (f"{title} ({name})" if key else title) if title else name


def value_of(value: tuple[Piece, ...]) -> str:
    """Return a value on one line: what somebody wrote stands between quotes."""
    return _piece(value[0]) if len(value) == 1 else ", ".join(map(_piece, value))


def value_text(value: object, say: Translator, absent: str = _("not reported")) -> str:
    """Return a value on one line, whole; `absent` is said of None."""
    return value_of(pieces(value, say, None, absent))


def field_line(op: str, row: ShownField, say: Translator, *, key: bool = True) -> str:
    """Return a field of a change on one line: its label (with its key unless told not to), its value, from → to."""
    label = (f"{row.label} ({printable(row.key)})" if key else row.label) if row.label else printable(row.key)
    if op != "update":
        return say(_("{label}: {value}"), label=label, value=value_of(row.after if op == "create" else row.before))
    text = say(_("{label}: {before} → {after}"), label=label, before=value_of(row.before), after=value_of(row.after))
    return text + say(_(" (the hidden part differs)")) if row.hidden else text


def _piece(piece: Piece) -> str:
    text = f'"{printable(piece.text)}"' if piece.literal else printable(piece.text)
    return f"{text} {printable(piece.more)}" if piece.more else text


def operation_lines(operations: Iterable[Operation], names: Names, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield the lines of changes in the form of operations, under the name of each structure or account."""
    for root, group in groupby(sorted(operations, key=_root), key=_root):
        yield f"  {headed(root, names.get(root, ''))}"
        for task in tasks(tuple(group), date.min, say, declared=True):
            yield f"    {paint(name_of(task.item), task.item.change.op)}"
            yield from field_lines(task.item, say, "      ")


def _root(operation: Operation) -> str:
    return parse_address(operation.address).root


def remaining_line(left: int, say: Translator) -> str:
    """Return how many operations remain to be entered."""
    messages = (
        _("{n} operation remains to be entered or checked in Chorus Pro."),
        _("{n} operations remain to be entered or checked in Chorus Pro."),
    )
    return say.count(*messages, left)


def closing_lines(left: int, say: Translator) -> list[str]:
    """Return the last lines of what approves or records."""
    return [remaining_line(left, say), say(_("Nothing was changed in Chorus Pro: this program never writes there."))]
