"""CP016: one blank in the place of a line break, a tab or several blanks, and none at the ends."""

from __future__ import annotations

import re
from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.address import LISTS
from chorus_config.model.finding import Fault

_BLANKS: Final = re.compile(r"[ \t\n\r\v\f\u0085\u2028\u2029]+")
_NAMES: Final = frozenset((kind.group, kind.key) for kind in LISTS if kind.key)


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the text on one line; inside a name by which something is known, that is not safe."""
    text = file.whole_text(fault.path)
    inside = text.strip(" ")
    new = _BLANKS.sub(" ", text).strip(" ")
    is_name = len(fault.path) == 3 and (fault.path[0], fault.path[2]) in _NAMES
    return file.rewritten(fault.path, new, safe=not is_name or new == inside) if new else None
