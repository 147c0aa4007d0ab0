"""Where a portfolio stands, as a page for a wall: large numbers, progress drawn (SVG), the same in words beside it.

What is drawn is made of numbers alone: no text of a sheet comes near an attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.portfolio.status import (
    STATES,
    STEPS,
    CheckResult,
    PortfolioStatus,
    State,
    StatusGroup,
    StatusRow,
    Tally,
)
from chorus_config.render.shared.dates import day_text
from chorus_config.render.shared.html import page, tied
from chorus_config.render.status.members import late_rows, more_about, worst_first
from chorus_config.render.status.view import (
    STATE_LABELS,
    TONES,
    active_text,
    agent_text,
    check_text,
    days_text,
    deadline_text,
    findings_text,
    headline,
    known_text,
    managed_text,
    member_name,
    percent_text,
    ready_text,
    remarks,
    services_text,
    spread,
    title_of,
    to_do,
    waiting_text,
    with_sheet,
)

# A piece of a bar: where it begins and how wide it is, of 100, and how it looks.
Piece = tuple[str, str, str]
_FULL: Final = 100.0
# More cards than these are no longer read on a wall.
_MOST_LATE: Final = 24


def status_html(status: PortfolioStatus, say: Translator, check: CheckResult | None = None) -> str:
    """Return the whole portfolio as a page; nothing is left out and no value is cut."""
    told = [
        with_sheet(status.tally, say),
        managed_text(status.tally.coverage, say),
        deadline_text(status.deadline, say),
        check_text(check, say) if check else "",
    ]
    many = status.is_large
    return page(
        "status.html.j2",
        lang=say.language,
        kind=title_of(status, say),
        headline=tied(headline(status.tally, say)),
        tone=_tone(status, check),
        facts=[line for line in told if line],
        reasons=[],
        foot=[say(_("As of {day}"), day=day_text(status.day.isoformat(), say))],
        bar_of_all=[*_bar(status.tally)],
        legend=[*_legend(status.tally, say)],
        remarks=[*remarks(status, say)],
        has_members=status.has_members,
        groups=[] if many else [_group(group, status, say) for group in status.groups],
        late=[*_late(status, check, say)] if many else [],
        stages=[*_stages(status, check, say)] if many else [],
        more_late=_more_late(status, check, say) if many else "",
        more=more_about(status, say) if many else "",
        labels={
            "members": say(_("Members")),
            "structures": say(_("Budgets")),
            "late": say(_("Late")),
            "others": say(_("Not late")),
        },
    )


def failed_html(message: str, say: Translator) -> str:
    """Return the page of a portfolio that could not be read: nobody takes yesterday's page on the wall for that of today."""
    return page(
        "page.html.j2",
        lang=say.language,
        kind=say(_("Portfolio")),
        headline=message,
        tone="bad",
        facts=[],
        reasons=[],
        foot=[],
    )


def _tone(status: PortfolioStatus, check: CheckResult | None) -> str:
    """Return how the headline looks: as what stands most in the way, or as the check that was asked for."""
    if check is not None:
        return "good" if check.passes else "bad"
    states = status.tally.states
    if states["no_sheet"] or states["errors"]:
        return "bad"
    return "good" if status.tally.ready == status.tally.budgets and not states["unknown"] else "risky"


def _bar(tally: Tally) -> Iterator[Piece]:
    """Yield the pieces of a bar: what is up to date from the left, what nobody began at the right."""
    at = 0.0
    for state in reversed(STATES):
        size = _FULL * tally.states[state] / max(1, tally.structures)
        if size:
            yield _number(at), _number(size), _fill(state)
        at += size


def _legend(tally: Tally, say: Translator) -> Iterator[tuple[str, int, str]]:
    """Yield what the pieces of a bar mean, each with its number and how it looks."""
    for state in reversed(STATES):
        if tally.states[state]:
            yield say(STATE_LABELS[state]), tally.states[state], _fill(state)


