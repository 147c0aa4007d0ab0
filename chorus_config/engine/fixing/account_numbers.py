"""CP302, CP303: IBAN and BIC in capitals, without what stands between their signs, where they then hold."""

from __future__ import annotations

import re
from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Fault
from chorus_config.rules.judges.checksums import bic_holds, has_form_of_iban, iban_holds

_BETWEEN: Final = re.compile(r"[\s.\-\u2010-\u2015\u202f]+")
_LABEL: Final = re.compile(r"^(?:IBAN|BIC|SWIFT)[\s:]+", re.IGNORECASE)


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the number as banks do; a digit is never changed."""
    text = file.whole_text(fault.path)
    bare = _BETWEEN.sub("", _LABEL.sub("", text)).upper()
    holds = bic_holds(bare) or (has_form_of_iban(bare) and iban_holds(bare))
    return file.rewritten(fault.path, bare) if holds else None
