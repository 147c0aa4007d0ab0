from __future__ import annotations

from typing import Any

import pytest

from chorus_config.sources.piste.values import (
    country,
    day,
    identifiant,
    is_active,
    long_text,
    number,
    postcode,
    telephone,
    text,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2050-12-31", "2050-12-31"),
        ("2050-12-31 00:00", "2050-12-31"),
        (" 2050-12-31 00:00:00 ", "2050-12-31"),
        ("2050-12-31 23:59:59.999", "2050-12-31"),
        ("2050-12-31T00:00:00+01:00", "2050-12-31"),
        ("2050-12-31T00:00:00.000+01:00", "2050-12-31"),
        ("2050-12-31T23:59:59+01:00", "2050-12-31"),
        ("2050-12-30T23:00:00Z", "2050-12-31"),
        ("2050-12-30T22:59:59Z", "2050-12-30"),
        ("2024-06-30T22:00:00.000+0000", "2024-07-01"),
        ("2024-06-30T21:59:00Z", "2024-06-30"),
        # The days on which the clocks change: the last Sundays of March and October, at one o’clock in UTC.
        ("2024-03-30T22:30:00Z", "2024-03-30"),
        ("2024-03-31T22:30:00Z", "2024-04-01"),
        ("2024-10-26T22:30:00Z", "2024-10-27"),
        ("2024-10-27T22:30:00Z", "2024-10-27"),
        ("2024-12-31T23:30:00-02:00", "2025-01-01"),
    ],
)
def test_a_day(written: str, read: str) -> None:
    assert day(written) == read


@pytest.mark.parametrize(
    "written",
    ["", "31/12/2050", "2050-13-01", "2050-02-30", "2050-12-31T25:00:00Z", "2050-12-31T00:00:00+99:00",
     "9999-12-31T23:30:00-01:00", "0001-01-01T00:00:00+01:00", "2050-12-31x", "٢٠٥٠-12-31", 20501231, None, True, []],
)  # fmt: skip
def test_no_day(written: Any) -> None:
    assert day(written) is None


@pytest.mark.parametrize(
    ("written", "prefix", "read"),
    [
        ("0545222040", "+33", "+33 545222040"),
        ("05 45 22 20 40", "33", "+33 545222040"),
        ("05.45.22.20.40", "0033", "+33 545222040"),
        ("545222040", "+33", "+33 545222040"),
        (545222040, 33, "+33 545222040"),
        ("+33 545222040", "+33", "+33 545222040"),
        ("0033545222040", "+33", "0033545222040"),
        ("021234", "+352", "+352 021234"),
        ("0545222040", None, "0545222040"),
        ("0545222040", "FR", "0545222040"),
        ("poste 12", "+33", "poste 12"),
        (None, "+33", None),
        ([], "+33", None),
    ],
)
def test_a_telephone(written: Any, prefix: Any, read: str | None) -> None:
    assert telephone(written, prefix) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("FR", "France"), ("FRA", "France"), ("France", "France"), ("FRANCE", "France"), ("Ailleurs", "Ailleurs"), ("", None)],
)
def test_a_country(written: Any, read: str | None) -> None:
    assert country(written) == read


def test_texts() -> None:
    assert text(" a\r\n\nb\tc\x00\u200b ") == "a b c"
    assert long_text(" a \r\n\n b\x1b ") == "a\n\nb"
    assert (text(12), text(True), text(1.5), text([]), text("\x00"), text("x" * 4097), text(10**30)) == ("12", *[None] * 6)


def test_numbers_that_stand_for_texts() -> None:
    assert identifiant(1234567800012) == "01234567800012"
    assert identifiant(1234567, "RIDET") == "1234567"
    assert identifiant(" 0123 ") == "0123"
    assert postcode(1000) == "01000"
    assert postcode("1000") == "1000"
    assert [number(value) for value in (7, "7", -1, True, "x", "²", "9" * 30, 1.0, None)] == [7, 7, -1, *[None] * 6]


def test_a_statut_of_a_service() -> None:
    assert [is_active(value) for value in ("ACTIF", "ACTIVE", "INACTIF", "INACTIVE")] == [True, True, False, False]
    assert [is_active(value) for value in ("SUPPRIME", 1, None)] == [None, None, None]
