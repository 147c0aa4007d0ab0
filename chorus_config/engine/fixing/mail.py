"""CP106, CP803: an e-mail address without the blanks, the signs and the name around it."""

from __future__ import annotations

import re
from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Fault
from chorus_config.rules.judges.mailbox import is_valid

_AROUND: Final = re.compile(r"^[^<>]*<([^<>]+@[^<>]+)>$")
_ENDS: Final = " \t\n\r\u00a0\u202f<>()[]\"'“”«»;,:."
_BLANK: Final = re.compile(r"[\s\u00a0\u202f]+")


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the address alone; a sign that is put in the place of another is a guess."""
    text = file.whole_text(fault.path)
    found = _AROUND.match(text.strip())
    bare = (found[1] if found else text).strip(_ENDS)
    bare = re.sub("^mailto:", "", bare, flags=re.IGNORECASE).strip(_ENDS)
    # A blank beside the sign stands for nothing; one inside a name may stand for a hyphen or a dot.
    for new, safe in ((re.sub(r"\s*@\s*", "@", bare), True), (_guessed(bare), False)):
        if is_valid(new):
            return file.rewritten(fault.path, new, safe=safe)
    return None


def _guessed(text: str) -> str:
    text = re.sub(r"\s*[\[({]\s*(?:at|arobase|@)\s*[\])}]\s*", "@", text, flags=re.IGNORECASE)
    text = re.sub("@{2,}", "@", text).replace(",", ".")
    return _BLANK.sub("", re.sub(r"\.{2,}", ".", text))
