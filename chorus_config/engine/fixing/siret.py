"""CP101: the fourteen digits of a SIRET without what stands between them."""

from __future__ import annotations

import re
from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Fault
from chorus_config.rules.judges.checksums import is_fourteen_digits, siret_holds

_BETWEEN: Final = re.compile(r"[\s.\-\u2010-\u2015\u202f]+")


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what takes blanks, dots and hyphens out; where a spreadsheet took the first zero, putting it back is a guess."""
    bare = _BETWEEN.sub("", file.whole_text(fault.path))
    if is_fourteen_digits(bare):
        return file.rewritten(fault.path, bare)
    found = f"0{bare}"
    return file.rewritten(fault.path, found, safe=False) if is_fourteen_digits(found) and siret_holds(found) else None
