"""What a cell means: the texts of public lists as the sheets write them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from chorus_config.rules.judges.countries import country_name
from chorus_config.rules.judges.telephone import is_plainly_french
from chorus_config.yamltext.characters import cleaned

# What a sheet takes at most (schemas: `texte`).
LONGEST: Final = 4096
_WORDS: Final = {
    **dict.fromkeys(("true", "vrai", "oui", "o", "1", "x", "yes", "y"), True),
    **dict.fromkeys(("false", "faux", "non", "n", "0", "no"), False),
}
_SCIENTIFIC: Final = re.compile(r"[0-9]+(?:[.,][0-9]*)?[eE][+]?[0-9]+")
_BLANKS: Final = re.compile(r"\s+")
_LINE_ENDS: Final = re.compile("[\\s]*[\t\n\r\x0b\x0c\x85\u2028\u2029][\\s]*")
_BETWEEN_DIGITS: Final = re.compile(r"[\s.\-/]")
# Where the type is not said, a number of so many digits is a SIRET that lost its leading zeros; a shorter one may be an
# identifiant of another type.
_SHORTENED: Final = range(11, 14)
_SIRET_TYPES: Final = frozenset({"", "0", "siret"})


def plain_name(text: str) -> str:
    """Return the name of a column as it is compared: without accents, case, blanks and punctuation."""
    base = unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, base))


def words_of(text: str) -> frozenset[str]:
    """Return the words in the name of a column, without accents and case."""
    base = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return frozenset(re.findall("[a-z]+", base.casefold()))


def text_of(cell: str) -> str | None:
    """Return a text on one line, without characters that no sheet holds; None when nothing is left, or by far too much."""
    text = (cell if cell.isprintable() else cleaned(_LINE_ENDS.sub(" ", cell))).strip()
    return text if 0 < len(text) <= LONGEST else None


def flag(cell: str) -> bool | None:
    """Return what a cell ticks; None for nothing, and for what is no yes or no."""
    ticked = _WORDS.get(cell)
    return ticked if ticked is not None else _WORDS.get(cell.strip().casefold())


def contrary(cell: str) -> bool | None:
    """Return the contrary of what a cell ticks."""
    ticked = flag(cell)
    return None if ticked is None else not ticked


def status(cell: str) -> str | None:
    """Return the status of a structure that is active, or not."""
    ticked = flag(cell)
    return None if ticked is None else "ACTIF" if ticked else "INACTIF"


def routing_status(cell: str) -> bool | None:
    """Return whether what the directory calls A or I (in full, too) is active."""
    return {"a": True, "actif": True, "i": False, "inactif": False}.get(cell.strip().casefold())


# What reads ticks: of a cell that such a one does not understand, it is told so.
TICKS: Final = frozenset({flag, contrary, status, routing_status})


@lru_cache(maxsize=512)
def country(cell: str) -> str | None:
    """Return the name of a country as the portal shows it; a text that names none is left as it stands."""
    text = text_of(cell)
    return None if text is None else country_name(text) or text


def postal_code(cell: str) -> str | None:
    """Return a postal code; four digits lost their zero."""
    text = text_of(cell)
    return text.zfill(5) if text is not None and len(text) == 4 and text.isascii() and text.isdigit() else text


def telephone(cell: str) -> str | None:
    """Return what is plainly a French number in the form of the sheets, anything else as it stands."""
    text = text_of(cell)
    if text is None:
        return None
    if len(text) == 10 and text[0] == "0" and is_plainly_french(found := f"+33 {text[1:]}"):
        return found
    digits = _BETWEEN_DIGITS.sub("", text).replace("(0)", "")
    for prefix in ("+33", "0033", "33", "0", ""):
        if digits.startswith(prefix) and is_plainly_french(found := f"+33 {digits.removeprefix(prefix).removeprefix('0')}"):
            return found
    return text


def is_scientific(cell: str, kind: str = "") -> bool:
    """Tell whether a spreadsheet cut a number down to a few digits and an exponent; `kind` is the type that the list says.

    An identifiant of another type may have an E of its own: there only the sign that spreadsheets write tells.
    """
    text = _BLANKS.sub("", cell)
    return _SCIENTIFIC.fullmatch(text) is not None and ("+" in text or _is_siret_type(kind))


def identifiant(cell: str, kind: str = "") -> str:
    """Return an identifiant without blanks, its leading zeros restored; `kind` is what the list says of its type."""
    text = _BLANKS.sub("", cell)
    if len(text) >= 14 or not (text.isascii() and text.isdigit()):
        return text
    is_short = len(text) in _SHORTENED if not kind.strip() else _is_siret_type(kind)
    return text.zfill(14) if is_short else text


def _is_siret_type(kind: str) -> bool:
    return kind.strip().casefold() in _SIRET_TYPES


def siren(cell: str) -> str:
    """Return a SIREN without blanks, its leading zeros restored."""
    text = _BLANKS.sub("", cell)
    return text.zfill(9) if len(text) in {7, 8} and text.isascii() and text.isdigit() else text
