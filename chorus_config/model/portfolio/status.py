"""Where a portfolio stands: each budget and sheet, what was found in it, what is approved and entered, what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Literal

from msgspec import Struct, field

from chorus_config.model.finding import Level
from chorus_config.model.managed import Coverage
from chorus_config.model.project_entries import Member

# What stands next in the way of a structure, in the order of the work: each state leaves those before it behind.
# `unknown` is no step of that work: the sheet is ready, and no store could be read that says what is left to do.
State = Literal["no_sheet", "errors", "not_ready", "unknown", "to_approve", "to_enter", "done"]
STEPS: Final[tuple[State, ...]] = ("no_sheet", "errors", "not_ready", "to_approve", "to_enter", "done")
STATES: Final[tuple[State, ...]] = (*STEPS[:3], "unknown", *STEPS[3:])
# More members than this are shown one line each: people look for the few that need them.
_MANY: Final = 20
_MANY_BUDGETS: Final = 60
# Whether what a sheet asks for is approved: all of it, in part, none of it.
Approved = Literal["yes", "changed", "no"]


class SheetFile(Struct, frozen=True):
    """What a sheet says beside its name: its day of creation on the portal as written, the codes of its services.

    `services` is None where the sheet leaves them to the portal; `approved` None where no store could be read,
    `coverage` None where nothing of the sheet could be read.
    """

    path: str
    created: str = ""
    services: tuple[str, ...] | None = None
    approved: Approved | None = None
    coverage: Coverage | None = None


class StoreFacts(Struct, frozen=True):
    """What a store says of structures, by root: open operations, and when the portal was last known to be as noted."""

    source: str
    open_operations: Mapping[str, int] = field(default_factory=dict)
    known_at: Mapping[str, str] = field(default_factory=dict)


class Deadline(Struct, frozen=True):
    """A deadline seen from a day: `first_late` is the first day that is too late."""

    first_late: date
    day: date

    @property
    def last(self) -> date:
        """The last day that is not too late."""
        return self.first_late - timedelta(days=1)

    @property
    def left(self) -> int:
        """The days that remain after this one: 0 on the last day, less than that once it is past."""
        return (self.last - self.day).days

    def is_near(self, within: int | None = None) -> bool:
        """Whether it is past or, with `within`, no more than so many days away."""
        return self.left < (0 if within is None else within + 1)


class StatusRow(Struct, frozen=True):
    """One budget or sheet. `root` is its identifiant, "" where its sheet names none that is sure; `path` "" without a sheet.

    `label` and `legal_name` are as the sheet writes them, else `label` as the portfolio does. `active` is what its status
    says. `levels` counts its findings. `open_operations` is None where no store could be read; `known_at` is an RFC 3339
    instant, "" where nothing of it was ever entered or seen. `coverage` is how much of the portal its sheet manages.
    """

    root: str
    label: str
    path: str
    state: State
    legal_name: str = ""
    created: str = ""
    services: tuple[str, ...] | None = None
    active: bool | None = None
    levels: Mapping[Level, int] = field(default_factory=dict)
    ready: bool = False
    approved: Approved | None = None
    open_operations: int | None = None
    known_at: str = ""
    is_budget: bool = True
    deadline: Deadline | None = None
    coverage: Coverage | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.label or self.legal_name

    @property
    def done(self) -> int:
        """How many of the five steps to an entered sheet are behind it."""
        return STEPS.index("to_approve" if self.state == "unknown" else self.state)

    def is_late(self, within: int | None = None) -> bool:
        """Whether it is a budget that is not ready though its deadline is past or, with `within`, that near."""
        return self.is_budget and not self.ready and self.deadline is not None and self.deadline.is_near(within)


class Tally(Struct, frozen=True):
    """So many budgets, how many of them have a sheet, how many are ready; `structures` counts all rows.

    `coverage` is that of all sheets together, None where there is none.
    """

    budgets: int
    with_sheet: int
    ready: int
    structures: int
    states: Mapping[State, int]
    coverage: Coverage | None = None

    @classmethod
    def of(cls, rows: Iterable[StatusRow]) -> Tally:
        """Count rows: a budget counts once, however many files describe it."""
        every = tuple(rows)
        budgets = [row for row in every if row.is_budget]
        with_sheet = [row for row in budgets if row.state != "no_sheet"]
        return cls(
            len(budgets),
            len(with_sheet),
            len([row for row in budgets if row.ready]),
            len(every),
            {state: len([row for row in every if row.state == state]) for state in STATES},
            sum(known[1:], known[0]) if (known := [row.coverage for row in every if row.coverage is not None]) else None,
        )


class StatusGroup(Struct, frozen=True, dict=True):
    """The rows of a member, or (`member` None) of no member."""

    member: Member | None
    rows: tuple[StatusRow, ...]
    deadline: Deadline | None = None

    @cached_property
    def tally(self) -> Tally:
        """What the rows come to."""
        return Tally.of(self.rows)

    @property
    def state(self) -> State:
        """What stands most in the way of a row; of a member without any, that there is none."""
        return next((state for state in STATES if self.tally.states[state]), "no_sheet")


class PortfolioStatus(Struct, frozen=True, dict=True):
    """A portfolio on a day, by member; a project without members has one group.

    `source` is where the store is, "" where it could not be read. `elsewhere` counts findings that no row has: of the project
    file, of accounts; None when the view is narrowed. `other_operations` are open and on no row. `directory` is where the
    project keeps public lists, `targets` the patterns that narrow the view.
    """

    day: date
    groups: tuple[StatusGroup, ...]
    name: str = ""
    deadline: Deadline | None = None
    source: str = ""
    elsewhere: Mapping[Level, int] | None = None
    other_operations: int = 0
    directory: str = ""
    targets: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> tuple[StatusRow, ...]:
        """All rows, member by member."""
        return tuple(row for group in self.groups for row in group.rows)

    @cached_property
    def tally(self) -> Tally:
        """What all rows come to."""
        return Tally.of(self.rows)

    @property
    def has_members(self) -> bool:
        """Whether the project names members."""
        return any(group.member is not None for group in self.groups)

    @property
    def is_large(self) -> bool:
        """Whether there are too many members, or budgets of none, to show each with all that is known of it."""
        members = [group for group in self.groups if group.member is not None]
        return len(members) > _MANY if members else len(self.rows) > _MANY_BUDGETS

    @property
    def without_sheet(self) -> tuple[Member, ...]:
        """The members of which no sheet is there."""
        bare = (group for group in self.groups if all(row.state == "no_sheet" for row in group.rows))
        return tuple(group.member for group in bare if group.member is not None)


Failing = Literal["no_sheet", "errors", "late", "member", "elsewhere", "store"]


class CheckResult(Struct, frozen=True):
    """What a check of a portfolio fails for: how many times for each reason; nothing when it passes."""

    failing: Mapping[Failing, int]
    within: int | None = None

    @property
    def passes(self) -> bool:
        """Whether nothing fails."""
        return not any(self.failing.values())
