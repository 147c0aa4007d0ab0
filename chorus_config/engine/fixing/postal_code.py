"""CP202: the five digits of a French postal code without what stands around or between them."""

from __future__ import annotations

import re
from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Fault

_SIGNS: Final = re.compile(r"[\s.\u00a0\u202f]+")


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the digits alone; where a spreadsheet took the first zero, putting it back is a guess."""
    if fault.case == "four":
        return None
    bare = re.sub("^F(?:R)?-", "", _SIGNS.sub("", file.whole_text(fault.path)))
    if re.fullmatch("[0-9]{5}", bare):
        return file.rewritten(fault.path, bare)
    return file.rewritten(fault.path, f"0{bare}", safe=False) if re.fullmatch("[1-9][0-9]{3}", bare) else None
