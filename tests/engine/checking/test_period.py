"""For how long a verdict holds: on every day of its period, the file would be judged the very same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from itertools import combinations
from typing import Any, Final

import pytest
from msgspec.structs import replace

from chorus_config.engine.checking import one_file
from chorus_config.engine.checking.findings import CheckSettings, level_of, to_findings
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.checking.verdict import Row, holds_on, to_row, verdict_of
from chorus_config.model.finding import Fault, Period, RuleContext, TrackedDay
from chorus_config.model.project import FileKind, ProjectConfig, TextFile
from chorus_config.model.project_entries import Waiver
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.schema.packaged import ADVICE, STRICT, first_days
from chorus_config.yamltext.document import Document
from tests.rules.test_catalogue import FILES
from tests.samples import SHEET, SIRET, example_kind, example_text, setting

ONE: Final = timedelta(days=1)
ENDS: Final = date(2025, 3, 31)
WAIVED: Final = date(2024, 6, 30)
SERVICES: Final = f"""\
{SHEET}services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    date_fin: "{ENDS}"
"""
PROJECT: Final = ProjectConfig(waivers=tuple(Waiver(rule, SIRET, "x", WAIVED) for rule in ("CP105", "CP408", "CP501", "CP113")))


def turning_days() -> tuple[date, ...]:
    """Return all days on which the program says something else than on the day before."""
    packaged = first_days((*STRICT.values(), *ADVICE.values()))
    rules = [date.fromisoformat(row.later[0]) for row in RULES.values() if row.later is not None]
    said = [date.fromisoformat(found.later.day) for found in map(texts, RULES) if found.later is not None]
    return tuple(sorted({*packaged, *rules, *said, *constants()}))


def constants() -> Iterator[date]:
    """Yield the last days that rules in Python name, and the days after."""
    for row in RULES.values():
        module = import_module(f"chorus_config.rules.{row.file.replace('/', '.')}")
        for found in vars(module).values():
            if isinstance(found, date):
                yield from (found, found + ONE)


DAYS: Final = tuple(
    sorted({near for day in (*turning_days(), ENDS + ONE, WAIVED + ONE) for near in (day - ONE, day)} | {date.min, date.max})
)


def rows(text: TextFile, settings: CheckSettings) -> dict[date, Row]:
    """Return what is remembered of a file on each day, those that it names itself included."""
    own = (date.fromisoformat(day.decode()) for day in re.findall(rb"\b[0-9]{4}-[01][0-9]-[0-3][0-9]\b", text.raw))
    found = {}
    for day in (*DAYS, *(near for named in own for near in (named - ONE, named, named + ONE))):
        on_day = replace(settings, asked=TrackedDay(day))
        found[day] = to_row(verdict_of(check_file(text, on_day), on_day))
    return found


def assert_each_holds(text: TextFile, settings: CheckSettings) -> None:
    found = rows(text, settings)
    for day, row in found.items():
        assert holds_on(row, day.isoformat())
    for (one, row), (other, another) in combinations(found.items(), 2):
        if holds_on(row, other.isoformat()) or holds_on(another, one.isoformat()):
            assert row == another, (one, other)


@pytest.mark.parametrize("rule", FILES)
def test_a_verdict_on_an_example_holds_for_as_long_as_it_says(rule: str) -> None:
    for which in ("fails", "passes"):
        kind: FileKind = example_kind(rule)
        text = TextFile("x.yaml", example_text(rule, which).encode(), kind)
        assert_each_holds(text, replace(setting(project=PROJECT), ready=which == "passes"))


@pytest.mark.parametrize("raw", [b"", b"\xff", b"type: fiche-structure\nversion: 1\nespaces: [x]\n", SERVICES.encode()])
def test_so_does_any_other(raw: bytes) -> None:
    for read_error in ("", "special"):
        for ready in (False, True):
            assert_each_holds(TextFile("x.yaml", raw, read_error=read_error), replace(setting(), ready=ready))


def period(raw: str, day: date, project: ProjectConfig | None = None) -> Period:
    """Return for how long a verdict of a day on a sheet holds."""
    settings = setting(day, project)
    return verdict_of(check_file(TextFile(f"{SIRET}.yaml", raw.encode()), settings), settings).period


def test_a_sheet_like_most_is_judged_so_until_the_program_says_otherwise() -> None:
    assert period(SHEET, date(2026, 11, 27)) == Period(date(2026, 9, 1), date.max)
    assert period(SHEET, date(2026, 8, 31)).until == date(2026, 8, 31)


def test_a_date_of_the_sheet_counts_and_so_does_that_of_a_waiver_it_needs() -> None:
    today = date(2025, 1, 15)
    assert period(SERVICES, today).until == ENDS
    assert period(SERVICES, ENDS + ONE).since == ENDS + ONE
    waived = replace(PROJECT, waivers=(Waiver("CP408", SIRET, "x", ENDS + 9 * ONE),))
    assert period(SERVICES, today, waived).until == ENDS
    assert period(SERVICES, ENDS + ONE, waived) == Period(ENDS + ONE, ENDS + 9 * ONE)
    assert period(SERVICES, ENDS + 10 * ONE, waived).since == ENDS + 10 * ONE


def test_who_takes_the_day_itself_finds_what_holds_on_that_day_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    today = date(2026, 11, 27)

    def _check(_body: dict[str, Any], context: RuleContext) -> Iterator[Fault]:
        if context.day.exact.weekday() == today.weekday():
            yield Fault("CP105", ("informations_generales", "libelle"), args={"value": "x"})

    monkeypatch.setattr(one_file, "checks_of", lambda _kind: (_check,))
    assert period(SHEET, today) == Period(today, today)
    assert_each_holds(TextFile("x.yaml", SHEET.encode()), setting())


def test_so_does_who_takes_it_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    today = date(2026, 11, 27)

    def _shape(_data: object, _kind: FileKind, settings: CheckSettings) -> tuple[Fault, ...]:
        return () if settings.day.day != today.day else (Fault("CP009", case="empty"),)

    monkeypatch.setattr(one_file, "_shape", _shape)
    assert period(SHEET, today) == Period(today, today)


def test_a_level_and_words_that_come_later_count() -> None:
    settings = setting(date(2022, 5, 1))
    level_of("CP904", settings)
    assert settings.asked.period == Period(date.min, date(2023, 2, 20))
    later = texts("CP407").later
    assert later is not None
    for told in (texts("CP407").message, texts("CP407").remedy_of):
        settings = setting(date.fromisoformat(later.day))
        told("", settings.asked)
        assert settings.asked.period == Period(date.fromisoformat(later.day), date.max)
    to_findings((Fault("CP407", args={"value": "x"}),), Document("x.yaml", "fiche-structure", {}), "", settings := setting())
    assert settings.asked.period.since == date.fromisoformat(later.day)
