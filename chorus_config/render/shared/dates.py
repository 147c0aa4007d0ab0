"""Days and instants as people write them in their language; machines read them as they were noted (RFC 3339)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.yamltext.characters import printable

_MONTHS: Final = (
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"),
    _("October"), _("November"), _("December"),
)  # fmt: skip


def day_text(text: str, say: Translator) -> str:
    """Return a day written YYYY-MM-DD, or the day of an instant, in words; anything else as it is, made visible."""
    try:
        return _day(date.fromisoformat(text[:10]), say)
    except ValueError:
        return printable(text)


def instant_text(text: str | None, say: Translator) -> str:
    """Return an RFC 3339 instant in words, in UTC: the same wherever it is read; anything else as it is, "?" for None."""
    if text is None:
        return "?"
    try:
        found = datetime.fromisoformat(text)
        found = found.astimezone(UTC) if found.tzinfo is not None else found
    except (ValueError, OverflowError):
        return printable(text)
    if "T" not in text:
        return _day(found.date(), say)
    clock = f"{found.hour}\u00a0h\u00a0{found.minute:02}" if say.language == "fr" else f"{found.hour:02}:{found.minute:02}"
    return say(_("{day}, {clock} UTC"), day=_day(found.date(), say), clock=clock)


def _day(day: date, say: Translator) -> str:
    # In French the first of a month has its own form.
    number = "1er" if say.language == "fr" and day.day == 1 else str(day.day)
    return say(_("{day} {month} {year}"), day=number, month=say(_MONTHS[day.month - 1]), year=day.year)