def _steps(row: StatusRow) -> Iterator[Piece]:
    """Yield the five steps of a structure; those behind it are filled."""
    count = len(STEPS) - 1
    for step in range(count):
        fill = _fill(row.state) if step < row.done else "empty"
        yield _number(step * _FULL / count), _number(_FULL / count - 2), fill


def _fill(state: State) -> str:
    return "empty" if state == "no_sheet" else TONES[state]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _group(group: StatusGroup, status: PortfolioStatus, say: Translator) -> dict[str, Any]:
    tally, member = group.tally, group.member
    told = (spread(tally, say), managed_text(tally.coverage, say), deadline_text(group.deadline, say), agent_text(member, say))
    return {
        "name": member_name(member, say),
        "siren": member.siren if member is not None else "",
        "ready": tally.ready,
        "budgets": tally.budgets,
        "facts": [line for line in told if line],
        "bar": [*_bar(tally)],
        "rows": [_row(row, status, say) for row in group.rows],
    }


def _late(status: PortfolioStatus, check: CheckResult | None, say: Translator) -> Iterator[Mapping[str, Any]]:
    """Yield the longest late, each with its member: of many members, nothing else is spelled out on a wall."""
    for group, row in islice(late_rows(status, _within(check)), _MOST_LATE):
        assert row.deadline is not None  # noqa: S101 - what has no deadline is not late
        last = f"{day_text(row.deadline.last.isoformat(), say)} ({days_text(row.deadline, say)})"
        made = _row(row, status, say)
        member = [(say(_("Member")), member_name(group.member, say))] if status.has_members else []
        facts = (*member, (say(_("Deadline")), last))
        yield {**made, "facts": [*facts, *made["facts"]]}


def _more_late(status: PortfolioStatus, check: CheckResult | None, say: Translator) -> str:
    """Return how many are late beside those that are spelled out, "" for none."""
    number = len([*late_rows(status, _within(check))]) - _MOST_LATE
    return say.count(_("{n} more budget is late"), _("{n} more budgets are late"), number) if number > 0 else ""


def _within(check: CheckResult | None) -> int | None:
    return check.within if check is not None else None


def _stages(status: PortfolioStatus, check: CheckResult | None, say: Translator) -> Iterator[Mapping[str, Any]]:
    """Yield how many members are not late, by what stands most in their way: hundreds of names are read on no wall."""
    within = _within(check)
    groups = [one for one in worst_first(status, within) if not any(row.is_late(within) for row in one.rows)]
    for state in STATES:
        if found := [group for group in groups if group.state == state]:
            one, many = (_("{n} member"), _("{n} members")) if status.has_members else (_("{n} budget"), _("{n} budgets"))
            ready = headline(Tally.of(row for group in found for row in group.rows), say)
            yield {
                "state": say(STATE_LABELS[state]),
                "tone": TONES[state],
                "number": say.count(one, many, len(found)),
                "ready": ready,
            }


def _row(row: StatusRow, status: PortfolioStatus, say: Translator) -> Mapping[str, Any]:
    facts = (
        (_("Raison sociale"), row.legal_name if row.legal_name != row.name else ""),
        (_("Status"), active_text(row, say)),
        (_("Created on"), day_text(row.created, say) if row.created else ""),
        (_("Services"), services_text(row, say)),
        (_("Findings"), findings_text(row.levels, say)),
        (_("Ready"), ready_text(row, say)),
        (_("To enter"), waiting_text(row)),
        (_("Seen on"), known_text(row, status, say)),
        (_("Managed"), percent_text(row.coverage, say)),
    )
    return {
        "root": row.root,
        "name": row.name or row.root or row.path,
        "path": row.path,
        "state": say(STATE_LABELS[row.state]),
        "tone": TONES[row.state],
        "steps": [*_steps(row)],
        "facts": [(say(label), value) for label, value in facts if value],
        "to_do": to_do(row, status, say),
    }
