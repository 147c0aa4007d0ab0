"""What a rule is, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Level = Literal["error", "warning", "info"]
Where = Literal["loader", "strict", "advice", "python", "change", "guard"]

LEVELS: tuple[Level, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the catalogue.

    `file` is its module below `rules/`. `fixed`: no level change, waiver, acceptance or silence reaches it. `ready`: an
    error under `--ready`. `risk`: a change that it judges is of high risk. `later`: a day (YYYY-MM-DD) from which it has
    another level. `checks` says what its `check` is handed, where it is written in Python: one file of these kinds, or
    what is known of all files of a project (`between`).
    """

    id: str
    level: Level
    where: Where
    file: str
    fixed: bool = False
    ready: bool = False
    risk: bool = False
    later: tuple[str, Level] | None = None
    checks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChangeExample:
    """What a rule of change judges: two snippets of a sheet, which the diff turns into a change.

    Each is YAML like any example: whole blocks that replace those of the smallest valid sheet. `before` is what was known,
    `after` what is wished, "" where the sheet is gone. `new_file`: the second stands in a file of its own, and the first is
    gone. `entry` says, of a failing example, where in the sheet its rule finds fault (`utilisateurs/compta`: what an
    acceptance names after the identifiant); "" for the structure itself.
    """

    before: str
    after: str
    entry: str = ""
    new_file: bool = False


@dataclass(frozen=True, slots=True)
class RuleTexts:
    """What a rule says to people: English message ids, translated when shown.

    `messages` maps a case (the `x-case` of a subschema; "" is the usual one) to a sentence with `{named}` places.
    `fails` and `passes` are YAML: whole blocks that replace those of the smallest valid sheet (or account,
    or project file: `about`), or a whole file when they start with `type:`. About a change, they are two snippets of a sheet.
    """

    title: str
    why: str
    source: str
    messages: Mapping[str, str]
    remedy: str
    fails: str | ChangeExample
    passes: str | ChangeExample
    about: Literal["fiche-structure", "compte-utilisateur", "projet", "changement"] = "fiche-structure"
    remedies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleContext:
    """The day whose rules apply, and where the document lies (relative to the project, with forward slashes)."""

    day: date
    path: str = ""
