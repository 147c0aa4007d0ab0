"""CP008: a required key that can have but one value."""

from __future__ import annotations

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Edit, Fault, Span
from chorus_config.yamltext.edit import CannotEdit, added_key
from chorus_config.yamltext.spans import span_at
from chorus_config.yamltext.values import flow


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the key where it belongs: the first key of the file before all others."""
    if fault.case != "constant" or fault.path:
        return None
    key = str(fault.args["key"])
    value, order = file.node((key,)).get("const"), tuple(file.node(()).get("properties", ()))
    if value is None:
        return None
    # A word of the list needs no quotes, nor does a number.
    written = value if isinstance(value, str) else flow(value)
    if order[:1] == (key,):
        return _first(f"{key}: {written}", key, file)
    try:
        at, text = added_key(file.raw, (), key, value, order)
    except CannotEdit:
        return None
    return Mend((Edit(span_at(file.text, at, at), text),), True, ((key,),), reveals=True)


def _first(line: str, key: str, file: FaultyFile) -> Mend | None:
    """Return what writes a line before the first key of a file that is written in blocks."""
    keys = [span for path, span in file.document.positions.keys.items() if len(path) == 1]
    first = min(keys, default=None)
    if first is None or first.column != 1:
        return None
    line_end = "\r\n" if "\r\n" in file.text else "\n"
    return Mend((Edit(Span(first.line, 1, first.line, 1), line + line_end),), True, ((key,),), reveals=True)
