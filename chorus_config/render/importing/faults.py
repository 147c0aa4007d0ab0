"""What is wrong in a spreadsheet: a line a cell, and the rows of the JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.table import TableFault, letters
from chorus_config.render.shared.paint import Paint, plain
from chorus_config.yamltext.characters import printable


def faults_text(faults: Sequence[TableFault], say: Translator, paint: Paint = plain) -> str:
    """Return every fault, one a line: where, which field, what is wrong and what to do."""
    head = say.count(_("{n} cell to be corrected:"), _("{n} cells to be corrected:"), len(faults))
    return "\n".join([paint(head, "error"), *(f"  {_line(one, say)}" for one in faults)]) + "\n"


def left_out_text(left_out: Sequence[str], say: Translator) -> str:
    """Return which structures and accounts a partial import left out, "" for none that is known."""
    if not left_out:
        return ""
    message = say.count(
        _("Left out, until it is corrected: {names}"), _("Left out, until they are corrected ({n}): {names}"), len(left_out),
        names=", ".join(map(printable, left_out)),
    )  # fmt: skip
    return message + "\n"


def fault_rows(faults: Sequence[TableFault], say: Translator) -> list[dict[str, Any]]:
    """Return the faults as rows of the JSON document."""
    return [
        {
            "place": one.place,
            "table": one.table,
            "row": one.row,
            "column": letters(one.column) if one.column is not None else None,
            "label": one.label,
            "root": one.root,
            "message": _said(one, say),
        }
        for one in faults
    ]


def _line(one: TableFault, say: Translator) -> str:
    said = _said(one, say)
    if not one.label:
        return printable(f"{one.place}  {said}")
    return printable(say(_("{place}  « {label} »: {said}"), place=one.place, label=one.label, said=said))


def _said(one: TableFault, say: Translator) -> str:
    return say(one.message, **one.places)
