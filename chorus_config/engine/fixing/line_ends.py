"""CP017: line feeds in the place of line ends that hardly any program knows."""

from __future__ import annotations

import re

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Edit, Fault
from chorus_config.yamltext.spans import span_at


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the line ends; what else CP017 tells is another kind of file."""
    if fault.case != "line ends":
        return None
    text = file.text
    found = re.finditer("\r(?!\n)|\u0085|\u2028|\u2029", text)
    return Mend(tuple(Edit(span_at(text, one.start(), one.end()), "\n") for one in found), reveals=True)
