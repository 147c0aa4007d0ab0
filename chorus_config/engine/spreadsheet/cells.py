"""What a cell means: ticks, words of lists, days, numbers of which a spreadsheet took digits away.

What cannot be known is a fault; nothing is guessed in silence, and what was put right is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from msgspec import Struct

from chorus_config.engine.spreadsheet.columns import EMPTY, Column, plain_title
from chorus_config.engine.spreadsheet.lists import space_of, split
from chorus_config.i18n.translator import _
from chorus_config.model.table import CellValue, UnusableCell
from chorus_config.rules.judges.checksums import siret_holds
from chorus_config.rules.judges.countries import country_name
from chorus_config.rules.judges.telephone import is_plainly_french
from chorus_config.schema.suggestions import meant_boolean, meant_value
from chorus_config.yamltext.characters import cleaned, shown

_BLANKS: Final = re.compile(r"[\s\u200b]+")
_SCIENTIFIC: Final = re.compile(r"[0-9]+(?:[.,][0-9]*)?[eE]\+?[0-9]+")
_DOTTED: Final = re.compile(r"[0-9]+(?:\.[0-9]+)+")
# Of so many digits, a number may be a SIRET that lost its zeros.
_SHORTENED: Final = re.compile("[0-9]{11,13}")
_SIRET_BUT_ONE: Final = 13
_BETWEEN_DIGITS: Final = re.compile(r"[\s.\-/]|\(0\)")
_DAY: Final = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00:00)?")
# What spreadsheets are told so that they leave a text alone: ="0123", '0123.
_FORCED: Final = re.compile(r"=?\"([0-9+][^\"]*)\"|'([0-9+].*)")
_FRANCE: Final = "France"


class CannotRead(Exception):
    """A cell does not say what its column asks for; `message` is a message id, `places` what stands in it."""

    def __init__(self, message: str, **places: object) -> None:
        super().__init__(message)
        self.message = message
        self.places = places


class CellContext(Struct, frozen=True):
    """What else counts for a cell: the day of the portal, the country of its address ("" where none is written).

    `kind` is the type that the row says of its identifiant, "" for nothing; `known` are the identifiants that there are.
    """

    day: date
    country: str = ""
    kind: str = ""
    known: Collection[str] = ()


class Read(Struct, frozen=True):
    """The value of a cell, and a message id of what was put right in it, "" for nothing."""

    value: Any
    note: str = ""


def read_cell(cell: CellValue | UnusableCell, column: Column, context: CellContext) -> Read | None:
    """Return what a cell says of a column, None for nothing. Raises CannotRead."""
    if isinstance(cell, UnusableCell):
        raise CannotRead(cell.why, value=shown(cell.shown))
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    return _READERS[column.form](cell, column, context)


def text_of(cell: CellValue | UnusableCell) -> str:
    """Return a cell as a text, whole numbers without a point; "" for nothing."""
    if cell is None or isinstance(cell, UnusableCell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.strip() if isinstance(cell, str) else str(cell)


def _text(cell: CellValue, column: Column, _context: CellContext) -> Read:
    if isinstance(cell, date):
        raise CannotRead(
            _(
                "the spreadsheet made a date of it, and what was typed is lost: give the column the format « Text », and type "
                "it again"
            )
        )
    if isinstance(cell, bool):
        raise CannotRead(_("the spreadsheet made « true » or « false » of it: a text is expected"))
    if isinstance(cell, float) and not cell.is_integer():
        raise CannotRead(_("it is a number with decimals: a text is expected"))
    text = text_of(cell)
    if text.casefold() == EMPTY:
        return Read("")
    lines = [cleaned(line).strip() for line in text.splitlines()]
    return Read(("\n" if column.form == "lines" else " ").join(lines).strip())


def _code(cell: CellValue, column: Column, context: CellContext) -> Read:
    read = _text(_unforced(cell), column, context)
    if isinstance(cell, str):
        return read
    return Read(read.value, _("read as {value}: it is a number there, and zeros in front, if there were any, are lost"))


def _siret(cell: CellValue, column: Column, context: CellContext) -> Read:
    written = _text(_unforced(cell), column, context).value
    if written in context.known or context.kind not in {"", "SIRET"}:
        return Read(written)
    text = _BLANKS.sub("", written)
    if _SCIENTIFIC.fullmatch(text):
        raise CannotRead(
            _(
                "{value} is a number that the spreadsheet cut short, and its last digits are lost: give the column the format "
                "« Text », and type the identifiant again"
            ),
            value=shown(text),
        )
    digits = text.replace(".", "") if _DOTTED.fullmatch(text) else text
    if not digits.isdigit():
        return Read(written)
    return _with_zeros(digits) if _SHORTENED.fullmatch(digits) else Read(digits)


def _with_zeros(digits: str) -> Read:
    """Return a number that is too short for a SIRET with the zeros in front that it lost, where the check digits prove them."""
    whole = digits.zfill(14)
    if siret_holds(whole):
        return Read(whole, _("read as {value}: the spreadsheet took the zeros in front, the check digits prove them"))
    if len(digits) < _SIRET_BUT_ONE:
        return Read(digits)
    message = _(
        "{value} has 13 digits, where a SIRET has 14, and a zero in front does not make one: compare it with the portal, and "
        "type it again in a column of the format « Text »"
    )
    raise CannotRead(message, value=shown(digits))


def _postal(cell: CellValue, column: Column, context: CellContext) -> Read:
    text = _text(_unforced(cell), column, context).value
    lost = len(text) == 4 and text.isascii() and text.isdigit()
    if lost and (context.country == _FRANCE or (not context.country and not isinstance(cell, str))):
        return Read(text.zfill(5), _("read as {value}: the spreadsheet took the zero in front"))
    return Read(text)


def _phone(cell: CellValue, column: Column, context: CellContext) -> Read:
    text = _text(_unforced(cell), column, context).value
    if context.country not in {"", _FRANCE}:
        return Read(text)
    digits = _BETWEEN_DIGITS.sub("", text)
    for prefix in ("0033", "33", "0", ""):
        if digits.startswith(prefix) and not text.startswith("+"):
            found = f"+33 {digits.removeprefix(prefix).removeprefix('0')}"
            if is_plainly_french(found):
                return Read(found)
    return Read(text)


def _date(cell: CellValue, _column: Column, _context: CellContext) -> Read:
    if isinstance(cell, date):
        return Read((cell.date() if isinstance(cell, datetime) else cell).isoformat())
    text = text_of(cell)
    found, iso = _DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    parts = (found[3], found[2], found[1]) if found is not None else iso.groups() if iso is not None else ()
    try:
        year, month, day = map(int, parts)
        return Read(date(year, month, day).isoformat())
    except ValueError:
        message = _("{value} is no day: a date is expected, such as 31/12/2026 with four digits for the year")
        raise CannotRead(message, value=shown(text)) from None


def _tick(cell: CellValue, _column: Column, _context: CellContext) -> Read:
    meant = meant_boolean(text_of(cell).casefold())
    if not meant:
        raise CannotRead(_("{value} is neither yes nor no: oui or non is expected"), value=shown(text_of(cell)))
    return Read(meant == "true")


def _choice(cell: CellValue, column: Column, context: CellContext) -> Read:
    return Read(_meant_choice(text_of(cell), column, column.node, context))


def _meant_choice(word: str, column: Column, node: Mapping[str, Any], context: CellContext) -> str:
    """Return the value of a list that a word names, in the portal's words or those of people. Raises CannotRead."""
    notes = node.get("x-values", {})
    wanted = plain_title(word)
    for names in (lambda value: (value, column.choices[value]), lambda value: notes.get(value, {}).get("x-words", ())):
        for value in column.choices:
            if wanted in map(plain_title, names(value)):
                return value
    allowed = ", ".join(column.choices[value] for value in column.offered(context.day))
    near = meant_value(word, {**node, "enum": [*column.choices]}, context.day)
    message = (
        _("{value} is none of the words of the list ({allowed}): {near} is probably meant")
        if near
        else _("{value} is none of the words of the list: {allowed}")
    )
    raise CannotRead(message, value=shown(word), allowed=allowed, near=column.choices.get(near, near))


