"""Many members, or many budgets of none: one line each, the one that needs somebody most first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import inf
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.portfolio.status import STATES, PortfolioStatus, StatusGroup, StatusRow
from chorus_config.model.project_entries import Member
from chorus_config.render.status.view import STATE_LABELS, days_text, member_name, percent_text

_COLUMNS: Final[Mapping[str, Callable[[StatusGroup, Translator], str]]] = {
    _("Member"): lambda group, say: member_name(group.member, say),
    _("SIREN"): lambda group, _say: group.member.siren if group.member is not None else "",
    _("Ready/all"): lambda group, _say: ready_of(group),
    _("Errors"): lambda group, _say: str(_found(group, "error")),
    _("Warn."): lambda group, _say: str(_found(group, "warning")),
    _("To enter"): lambda group, _say: _waiting(group),
    _("Managed"): lambda group, say: percent_text(group.tally.coverage, say),
    _("Left"): lambda group, say: days_text(group.deadline, say),
    _("Stage"): lambda group, say: say(STATE_LABELS[group.state]),
}
HEADS: Final = tuple(_COLUMNS)
# The columns that hold a number, and those that a narrow screen does without, the first that goes first.
NUMBERS: Final = frozenset({"Ready/all", "Errors", "Warn.", "To enter", "Managed", "Left"})
DISPENSABLE: Final = ("Warn.", "Managed", "To enter", "Errors", "SIREN", "Left")


def worst_first(status: PortfolioStatus, within: int | None = None) -> tuple[StatusGroup, ...]:
    """Return the members: those late first, the longest late of them first, then by what stands most in the way.

    Where there are no members, each budget stands for itself.
    """

    def _place(group: StatusGroup) -> tuple[bool, float, int, float, int]:
        left = inf if group.deadline is None else group.deadline.left
        late = any(row.is_late(within) for row in group.rows)
        return not late, left if late else 0, STATES.index(group.state), left, -group.tally.states[group.state]

    return tuple(sorted(status.groups if status.has_members else map(_alone, status.rows), key=_place))


def _alone(row: StatusRow) -> StatusGroup:
    return StatusGroup(Member(row.name or row.root or row.path, row.root), (row,), row.deadline)


def heads(status: PortfolioStatus, say: Translator) -> tuple[str, ...]:
    """Return the heads of the columns in words: of members, or of budgets of none."""
    own = (_("Member"), _("SIREN")) if status.has_members else (_("Name"), _("Identifiant"))
    return (*map(say, own), *map(say, HEADS[2:]))


def late_rows(status: PortfolioStatus, within: int | None = None) -> Iterator[tuple[StatusGroup, StatusRow]]:
    """Yield the budgets that are not ready though their deadline is past (or that near), each with its member."""
    for group in worst_first(status, within):
        yield from ((group, row) for row in group.rows if row.is_late(within))


def member_cells(group: StatusGroup, say: Translator) -> tuple[str, ...]:
    """Return the line of a member, a cell for each head."""
    return tuple(cell(group, say) for cell in _COLUMNS.values())


def ready_of(group: StatusGroup) -> str:
    """Return how many budgets of a member are ready, of how many."""
    return f"{group.tally.ready}/{group.tally.budgets}"


def more_about(status: PortfolioStatus, say: Translator) -> str:
    """Return how each budget of a member is seen, and all of them at once."""
    if not status.has_members:
        return say(
            _(
                "All that is known of a budget: `chorus-config status --target ID`; of all budgets, in a workbook: "
                "`chorus-config status --format xlsx:suivi.xlsx`"
            )
        )
    return say(
        _(
            "All budgets of a member: `chorus-config status --membre NAME`; of all members, in a workbook: "
            "`chorus-config status --format xlsx:suivi.xlsx`"
        )
    )


def _found(group: StatusGroup, level: str) -> int:
    return sum(number for row in group.rows for name, number in row.levels.items() if name == level)


def _waiting(group: StatusGroup) -> str:
    """Return how many operations are open, "" where no store says."""
    known = [row.open_operations for row in group.rows if row.open_operations is not None]
    return str(sum(known)) if known else ""
