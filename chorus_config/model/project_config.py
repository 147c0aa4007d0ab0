"""What the project file says: where sheets and store are, the portfolio, the decisions that rules and plans obey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from chorus_config.model.rule import Level


@dataclass(frozen=True, slots=True)
class Waiver:
    """One rule waived for one sheet (identifiant) or account (ref), with its reason and last day."""

    rule: str
    sheet: str
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """What the project file says, with its defaults; the values are checked when it is built.

    `budgets` are the identifiants of the portfolio; `deadline` is the first day that is too late.
    A plan that changes more than `most_structures` structures or removes more than `most_removals` resources is held back.
    `decisions` is the part that a plan is bound to: regles, derogations, acceptations, seuils, as written.
    """

    structures: tuple[str, ...] = ("structures/**/*.yaml",)
    accounts: tuple[str, ...] = ("comptes/**/*.yaml",)
    store: str = "sqlite:///.chorus-config/registre.sqlite3"
    language: str = ""
    reference_date: date | None = None
    levels: Mapping[str, Level | Literal["off"]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    budgets: tuple[str, ...] = ()
    deadline: date | None = None
    most_structures: int = 50
    most_removals: int = 5
    decisions: Mapping[str, object] = field(default_factory=dict)


# The project file, at the root of a project; its absence leaves the defaults.
PROJECT_FILE: Final = "chorus-config.yaml"
