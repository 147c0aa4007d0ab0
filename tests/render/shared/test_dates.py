"""Days and instants in words."""

from __future__ import annotations

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.render.shared.dates import day_text, instant_text

EN, FR = translator_for("en"), translator_for("fr")


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2026-11-23", "23 novembre 2026", "23 November 2026"),
        ("2027-01-01T00:00:00Z", "1er janvier 2027", "1 January 2027"),
        ("2026-13-01", "2026-13-01", "2026-13-01"),
        ("\x1b[2J", "\\u{1b}[2J", "\\u{1b}[2J"),
        ("", "", ""),
    ],
)
def test_a_day(text: str, french: str, english: str) -> None:
    assert (day_text(text, FR), day_text(text, EN)) == (french, english)


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2026-08-01T08:05:30Z", "1er août 2026 à 8\u00a0h\u00a005\u00a0UTC", "1 August 2026, 08:05 UTC"),
        ("2026-08-02T00:30:00+02:00", "1er août 2026 à 22\u00a0h\u00a030\u00a0UTC", "1 August 2026, 22:30 UTC"),
        ("2026-08-02", "2 août 2026", "2 August 2026"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("hier\n::error::", "hier\\n::error::", "hier\\n::error::"),
        (None, "?", "?"),
    ],
)
def test_an_instant(text: str | None, french: str, english: str) -> None:
    assert (instant_text(text, FR), instant_text(text, EN)) == (french, english)
