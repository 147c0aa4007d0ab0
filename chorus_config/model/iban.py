"""IBANs in any text: where one stands, and what may be shown of it. Wherever it was written, it is masked in what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

# What follows the check digits, by country: so many digits (n), capitals (a) or either (c).
# Source: ISO 13616, IBAN registry of SWIFT, release 101; the tests hold it against python-stdnum.
_FORMS: Final = (
    "AD 8n12c AE 19n AL 8n16c AT 16n AZ 4a20c BA 16n BE 12n BG 4a6n8c BH 4a14c BI 23n BR 23n1a1c BY 4c4n16c CH 5n12c CR 18n "
    "CY 8n16c CZ 20n DE 18n DJ 23n DK 14n DO 4c20n EE 16n EG 25n ES 20n FI 14n FK 2a12n FO 14n FR 10n11c2n GB 4a14n GE 2a16n "
    "GI 4a15c GL 14n GR 7n16c GT 24c HN 4a20n HR 17n HU 24n IE 4a14n IL 19n IQ 4a15n IS 22n IT 1a10n12c JO 4a4n18c KW 4a22c "
    "KZ 3n13c LB 4n20c LC 4a24c LI 5n12c LT 16n LU 3n13c LV 4a13c LY 21n MC 10n11c2n MD 20c ME 18n MK 3n10c2n MN 16n MR 23n "
    "MT 4a5n18c MU 4a19n3a NI 4a20n NL 4a10n NO 11n OM 3n16c PK 4a16c PL 24n PS 4a21c PT 21n QA 4a21c RO 4a16c RS 18n "
    "RU 14n15c SA 2n18c SC 4a20n3a SD 14n SE 20n SI 15n SK 20n SM 1a10n12c SO 19n ST 21n SV 4a20n TL 19n TN 20n TR 6n16c "
    "UA 6n19c VA 18n VG 4a16n XK 16n YE 4a4n18c"
)
_SIGNS: Final = {"n": "[0-9]", "a": "[A-Z]", "c": "[0-9A-Z]"}
# No text that is shorter holds one.
SHORTEST: Final = 15
# What is longer is hardly looked at twice.
_REPEATED: Final = 256
# What people put between the groups: blanks of any kind, hyphens, dots.
_BLANK: Final = "[^0-9A-Za-z]"
_GAP: Final = f"{_BLANK}{{0,2}}"
# More blanks than may stand inside an IBAN: no IBAN begins in one text and ends in the next.
_APART: Final = "\n\n\n"
# The first check digit, behind its country: to look for a digit is quick, since most texts hold few.
_START: Final = re.compile(
    f"[0-9](?={_GAP}[0-9])(?:{'|'.join(f'(?<=([A-Za-z]{{2}}){gap}.)' for gap in ('', _BLANK, _BLANK * 2))})"
)
_SIGN: Final = re.compile(f"[0-9A-Za-z](?={_GAP}([0-9A-Za-z]))?")
# Of a digest, a few hexadecimal digits may look like anything.
_DIGEST: Final = re.compile("[0-9a-f]{32,}")


@cache
def _forms() -> Mapping[str, tuple[int, re.Pattern[str]]]:
    """Return, by country, how many signs its IBAN has, and their form."""
    words = _FORMS.split()
    return {country: _compiled(form) for country, form in zip(words[::2], words[1::2], strict=True)}


def _compiled(form: str) -> tuple[int, re.Pattern[str]]:
    parts = [(int(count), sign) for count, sign in re.findall("([0-9]+)([nac])", form)]
    pattern = "".join(f"{_SIGNS[sign]}{{{count}}}" for count, sign in parts)
    return 4 + sum(count for count, _sign in parts), re.compile(f"[A-Z]{{2}}[0-9]{{2}}{pattern}")


def hold_no_iban(texts: Iterable[str]) -> bool:
    """Tell whether `masked_text` leaves all of these texts as they are; many short ones are looked at in one go."""
    whole = _APART.join(texts)
    return _masked(whole) is whole


def holds_iban(text: str) -> bool:
    """Tell whether an IBAN with right check digits stands in a text, compact or in groups."""
    return len(text) >= SHORTEST and masked_text(text) != text


def masked_text(text: str) -> str:
    """Return a text in which each IBAN with right check digits is masked (`FR76 **** 0189`), all else as it is."""
    if len(text) < SHORTEST:
        return text
    shown = _masked_short(text) if len(text) <= _REPEATED else _masked(text)
    # Whoever compares by identity sees that nothing is masked.
    return text if shown == text else shown


@lru_cache(maxsize=8192)
def _masked_short(text: str) -> str:
    """Return the same of a short text: labels, paths and values of a sheet are looked at many times over."""
    return _masked(text)


def _masked(text: str) -> str:
    made, done = [], 0
    for found in _START.finditer(text):
        start = found.start(found.lastindex or 0)
        if start < done or _ends_a_word(text, start, found.end()):
            continue
        end, number = _number_at(text, start)
        if number and not _is_in_digest(text, start):
            made += [text[done:start], short_form(number)]
            done = end
    return "".join([*made, text[done:]]) if made else text


def _ends_a_word(text: str, start: int, end: int) -> bool:
    """Tell whether what may be a country ends a word with a number behind it (« Pro: 10 »), as no account number begins."""
    country, before = text[start : start + 2], text[max(0, start - 1) : start]
    return end - start > len(country) + 1 and before.isalpha() and not country.isupper()


def _is_in_digest(text: str, at: int) -> bool:
    return any(found.start() <= at < found.end() for found in _DIGEST.finditer(text, max(0, at - 128), at + 128))


def short_form(number: str) -> str:
    """Return what is shown of an account number without blanks."""
    return f"{number[:4]} **** {number[-4:]}"


def _number_at(text: str, start: int) -> tuple[int, str]:
    """Return where the IBAN that begins here ends, and its signs; "" for none."""
    country = text[start : start + 2].upper()
    if country not in _forms():
        return start, ""
    length, form = _forms()[country]
    signs, at = "", start
    while len(signs) < length:
        found = _SIGN.match(text, at)
        if found is None:
            return start, ""
        signs += found.group()
        after, at = found.end(), found.start(1)
        if at < 0 and len(signs) < length:
            return start, ""
    number = signs.upper()
    return (after, number) if form.fullmatch(number) and has_right_key(number) else (start, "")


def has_right_key(number: str) -> bool:
    """Tell whether the check digits of an IBAN, written without blanks, agree with the rest (ISO 7064, mod 97-10)."""
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1
