"""Where a portfolio stands, as JSON, format 1.0 (schemas/status.schema.json)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chorus_config.i18n.translator import Translator
from chorus_config.model.managed import Coverage
from chorus_config.model.portfolio.status import CheckResult, Deadline, PortfolioStatus, StatusGroup, StatusRow, Tally
from chorus_config.render.status.view import command_of, to_do


def status_document(status: PortfolioStatus, say: Translator, check: CheckResult | None = None) -> dict[str, Any]:
    """Return the document of a portfolio; `check` is what a check of it found, None when none was asked for."""
    return {
        "format_version": "1.0",
        "type": "status",
        "as_of": status.day.isoformat(),
        "language": say.language,
        "name": status.name,
        "source": status.source or None,
        "targets": [*status.targets],
        **_deadline(status.deadline),
        "summary": _tally(status.tally),
        "members": [_member(group) for group in status.groups if group.member is not None],
        "structures": [_row(row, group, status, say) for group in status.groups for row in group.rows],
        "elsewhere": None if status.elsewhere is None else _levels(status.elsewhere),
        "other_operations": status.other_operations,
        "check": None if check is None else _check(check),
    }


def _deadline(deadline: Deadline | None) -> dict[str, Any]:
    if deadline is None:
        return {"last_day": None, "days_left": None}
    return {"last_day": deadline.last.isoformat(), "days_left": deadline.left}


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "coverage": _coverage(tally.coverage),
        "budgets": tally.budgets,
        "with_sheet": tally.with_sheet,
        "ready": tally.ready,
        "structures": tally.structures,
        "states": dict(tally.states),
    }


def _coverage(coverage: Coverage | None) -> dict[str, int] | None:
    if coverage is None:
        return None
    return {"written": coverage.written, "total": coverage.total, "percent": coverage.percent}


def _levels(levels: Mapping[Any, int]) -> dict[str, int]:
    return {"error": levels.get("error", 0), "warning": levels.get("warning", 0), "info": levels.get("info", 0)}


def _member(group: StatusGroup) -> dict[str, Any]:
    assert group.member is not None  # noqa: S101 - only groups of a member are asked for
    member = group.member
    return {
        "name": member.name,
        "siren": member.siren,
        "agent": member.agent or None,
        **_deadline(group.deadline),
        **_tally(group.tally),
    }


def _row(row: StatusRow, group: StatusGroup, status: PortfolioStatus, say: Translator) -> dict[str, Any]:
    return {
        "root": row.root or None,
        "label": row.label,
        "legal_name": row.legal_name,
        "created": row.created or None,
        "services": None if row.services is None else [*row.services],
        "active": row.active,
        "path": row.path or None,
        "member": group.member.siren if group.member is not None else None,
        "is_budget": row.is_budget,
        "state": row.state,
        "findings": _levels(row.levels),
        "ready": row.ready,
        "approved": row.approved,
        "open_operations": row.open_operations,
        "coverage": _coverage(row.coverage),
        "known_at": row.known_at or None,
        **_deadline(row.deadline),
        "to_do": to_do(row, status, say),
        "command": command_of(row, status, say) or None,
    }


def _check(result: CheckResult) -> dict[str, Any]:
    return {"passes": result.passes, "within": result.within, "failing": dict(result.failing)}
