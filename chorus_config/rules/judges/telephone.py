"""What is wrong with a telephone number, if anything.

phonenumbers dials letters (`+33 545XXXXXX` becomes a valid number) and drops a zero after the country code without a
word: the form is judged here first. What is plainly a French number is passed here; the library judges the rest.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

Flaw = Literal["", "form", "letters", "trunk", "invalid"]

# With the country code; E.164 sets the upper bound.
_DIGITS: Final = range(5, 16)
_FRANCE: Final = "+33"
# How the numbers of France begin, where its numbering plan has given out the whole range.
_FRENCH: Final = frozenset(
    [
        "10",
        "11",
        "12",
        "13",
        "14",
        "15",
        "16",
        "17",
        "18",
        "19",
        "20",
        "21",
        "22",
        "23",
        "24",
        "25",
        "27",
        "28",
        "29",
        "30",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "38",
        "39",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "47",
        "48",
        "49",
        "50",
        "51",
        "52",
        "53",
        "54",
        "55",
        "56",
        "57",
        "58",
        "60",
        "61",
        "62",
        "64",
        "65",
        "66",
        "67",
        "68",
        "74",
        "75",
        "76",
        "77",
        "78",
        "90",
        "91",
        "92",
        "93",
        "94",
        "95",
        "96",
        "97",
        "98",
        "99",
    ]
)


def flaw(number: str) -> Flaw:
    """Return what is wrong with a number that is not blank.

    "form", "letters" and "trunk" (a zero after the country code): it is not in international form. "invalid": it is,
    but its country has no such number. "": nothing.
    """
    if is_plainly_french(number):
        return ""
    compact = number.replace(" ", "")
    if not _is_international(number):
        if any(map(str.isalpha, number)):
            return "letters"
        return "trunk" if "(0)" in compact and number.startswith("+") else "form"
    if compact.startswith(f"{_FRANCE}0"):
        return "trunk"
    return _judged(compact)


def is_plainly_french(number: str) -> bool:
    """Tell whether a number is one of the many that are right at first sight, with or without the blank after « +33 »."""
    if not number.startswith(_FRANCE):
        return False
    digits = number[3:].removeprefix(" ")
    return len(digits) == 9 and digits[:2] in _FRENCH and digits.isascii() and digits.isdigit()


def _is_international(number: str) -> bool:
    """Tell whether a number is a plus, a country code and digits, with single blanks between them at most."""
    if not (number.startswith("+") and number.isascii()):
        return False
    groups = number[1:].split(" ")
    return all(map(str.isdigit, groups)) and not number.startswith("+0") and sum(map(len, groups)) in _DIGITS


@lru_cache(maxsize=256)
def _judged(compact: str) -> Flaw:
    # Late, and seldom: importing it doubles the start of a run on one file.
    import phonenumbers  # noqa: PLC0415 - slow to import

    try:
        number = phonenumbers.parse(compact, None)
    except phonenumbers.NumberParseException:
        return "invalid"
    after = compact[1:].removeprefix(str(number.country_code))
    # Some countries (Italy) keep their zero: then the library keeps it too.
    if after.startswith("0") and phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) != compact:
        return "trunk"
    return "" if phonenumbers.is_valid_number(number) else "invalid"
