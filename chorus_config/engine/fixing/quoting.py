"""CP006: the text that is written, between double quotes."""

from __future__ import annotations

import json

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Fault

# What a reader of YAML gives for nothing: nobody knows which text was meant.
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what puts the quotes."""
    text = str(fault.args.get("text", ""))
    return None if text in _NOTHING else file.replaced(fault.path, json.dumps(text, ensure_ascii=False))
