"""Changes that are told without their plan: by structure, value by value, in the words of the worksheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.address import parse_address
from chorus_config.model.operation import Operation
from chorus_config.render.shared.field_lines import field_lines, name_of
from chorus_config.render.shared.paint import Paint
from chorus_config.render.worksheet.view import tasks
from chorus_config.yamltext.characters import printable


def operation_lines(operations: Iterable[Operation], say: Translator, paint: Paint) -> Iterator[str]:
    """Yield the lines of changes in the form of operations, under the name of each structure or account."""
    for root, group in groupby(sorted(operations, key=_root), key=_root):
        yield f"  {printable(root)}"
        for task in tasks(tuple(group), date.min, say, declared=True):
            yield f"    {paint(name_of(task.item), task.item.change.op)}"
            yield from field_lines(task.item, say, "      ")


def _root(operation: Operation) -> str:
    return parse_address(operation.address).root


def remaining_line(left: int, say: Translator) -> str:
    """Return how many operations remain to be entered."""
    messages = _("{n} operation remains to be entered in Chorus Pro."), _("{n} operations remain to be entered in Chorus Pro.")
    return say.count(*messages, left)


def closing_lines(left: int, say: Translator) -> list[str]:
    """Return the last lines of what approves or records."""
    return [remaining_line(left, say), say(_("Nothing was changed in Chorus Pro: this program never writes there."))]
