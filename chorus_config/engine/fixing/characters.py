"""CP002: nothing in the place of a character that nobody sees; one that turns the text around is left to people's eyes."""

from __future__ import annotations

from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Edit, Fault
from chorus_config.yamltext.characters import cleaned

# Bidirectional marks show a text in another order than the one it has.
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# These part lines for some readers: what is on both sides of them is not one word.
_PARTING: Final = frozenset("\u2028\u2029")


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what takes the character out."""
    if fault.span is None:
        return None
    if fault.case == "escaped":
        return _unescaped(fault, file)
    sign = file.stretch(fault.span)
    if fault.case != "hidden" or len(sign) != 1 or sign in _PARTING:
        return None
    path = file.document.path_at(fault.span)
    return Mend((Edit(fault.span, ""),), sign not in _TURNING, (path,) if path else ())


def _unescaped(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes a value without what came into it by an escape."""
    path = file.document.path_at(fault.span) if fault.span is not None else ()
    text = file.whole_text(path)
    new = cleaned(text.replace("\t", " "))
    return file.rewritten(path, new, safe=not _TURNING & set(text)) if path and new.strip() else None
