"""Where a portfolio stands, as Markdown for an issue or a shared page; values cannot leave their cell."""

from __future__ import annotations

from chorus_config.i18n.translator import Translator
from chorus_config.model.portfolio.status import CheckResult, PortfolioStatus, StatusGroup
from chorus_config.render.shared.markdown import code, document, prose, table
from chorus_config.render.status.table import MEMBER, Cell, status_table
from chorus_config.render.status.view import (
    agent_text,
    check_text,
    coverage,
    deadline_text,
    headline,
    member_name,
    remarks,
    title_of,
)


def status_markdown(status: PortfolioStatus, say: Translator, check: CheckResult | None = None) -> str:
    """Return the whole portfolio."""
    blocks = [
        f"# {prose(title_of(status, say))}",
        f"**{prose(headline(status.tally, say))}**",
        prose(coverage(status.tally, say)),
    ]
    blocks += [prose(deadline_text(status.deadline, say))] if status.deadline is not None else []
    for group in status.groups:
        blocks += _heading(group, say) if status.has_members else []
        if group.rows:
            shown = status_table(_only(status, group), say, MEMBER)
            blocks.append(table([prose(head) for head in shown.heads], [[*map(_cell, row)] for row in shown.rows]))
    blocks += [f"> {prose(line)}" for line in remarks(status, say)]
    blocks += [f"**{prose(check_text(check, say))}**"] if check is not None else []
    return document(blocks, None) or ""


def _only(status: PortfolioStatus, group: StatusGroup) -> PortfolioStatus:
    return PortfolioStatus(status.day, (group,), source=status.source, directory=status.directory)


def _heading(group: StatusGroup, say: Translator) -> list[str]:
    siren = f" {code(group.member.siren)}" if group.member is not None else ""
    told = [
        headline(group.tally, say),
        coverage(group.tally, say),
        deadline_text(group.deadline, say),
        agent_text(group.member, say),
    ]
    return [f"## {prose(member_name(group.member, say))}{siren}", "  \n".join(prose(line) for line in told if line)]


def _cell(value: Cell) -> str:
    return str(value) if isinstance(value, int) else prose(value) if value else ""
