"""What a plan is made with, beside its sheets and a state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from chorus_config.resources.seal import Seal
from chorus_config.words.document import Text
from chorus_config.words.plan import Decision, Move, Options

# Errors by rule and pointer.
Stood = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a plan is made with beside its sheets and state.

    `seal` keys sensitive values, `commit` is what git has checked out and whether the sheets differ from it, `tool` names
    the program and its rules, `project` is the project file. The rest is for a comparison of two revisions: errors that
    stood in the first (by root, or by path for a file that could not be read), moved sheets, changed decisions.
    """

    seal: Seal
    options: Options
    tool: Mapping[str, str]
    commit: tuple[str | None, bool] = (None, False)
    project: Text | None = None
    kind: Literal["plan", "diff"] = "plan"
    stood: Mapping[str, Stood] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    decisions: tuple[Decision, ...] = ()
