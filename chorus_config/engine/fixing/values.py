"""CP009, CP601: the value of a list, a box or a date that a word stands for; quotes around a text, brackets around a list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from chorus_config.engine.fixing.days import meant_day
from chorus_config.engine.fixing.mend import FaultyFile, FixOf, Mend, is_one_slip
from chorus_config.model.finding import Fault
from chorus_config.schema.lookup import plain
from chorus_config.schema.suggestions import value_named
from chorus_config.yamltext.values import flow


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the value as the schema asks for it."""
    by_case = _BY_CASE.get(fault.case)
    found = by_case(fault, file) if by_case is not None else None
    # While a value is none of its kind, nothing that depends on it is judged; a guess may be told wrong by what comes then.
    return replace(found, reveals=found.safe or fault.case == "near") if found is not None else None


def _box(fault: Fault, file: FaultyFile) -> Mend | None:
    return file.replaced(fault.path, str(fault.args["suggestion"]))


def _date(fault: Fault, file: FaultyFile) -> Mend | None:
    day, certain = meant_day(str(fault.args.get("value", "")))
    return file.rewritten(fault.path, day, safe=certain) if day else None


def _text(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what puts quotes around a word that is read as a box."""
    value = fault.args.get("value")
    return file.replaced(fault.path, json.dumps("true" if value else "false")) if isinstance(value, bool) else None


def _of_list(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the value of a list: safe for its own words, and one slip away; not where the portal dropped it."""
    source, _span = file.source(fault.path)
    word, near = source.strip("\"'"), str(fault.args["suggestion"])
    named = value_named(word, file.node(fault.path))
    safe = near in named if named else is_one_slip(plain(word), plain(near))
    return file.rewritten(fault.path, near, safe=safe, bare=True)


def _number(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the one number that is accepted, where it is written with quotes or a fraction of nothing."""
    due, value = file.node(fault.path).get("const"), fault.args.get("value")
    is_it = isinstance(due, int) and isinstance(value, str) and value.strip().removeprefix("v").removesuffix(".0") == str(due)
    return file.replaced(fault.path, str(due)) if is_it else None


def _list(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes a list of one text; parting it where a comma stands is a guess."""
    value = fault.args.get("value")
    if not isinstance(value, str) or not value.strip() or file.node((*fault.path, 0)).get("type") != "string":
        return None
    parts = [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
    return file.replaced(fault.path, flow(parts), safe=len(parts) == 1)


_BY_CASE: Final[Mapping[str, FixOf]] = {
    "near": _of_list,
    "meant_boolean": _box,
    "constant": _number,
    "date": _date,
    "text": _text,
    "list": _list,
}
