"""Whether a SIRET, an IBAN or a BIC holds. What is plainly right is passed here; python-stdnum judges the rest.

The library drops blanks, dots and dashes and takes small letters: the form is judged here first.
"""

from __future__ import annotations

from typing import Any, Final

_DOUBLED: Final = bytes.maketrans(b"0123456789", b"0246813579")  # by two, the digits of the product added
_NOBODY: Final = "000000000"
# La Poste, alone among all, numbers its offices by another sum: the library knows it.
_LA_POSTE: Final = "356000000"


def is_fourteen_digits(text: str) -> bool:
    """Tell whether a text has the form of a SIRET (CP101)."""
    return len(text) == 14 and text.isascii() and text.isdigit()


def is_nine_digits(text: str) -> bool:
    """Tell whether a text has the form of a SIREN."""
    return len(text) == 9 and text.isascii() and text.isdigit()


def siren_holds(siret: str) -> bool:
    """Tell whether nine digits, or the first nine of fourteen, hold by themselves; nobody has the number of zeros alone."""
    return _luhn(siret[:9]) and siret[:9] != _NOBODY


def siret_holds(siret: str) -> bool:
    """Tell whether fourteen digits are a SIRET."""
    return is_plainly_siret(siret) or (siren_holds(siret) and _library("siret").is_valid(siret) is True)


def is_plainly_siret(siret: str) -> bool:
    """Tell whether fourteen digits are a SIRET by the common sum, on all of them and on the first nine."""
    return siren_holds(siret) and _luhn(siret) and siret[:9] != _LA_POSTE


def has_form_of_iban(iban: str) -> bool:
    """Tell whether a text has the form of an IBAN: country, two digits, then capitals and digits; blanks are allowed."""
    compact = iban.replace(" ", "")
    return 12 <= len(compact) <= 34 and _is_capitals(compact) and compact[:2].isalpha() and compact[2:4].isdigit()


def iban_holds(iban: str) -> bool:
    """Tell whether what has the form of an IBAN has the length of its country and the right check digits."""
    # The library's lists of banks by country age; the check digits do not.
    return is_plainly_iban(iban) or _library("iban").is_valid(iban.replace(" ", ""), check_country=False) is True


def is_plainly_iban(iban: str) -> bool:
    """Tell whether a text is a French IBAN, by its form and its check digits."""
    compact = iban.replace(" ", "")
    if not (len(compact) == 27 and _is_capitals(compact) and compact.startswith("FR")):
        return False
    if not (compact[2:14].isdigit() and compact[-2:].isdigit()):
        return False
    return int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1


def bic_holds(bic: str) -> bool:
    """Tell whether a text is a BIC: bank, a country that exists, place, then the branch or nothing."""
    if not (len(bic) in {8, 11} and _is_capitals(bic) and bic[:6].isalpha()):
        return False
    return bic[4:6] == "FR" or _library("bic").is_valid(bic) is True


def _is_capitals(text: str) -> bool:
    return text.isascii() and text.isalnum() and text == text.upper()


def _luhn(number: str) -> bool:
    digits = number.encode()
    total = sum(digits[-1::-2]) + sum(digits[-2::-2].translate(_DOUBLED))
    return (total - 48 * len(digits)) % 10 == 0


def _library(name: str) -> Any:
    # Late, and seldom: importing it doubles the start of a run on one file.
    from stdnum import bic, iban  # noqa: PLC0415 - slow to import
    from stdnum.fr import siret  # noqa: PLC0415 - slow to import

    return {"siret": siret, "iban": iban, "bic": bic}[name]
