"""Changes that are told without their plan: by structure, value by value, in the words of the worksheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from chorus_config.report.paint import Paint
from chorus_config.report.rows_text import field_lines, name_of
from chorus_config.report.worksheet_parts import tasks
from chorus_config.texts.translator import Texts
from chorus_config.words.address import parse_address
from chorus_config.words.operation import Operation
from chorus_config.yamltext.characters import printable


def changes_lines(made: Iterable[Operation], say: Texts, paint: Paint) -> Iterator[str]:
    """Yield the lines of changes in the form of operations, under the name of each structure or account."""
    for root, group in groupby(sorted(made, key=_root), key=_root):
        yield f"  {printable(root)}"
        for task in tasks(tuple(group), date.min, say, declared=True):
            yield f"    {paint(name_of(task.item), task.item.change.op)}"
            yield from field_lines(task.item, say, "      ")


def _root(operation: Operation) -> str:
    return parse_address(operation.address).root