def _words(cell: CellValue, column: Column, context: CellContext) -> Read:
    values = _split(cell)
    if not column.choices:
        return Read(values)
    return Read([_meant_choice(one, column, column.node.get("items", {}), context) for one in values])


def _spaces(cell: CellValue, column: Column, context: CellContext) -> Read:
    entries = []
    for one in _split(cell):
        found = space_of(one)
        if found is None:
            modes = " / ".join(column.choices.values())
            raise CannotRead(
                _("{value} has no mode behind it: « Factures de travaux (Consultation) » is expected; modes: {modes}"),
                value=shown(one), modes=modes,
            )  # fmt: skip
        items = column.node.get("items", {}).get("properties", {}).get("mode", {})
        entries.append({"nom": found[0], "mode": _meant_choice(found[1], column, items, context)})
    return Read(entries)


def _split(cell: CellValue) -> list[str]:
    values = split(text_of(cell))
    if values is None:
        raise CannotRead(_("a quotation mark is not closed: close it, or delete it"))
    return [cleaned(one) for one in values]


def _unforced(cell: CellValue) -> CellValue:
    """Return a cell without the signs by which people have a spreadsheet leave a text alone."""
    found = _FORCED.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return (found[1] if found[1] is not None else found[2]) if found is not None else cell


def country_of(text: str) -> str:
    """Return the name of the country that a cell names, "" for none; what names nothing known is returned as it stands."""
    return country_name(text) or text.strip()


_READERS: Final[Mapping[str, Callable[[CellValue, Column, CellContext], Read]]] = {
    "text": _text, "lines": _text, "name": _text, "code": _code, "siret": _siret, "postal": _postal, "phone": _phone,
    "date": _date, "tick": _tick, "choice": _choice, "words": _words, "spaces": _spaces,
}  # fmt: skip
