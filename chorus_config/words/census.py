"""What is known of all files of a project at once: small facts, so that nobody has to hold the files themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from chorus_config.words.document import Kind, Project
from chorus_config.words.finding import Fault, Path


@dataclass(frozen=True, slots=True)
class Fact:
    """One sheet or account: `owner` is its identifiant or ref; `refs` are the users it names, with their place in the list.

    `ready` says that nothing would stop it from going live, as far as its own file tells.
    """

    path: str
    kind: Kind
    owner: str
    label: str = ""
    active: bool = False
    refs: tuple[tuple[int, str], ...] = ()
    ready: bool = True


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A second place that a fault between files speaks of: a file, a path in it, the case of the rule that words it."""

    path: str
    kind: Kind
    at: Path
    case: str


@dataclass(frozen=True, slots=True)
class Wide:
    """A fault that only shows between files, in the file where it is told."""

    path: str
    kind: Kind
    owner: str
    fault: Fault
    other: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Census:
    """All facts of a project on a day, in the order of the paths.

    `unread` are the files that could not be read: what they hold is not known.
    `used` are the waivers (rule, sheet) that were needed; it is meaningful only when the `whole` project was checked.
    """

    facts: tuple[Fact, ...]
    project: Project
    project_file: str | None
    day: date
    used: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    whole: bool = True
    unread: tuple[str, ...] = ()

    def sheets(self) -> Iterator[Fact]:
        """Yield the facts of the sheets."""
        return (fact for fact in self.facts if fact.kind == "fiche-structure")


WideCheck = Callable[[Census], Iterator[Wide]]
