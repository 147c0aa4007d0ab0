"""Where a portfolio stands, as Markdown for an issue or a shared page; values cannot leave their cell."""

from __future__ import annotations

from datetime import date

from chorus_config.i18n.translator import Translator
from chorus_config.model.portfolio.status import CheckResult, PortfolioStatus, StatusGroup
from chorus_config.render.shared.dates import day_text
from chorus_config.render.shared.markdown import code, document, prose, table
from chorus_config.render.status.members import heads, member_cells, more_about, worst_first
from chorus_config.render.status.table import MEMBER, Cell, status_table
from chorus_config.render.status.view import (
    agent_text,
    check_text,
    deadline_text,
    headline,
    managed_text,
    member_name,
    remarks,
    spread,
    title_of,
)


def status_markdown(status: PortfolioStatus, say: Translator, check: CheckResult | None = None) -> str:
    """Return the whole portfolio."""
    blocks = [
        f"# {prose(title_of(status, say))}",
        f"**{prose(headline(status.tally, say))}**",
        prose(spread(status.tally, say)),
    ]
    told = (managed_text(status.tally.coverage, say), deadline_text(status.deadline, say))
    blocks += [prose(line) for line in told if line]
    blocks += _members(status, say, check) if status.is_large else _every(status, say)
    blocks += [f"> {prose(line)}" for line in remarks(status, say)]
    blocks += [f"**{prose(check_text(check, say))}**"] if check is not None else []
    return document(blocks, None) or ""


def _members(status: PortfolioStatus, say: Translator, check: CheckResult | None) -> list[str]:
    groups = worst_first(status, check.within if check is not None else None)
    lines = [[prose(cell) if cell else "" for cell in member_cells(group, say)] for group in groups]
    return [table([prose(head) for head in heads(status, say)], lines), prose(more_about(status, say))]


def _every(status: PortfolioStatus, say: Translator) -> list[str]:
    blocks = []
    for group in status.groups:
        blocks += _heading(group, say) if status.has_members else []
        if group.rows:
            shown = status_table(_only(status, group), say, MEMBER)
            cells = [[_cell(value, say) for value in row] for row in shown.rows]
            blocks.append(table([prose(head) for head in shown.heads], cells))
    return blocks


def _only(status: PortfolioStatus, group: StatusGroup) -> PortfolioStatus:
    return PortfolioStatus(status.day, (group,), source=status.source, directory=status.directory)


def _heading(group: StatusGroup, say: Translator) -> list[str]:
    siren = f" {code(group.member.siren)}" if group.member is not None else ""
    told = [
        headline(group.tally, say),
        spread(group.tally, say),
        managed_text(group.tally.coverage, say),
        deadline_text(group.deadline, say),
        agent_text(group.member, say),
    ]
    return [f"## {prose(member_name(group.member, say))}{siren}", "  \n".join(prose(line) for line in told if line)]


def _cell(value: Cell, say: Translator) -> str:
    if isinstance(value, date):
        return prose(day_text(value.isoformat(), say))
    return str(value) if isinstance(value, int) else prose(value) if value else ""
