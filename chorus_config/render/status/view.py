"""What all formats say of a portfolio: where each structure stands, what is to do next, how the whole and each member stand."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import Level
from chorus_config.model.managed import Coverage
from chorus_config.model.portfolio.status import CheckResult, Deadline, Failing, PortfolioStatus, State, StatusRow, Tally
from chorus_config.model.project_entries import Member
from chorus_config.render.shared.dates import day_text

STATE_LABELS: Final[Mapping[State, str]] = {
    "no_sheet": _("no sheet"),
    "errors": _("errors to correct"),
    "not_ready": _("not ready"),
    "unknown": _("state not known"),
    "to_approve": _("to approve"),
    "to_enter": _("to enter"),
    "done": _("up to date"),
}
# How a state looks, in words of `paint` and of the style sheet.
TONES: Final[Mapping[State, str]] = {
    "no_sheet": "error", "errors": "error", "not_ready": "warning", "unknown": "warning",
    "to_approve": "info", "to_enter": "info", "done": "good",
}  # fmt: skip
_TO_DO: Final[Mapping[State, str]] = {
    "no_sheet": _("Write its sheet: `{command}`"),
    "errors": _("Correct what is told: `{command}`"),
    "not_ready": _("Complete it for going live: `{command}`"),
    "unknown": _("See why the store cannot be read: `{command}`"),
    "to_approve": _("Approve what the sheet asks for: `{command}`"),
    "to_enter": _("Enter it on the portal: `{command}`"),
    "done": _("Nothing to do."),
}
_FAILING: Final[Mapping[Failing, tuple[str, str]]] = {
    "no_sheet": (_("{n} budget without a sheet"), _("{n} budgets without a sheet")),
    "errors": (_("{n} structure with errors"), _("{n} structures with errors")),
    "late": (_("{n} budget not ready at its deadline"), _("{n} budgets not ready at their deadline")),
    "member": (_("{n} member without any budget"), _("{n} members without any budget")),
    "elsewhere": (_("{n} error elsewhere"), _("{n} errors elsewhere")),
    "store": (_("the store cannot be read"), _("the store cannot be read")),
}


def command_of(row: StatusRow, status: PortfolioStatus, say: Translator) -> str:
    """Return the command that leads on from where a structure stands, "" for none."""
    root, path = shlex.quote(row.root), shlex.quote(row.path)
    source = shlex.quote(f"annuaire:{status.directory}") if status.directory else "annuaire:" + say(_("FILE"))
    commands: Mapping[State, str] = {
        "no_sheet": f"chorus-config import {source} --siret {root}",
        "errors": f"chorus-config validate {path}",
        "not_ready": f"chorus-config validate --ready {path}",
        "unknown": "chorus-config doctor",
        "to_approve": f"chorus-config plan --target {root}",
        "to_enter": f"chorus-config worksheet --target {root}",
        "done": "",
    }
    return commands[row.state]


def to_do(row: StatusRow, status: PortfolioStatus, say: Translator) -> str:
    """Return what is to be done next for a structure: one sentence with its command between backticks."""
    return say(_TO_DO[row.state], command=command_of(row, status, say))


def headline(tally: Tally, say: Translator) -> str:
    """Return how many budgets are ready, of how many."""
    if not tally.budgets:
        return say(_("No budget"))
    return say(_("Budgets ready: {n} of {total}"), n=tally.ready, total=tally.budgets)


def with_sheet(tally: Tally, say: Translator) -> str:
    """Return how many budgets have a sheet, of how many."""
    return say(_("with a sheet: {n} of {total}"), n=tally.with_sheet, total=tally.budgets)


def spread(tally: Tally, say: Translator) -> str:
    """Return how many budgets have a sheet, and how the structures spread over what is to do."""
    stages = (
        say(_("{label}: {value}"), label=say(STATE_LABELS[state]), value=number)
        for state, number in tally.states.items()
        if number
    )
    return ", ".join((*((with_sheet(tally, say),) if tally.budgets else ()), *stages))


def managed_text(coverage: Coverage | None, say: Translator) -> str:
    """Return how much of the portal sheets manage, "" where there is none."""
    if coverage is None:
        return ""
    return say(_("fields managed: {percent}"), percent=percent_text(coverage, say))


def percent_text(coverage: Coverage | None, say: Translator) -> str:
    """Return the share of managed fields as a cell holds it, "" where there is no sheet."""
    return "" if coverage is None else say(_("{n}%"), n=coverage.percent)


def deadline_text(deadline: Deadline | None, say: Translator) -> str:
    """Return the last day and how far it is, "" without a deadline."""
    if deadline is None:
        return ""
    last = day_text(deadline.last.isoformat(), say)
    if deadline.left < 0:
        return say.count(
            _("past for {n} day: the last day was {last}"),
            _("past for {n} days: the last day was {last}"),
            -deadline.left,
            last=last,
        )
    if deadline.left == 0:
        return say(_("today is the last day ({last})"), last=last)
    return say.count(
        _("{n} day left: the last day is {last}"), _("{n} days left: the last day is {last}"), deadline.left, last=last
    )


def days_text(deadline: Deadline | None, say: Translator) -> str:
    """Return the days that remain as a cell holds them: fewer than 0 once they are past."""
    return "" if deadline is None else say(_("{n} d"), n=deadline.left)


def title_of(status: PortfolioStatus, say: Translator) -> str:
    """Return what the whole is called."""
    return say(_("Portfolio {name}"), name=status.name) if status.name else say(_("Portfolio"))


def active_text(row: StatusRow, say: Translator) -> str:
    """Return the status of a structure as the portal words it, "" where the sheet does not say."""
    return "" if row.active is None else say(_("Active")) if row.active else say(_("Inactive"))


def findings_text(levels: Mapping[Level, int], say: Translator) -> str:
    """Return the errors and warnings of a sheet in words, "" for none."""
    parts = []
    if errors := levels.get("error", 0):
        parts.append(say.count(_("{n} error"), _("{n} errors"), errors))
    if warnings := levels.get("warning", 0):
        parts.append(say.count(_("{n} warning"), _("{n} warnings"), warnings))
    return ", ".join(parts)


def services_text(row: StatusRow, say: Translator) -> str:
    """Return the codes of the services that a sheet lists, all of them."""
    if row.services is None:
        return ""
    return ", ".join(row.services) or say(_("none"))


def known_text(row: StatusRow, status: PortfolioStatus, say: Translator) -> str:
    """Return the day on which a structure was last entered or seen on the portal, "" where no store says."""
    if not status.source:
        return ""
    return day_text(row.known_at, say) if row.known_at else say(_("never"))


def waiting_text(row: StatusRow) -> str:
    """Return how many operations are open, "" where no store says."""
    return "" if row.open_operations is None else str(row.open_operations)


def ready_text(row: StatusRow, say: Translator) -> str:
    """Return whether a structure is ready to go live."""
    return say(_("yes")) if row.ready else say(_("no"))


def member_name(member: Member | None, say: Translator) -> str:
    """Return what a group of structures is called."""
    return member.name if member is not None else say(_("No member"))


def agent_text(member: Member | None, say: Translator) -> str:
    """Return who looks after a member, "" where the project file does not say."""
    return say(_("looked after by {agent}"), agent=member.agent) if member is not None and member.agent else ""


def remarks(status: PortfolioStatus, say: Translator) -> Iterator[str]:
    """Yield what no line of the table says: members of which there is no sheet, findings that are elsewhere."""
    # Of many members, the table of members says it line by line.
    if (bare := status.without_sheet) and not status.is_large:
        names = ", ".join(f"{member.name} ({member.siren})" for member in bare)
        yield say.count(
            _("{n} member without any sheet: {names}"), _("{n} members without any sheet: {names}"), len(bare), names=names
        )
    if told := findings_text(status.elsewhere or {}, say):
        yield say(_("In the project file and the accounts: {findings}. `chorus-config validate` shows them."), findings=told)
    if status.other_operations:
        one = _("{n} more operation to enter, on accounts or without a sheet: `chorus-config worksheet`")
        many = _("{n} more operations to enter, on accounts or without a sheet: `chorus-config worksheet`")
        yield say.count(one, many, status.other_operations)
    if not status.source:
        yield say(_("What is approved and what remains to be entered is not known: the store cannot be read."))


def check_text(result: CheckResult, say: Translator) -> str:
    """Return what a check of the portfolio found."""
    if result.passes:
        return say(_("The check passes."))
    reasons = ", ".join(say.count(*_FAILING[name], number) for name, number in result.failing.items())
    return say(_("The check fails: {reasons}."), reasons=reasons)
