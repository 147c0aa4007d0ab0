"""What a plan is made with, beside its sheets and a state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from chorus_config import __version__
from chorus_config.diff.sensitive import TokenOf, digest
from chorus_config.model.plan import Decision, Move, Options
from chorus_config.model.text_file import TextFile
from chorus_config.rules.catalogue import RULES
from chorus_config.schema.packaged import NAMES, schema

# Errors by rule and pointer.
KnownErrors = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PlanningInputs:
    """What a plan is made with beside its sheets and state.

    `token_of` keys sensitive values, `commit` is what git has checked out and whether the sheets differ from it, `tool` names
    the program and its rules, `project` is the project file. The rest is for a comparison of two revisions: errors that
    stood in the first (by root, or by path for a file that could not be read), moved sheets, changed decisions.
    """

    token_of: TokenOf
    options: Options
    tool: Mapping[str, str]
    commit: tuple[str | None, bool] = (None, False)
    project: TextFile | None = None
    kind: Literal["plan", "diff"] = "plan"
    known_errors: Mapping[str, KnownErrors] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    decisions: tuple[Decision, ...] = ()


@cache
def tool() -> Mapping[str, str]:
    """Return what judges: the version of the program, and a digest of the rules and schemas it carries."""
    rules = [[rule.id, rule.level, rule.where, rule.fixed, rule.ready, rule.risk, rule.later] for rule in RULES.values()]
    return {"version": __version__, "rules": digest([rules, [schema(name) for name in NAMES]])[:16]}
