"""Portfolios to show: every state, members with and without sheets, and any text in every place that a file fills."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec.structs import replace

from chorus_config.model.finding import Level
from chorus_config.model.managed import Coverage
from chorus_config.model.portfolio.status import CheckResult, Deadline, PortfolioStatus, StatusGroup, StatusRow
from chorus_config.model.project_entries import Member

DAY: Final = date(2026, 11, 27)
LATER: Final = Deadline(date(2026, 12, 31), DAY)
PAST: Final = Deadline(date(2026, 11, 1), DAY)
FAILED: Final = CheckResult({"no_sheet": 2, "errors": 1, "late": 1, "member": 1, "elsewhere": 2}, 30)
PUBLIC: Final = ("FACTURES_PUBLIQUES",)


def portfolio() -> PortfolioStatus:
    """Return a portfolio of three members and none, with a row of each state."""
    valmont = Member("Commune de Valmont", "211699996", date(2026, 11, 1), "A. Martin")
    touvre = Member("CCAS de Touvre", "261609994")
    bare = Member("Commune de Sers", "211603535")
    rows = (
        StatusRow(
            "21169999600016", "Commune de Valmont", "structures/21169999600016.yaml", "done", "COMMUNE DE VALMONT",
            "2016-07-13", (*PUBLIC, "ST-TECH"), True, {"warning": 1}, True, "yes", 0, "2026-11-20T09:30:00Z", deadline=PAST,
            coverage=Coverage(25, 25),
        ),
        StatusRow(
            "21169999600024", "Valmont – Eau", "structures/21169999600024.yaml", "not_ready", "COMMUNE DE VALMONT",
            "2016-07-13", PUBLIC, False, {"warning": 2}, False, "changed", 3, deadline=PAST,
        ),
        StatusRow(
            "21169999600032", "Valmont – Assainissement", "structures/assainissement.yaml", "errors",
            levels={"error": 2, "warning": 1}, approved="no", open_operations=0, deadline=PAST,
        ),
    )  # fmt: skip
    other = (
        StatusRow(
            "26160999400015", "CCAS de Touvre", "structures/26160999400015.yaml", "to_approve", "CCAS DE TOUVRE", "", PUBLIC,
            True, {}, True, "changed", 0, "2026-10-01T00:00:00Z", deadline=LATER,
        ),
        StatusRow("26160999400023", "EHPAD", "", "no_sheet", open_operations=0, deadline=LATER),
    )  # fmt: skip
    outside = (
        StatusRow(
            "25160278500015", "SDITEC", "structures/25160278500015.yaml", "to_enter", "ASYMEX - INFOR TECH COMMUNICAT SDITEC",
            "2016-07-13", (*PUBLIC, *(f"SERVICE-{n}" for n in range(9))), True, {}, True, "yes", 12, "", False, LATER,
            Coverage(13, 25),
        ),
        StatusRow("", "", "structures/illisible.yaml", "errors", levels={"error": 1}, approved="no", is_budget=False),
    )  # fmt: skip
    groups = (
        StatusGroup(valmont, rows, PAST),
        StatusGroup(touvre, other, LATER),
        StatusGroup(bare, (), LATER),
        StatusGroup(None, outside, LATER),
    )
    elsewhere: dict[Level, int] = {"error": 2, "warning": 1}
    return PortfolioStatus(
        DAY, groups, "Syndicat de la Touvre", LATER, "sqlite:///.chorus-config/registre.sqlite3", elsewhere, 4, "annuaire"
    )


def crowd(of: PortfolioStatus | None = None) -> PortfolioStatus:
    """Return the same among many members of which nothing is to be done."""
    found = of or portfolio()
    row = StatusRow("", "", "", "done", ready=True, approved="yes", open_operations=0, coverage=Coverage(20, 25))
    more = tuple(
        StatusGroup(Member(f"Commune {n:02}", f"2116000{n:02}"), (replace(row, root=f"2116000{n:02}00010", label=f"C{n:02}"),))
        for n in range(20)
    )
    return replace(found, groups=(*more, *found.groups))


def hostile(text: str) -> PortfolioStatus:
    """Return a portfolio whose every text is this one."""
    member = Member(text, "211699996", None, text)
    row = StatusRow(text, text, text, "errors", text, text, (text, text), None, {"error": 1}, deadline=LATER, known_at=text)
    done = StatusRow(text, "", text, "done", text, text, (), True, {}, True, "yes", 1, text)
    bare = Member(text, "211603535")
    groups = (StatusGroup(member, (row, done)), StatusGroup(bare, ()), StatusGroup(None, (row,)))
    return PortfolioStatus(DAY, groups, text, None, text, {}, 1, text)
