"""CP203: a number in international form, where the country of its address says which plan it is of.

Source: ARCEP, numbering plan: ten digits, of which the first four say the territory; each has a country code of its own
(ITU E.164).
"""

from __future__ import annotations

import re
from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.finding import Fault
from chorus_config.rules.judges.body import country_beside
from chorus_config.rules.judges.countries import is_in_french_plan
from chorus_config.rules.judges.telephone import flaw

_LABEL: Final = re.compile(r"^(?:t[ée]l(?:[ée]phone)?|fax|t[ée]l[ée]copie)[\s.:\u00a0\u202f]*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s.,/\-\u00a0\u202f\u2010-\u2015]+")
_ZONES: Final = {
    "262": ("0262", "0263", "0269", "0639", "0692", "0693"),
    "590": ("0590", "0690", "0691"),
    "594": ("0594", "0694"),
    "596": ("0596", "0696", "0697"),
}
_CODE_OF: Final = {zone: code for code, zones in _ZONES.items() for zone in zones}
# Numbers of these zones are of several territories.
_SHARED: Final = ("0709", "0947", "0976")


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what writes the number as abroad dials it; a number that lost its first zero is a guess."""
    text = _LABEL.sub("", file.whole_text(fault.path).strip())
    compact = _BETWEEN.sub("", text.replace("(0)", "")).replace("(", "").replace(")", "")
    if re.fullmatch(r"\+?[0-9]{6,16}", compact) is None:
        return None
    french = is_in_french_plan(country_beside(file.body, fault.path))
    new, safe = _international(compact, text, french=french)
    return file.rewritten(fault.path, new, safe=safe) if new and flaw(new) == "" else None


def _international(compact: str, text: str, *, french: bool) -> tuple[str, bool]:
    """Return the number in international form, "" where nobody knows it, and whether that is certain."""
    if compact.startswith("+33"):
        return f"+33 {compact[3:].removeprefix('0')}", True
    if compact.startswith("+"):
        return "+" + " ".join(re.findall("[0-9]+", text.replace("(0)", ""))), True
    if not french:
        return "", False
    if compact.startswith("00") or (compact.startswith("33") and len(compact) in {11, 12}):
        whole = f"+{compact.removeprefix('00')}"
        return _international(whole, whole, french=True)
    lost = len(compact) == 9
    return _of_french_plan(f"0{compact}" if lost else compact), not lost


def _of_french_plan(number: str) -> str:
    """Return a number of ten digits with the country code of its territory."""
    if len(number) != 10 or not number.startswith("0") or number.startswith(_SHARED):
        return ""
    if number.startswith("0508"):
        return f"+508 {number[4:]}"
    return f"+{_CODE_OF.get(number[:4], '33')} {number[1:]}"
