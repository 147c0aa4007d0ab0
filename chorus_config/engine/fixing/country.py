"""CP206: the name of the country that was most likely meant."""

from __future__ import annotations

from chorus_config.engine.fixing.mend import FaultyFile, Mend, is_one_slip
from chorus_config.model.finding import Fault
from chorus_config.schema.lookup import plain


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes its name; more than one slip away from it, it is a guess."""
    near = str(fault.args.get("suggestion", ""))
    safe = is_one_slip(plain(str(fault.args.get("value", ""))), plain(near))
    return file.rewritten(fault.path, near, safe=safe) if near else None
