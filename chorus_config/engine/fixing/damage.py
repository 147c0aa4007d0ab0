"""CP018: the text that was meant, without the quotation marks, letters and blanks that came in on its way."""

from __future__ import annotations

import re
from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Fault

# Text in an old code page: which one is a guess.
_FRAMES: Final = re.compile("[\u2500-\u259f]")


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes what was meant; a mark in the middle of a text may as well lack its partner."""
    meant, written = str(fault.args.get("text", "")), str(fault.args.get("value", ""))
    found = str(fault.args.get("found", ""))
    if fault.case == "lost" or not meant.strip():
        return None
    in_the_middle = fault.case == "stray" and found not in {written.strip()[:1], written.strip()[-1:]}
    return file.rewritten(fault.path, meant, safe=not in_the_middle and _FRAMES.search(found) is None)
