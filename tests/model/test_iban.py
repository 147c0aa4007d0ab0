"""IBANs in texts, against python-stdnum's registry."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as library
from stdnum import numdb

from chorus_config.model.iban import _forms, hold_no_iban, holds_iban, masked_text

KNOWN = "FR7630006000011234567890189"
GROUPS = "FR76 3000 6000 0112 3456 7890 189"
_SIGNS = {"n": "0123456789", "a": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "c": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def form_of(country: str) -> str:
    """Return what the library's registry says follows the check digits, as runs of one sign."""
    made: list[tuple[int, str]] = []
    for count, sign in re.findall("([0-9]+)!([nac])", numdb.get("iban").info(country)[0][1]["bban"]):
        before = made.pop()[0] if made and made[-1][1] == sign else 0
        made.append((before + int(count), sign))
    return "".join(f"{count}{sign}" for count, sign in made)


def make_iban(country: str, seed: int) -> str:
    """Return an IBAN of a country with right check digits."""
    chosen = random.Random(seed)  # noqa: S311 - the same at each run
    runs = re.findall("([0-9]+)([nac])", form_of(country))
    rest = "".join(chosen.choice(_SIGNS[sign]) for count, sign in runs for _number in range(int(count)))
    return f"{country}{library.calc_check_digits(f'{country}00{rest}')}{rest}"


def all_countries() -> list[str]:
    """Return the countries of the library's registry."""
    letters = [chr(number) for number in range(ord("A"), ord("Z") + 1)]
    names = (one + other for one in letters for other in letters)
    return [name for name in names if numdb.get("iban").info(name)[0][1]]


ibans = st.builds(make_iban, st.sampled_from(all_countries()), st.integers(0, 10**9))


def _cuts(number: str) -> st.SearchStrategy[str]:
    """Return an IBAN whole, or a part of it."""
    return st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda ends: number[ends[0] : len(number) - ends[1]])


def test_the_countries_and_their_forms_are_those_of_the_registry() -> None:
    assert sorted(_forms()) == all_countries()
    for country, (length, form) in _forms().items():
        assert length == 4 + sum(map(int, re.findall("[0-9]+", form_of(country)))), country
        expected = "".join(
            f"{ {'n': '[0-9]', 'a': '[A-Z]', 'c': '[0-9A-Z]'}[sign] }{{{count}}}"
            for count, sign in re.findall("([0-9]+)([nac])", form_of(country))
        )
        assert form.pattern == f"[A-Z]{{2}}[0-9]{{2}}{expected}", country


@given(ibans, st.sampled_from(["", " ", "\u00a0", "\u202f", "-", ".", " - ", "\n"]), st.booleans())
def test_an_iban_is_masked_in_any_writing(number: str, gap: str, small: bool) -> None:
    written = gap.join(number[at : at + 4] for at in range(0, len(number), 4))
    if len(gap) > 2:
        written = number
    text = f"Compte {written.lower() if small else written} de la régie"
    assert masked_text(text) == f"Compte {number[:4]} **** {number[-4:]} de la régie"
    assert holds_iban(text)
    assert masked_text(masked_text(text)) == masked_text(text)


@given(st.lists(ibans.flatmap(_cuts) | st.text("Ff R7630é\n", max_size=9), max_size=6))
def test_many_texts_at_once_are_judged_as_each_of_them(texts: list[str]) -> None:
    assert hold_no_iban(texts) == all(masked_text(text) == text for text in texts)


def test_no_iban_begins_in_one_text_and_ends_in_the_next() -> None:
    assert all(hold_no_iban((KNOWN[:at], KNOWN[at:])) for at in range(1, len(KNOWN)))
    assert all(
        not hold_no_iban(("FR", "76", *texts)) for texts in ((KNOWN,), ("é", GROUPS), (KNOWN, "x"), (f"a {KNOWN}.", "12"))
    )


@given(ibans, st.integers(1, 96))
def test_a_wrong_key_is_no_iban(number: str, more: int) -> None:
    key = (int(number[2:4]) - 2 + more) % 97 + 2
    wrong = f"{number[:2]}{key:02}{number[4:]}"
    assert not library.is_valid(wrong, check_country=False)
    assert masked_text(wrong) == wrong


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (KNOWN, "FR76 **** 0189"),
        (f"IBAN{KNOWN}BIC", "IBANFR76 **** 0189BIC"),
        (f"{KNOWN}, {GROUPS}", "FR76 **** 0189, FR76 **** 0189"),
        ("FR 76 30006 00001 12345678901 89", "FR76 **** 0189"),
        ("FR76.3000.6000.0112.3456.7890.189", "FR76 **** 0189"),
        ("FR76 3000 6000 0112 3456 7890 1", "FR76 3000 6000 0112 3456 7890 1"),
        ("21160999500017/services/FACTURES_PUBLIQUES", "21160999500017/services/FACTURES_PUBLIQUES"),
        ("Commune de 12 rue des Lilas 16000 Angoulême", "Commune de 12 rue des Lilas 16000 Angoulême"),
    ],
)
def test_what_is_masked_in_a_text(text: str, shown: str) -> None:
    assert masked_text(text) == shown


def test_a_digest_is_no_iban() -> None:
    number = make_iban("BE", 1).lower()
    assert masked_text(f"be{number[2:]}" + "0" * 48) == number + "0" * 48
    assert masked_text(number) != number


def test_the_end_of_a_word_and_a_number_behind_it_begin_no_iban() -> None:
    """« Chorus Pro: 10 to check. » and what follows it made a Romanian account number, and the heading was masked."""
    sentences = [f"Chorus Pro: {key:02} to check.\nplan.json\n\n21160999500017" for key in range(2, 99)]
    assert [masked_text(sentence) for sentence in sentences] == sentences
    # One of them is such a number when its country does not end a word.
    assert sum(holds_iban(sentence.replace("Pro", "RO")) for sentence in sentences) == 1
    assert masked_text(f"IBAN{GROUPS}") == "IBANFR76 **** 0189"
    assert masked_text("LIBELLÉFR 76 3000 6000 0112 3456 7890 189") == "LIBELLÉFR76 **** 0189"
