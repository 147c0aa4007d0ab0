"""What a rule is, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "info"]
Where = Literal["loader", "strict", "advice", "python", "change", "guard"]

LEVELS: tuple[Level, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the catalogue.

    `fixed`: no level change, waiver, acceptance or silence reaches it. `ready`: an error under `--ready`.
    `risk`: a change that it judges is of high risk. `later`: a day (YYYY-MM-DD) from which it has another level.
    """

    id: str
    level: Level
    where: Where
    fixed: bool = False
    ready: bool = False
    risk: bool = False
    later: tuple[str, Level] | None = None


@dataclass(frozen=True, slots=True)
class RuleTexts:
    """What a rule says to people: English message ids, translated when shown.

    `messages` maps a case (the `x-case` of a subschema; "" is the usual one) to a sentence with `{named}` places.
    `fails` and `passes` are YAML: whole blocks that replace those of the smallest valid sheet (or account,
    or project file: `about`), or a whole file when they start with `type:`.
    """

    title: str
    why: str
    source: str
    messages: Mapping[str, str]
    remedy: str
    fails: str
    passes: str
    about: Literal["fiche-structure", "compte-utilisateur", "projet", "changement"] = "fiche-structure"
    remedies: Mapping[str, str] = field(default_factory=dict)
