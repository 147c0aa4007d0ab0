"""CP001: spaces in the place of tabs and of other blanks in the indentation, nothing on a line of blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Edit, Fault, Span
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.spans import applied
from chorus_config.yamltext.syntax import TAB

_INDENTATION: Final = re.compile(r"^[ \t]*\t[ \t]*(?=[^\s])|^[ \t]*\t[ \t]*(?:-[ \t]+)*(?=\S)")
_USUAL: Final = (2, 4, 8)


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what mends the layout."""
    if fault.span is None:
        return None
    if fault.case == "odd":
        return Mend((Edit(fault.span, " "),), reveals=True)
    if fault.case == "blanks":
        return Mend((Edit(fault.span, ""),), reveals=True)
    return _without_tabs(file) if fault.args.get("problem") == TAB else None


def _without_tabs(file: FaultyFile) -> Mend | None:
    """Return what puts spaces for every tab of the indentation; where their number decides what is said, that is not safe."""
    lines = file.text.split("\n")
    width = min((len(line) - len(line.lstrip(" ")) for line in lines if re.match(" +[^ \t]", line)), default=2)
    tried = [(edits, _read(file, edits)) for edits in (tuple(_edits(lines, one)) for one in dict.fromkeys((width, *_USUAL)))]
    readable = [(edits, data) for edits, data in tried if data is not None]
    if not readable:
        return None
    edits, data = readable[0]
    return Mend(edits, all(other == data for _edits, other in readable), reveals=True)


def _edits(lines: list[str], width: int) -> Iterator[Edit]:
    for number, line in enumerate(lines, start=1):
        found = _INDENTATION.match(line)
        if found is not None:
            yield Edit(Span(number, 1, number, found.end() + 1), found.group().replace("\t", " " * width))


def _read(file: FaultyFile, edits: tuple[Edit, ...]) -> object:
    """Return what the file says once edits are made, None where it cannot be read."""
    parsed = parse(applied(file.raw, edits))
    return None if parsed.stopped else parsed.data
