"""What a plan is made with beside its sheets and its state."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Literal

from msgspec import Struct, field

from chorus_config.diff.sensitive import TokenOf
from chorus_config.engine.planning.desired_sheet import KnownErrors
from chorus_config.model.plan import Decision, Move, Options
from chorus_config.model.project import TextFile


class PlanningInputs(Struct, frozen=True):
    """What a plan is made with beside its sheets and state.

    `token_of` keys sensitive values, `commit` is what git has checked out and whether the sheets differ from it, `tool` names
    the program and its rules, `project` is the project file, `on_portal` the roots that were seen on the portal before anything
    of them was approved, `made_on` the day where plans have an age. The rest is for a comparison of two revisions: errors that
    stood in the first (by root, or by path for a file that could not be read), moved
    sheets, changed decisions.
    """

    token_of: TokenOf
    options: Options
    tool: Mapping[str, str]
    commit: tuple[str | None, bool] = (None, False)
    project: TextFile | None = None
    on_portal: frozenset[str] = frozenset()
    kind: Literal["plan", "diff"] = "plan"
    known_errors: Mapping[str, KnownErrors] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    decisions: tuple[Decision, ...] = ()
    made_on: str = ""


def in_scope(root: str, options: Options) -> bool:
    """Tell whether a structure or account is one that the plan was narrowed to."""
    return not options.targets or any(fnmatchcase(root, target) for target in options.targets)
