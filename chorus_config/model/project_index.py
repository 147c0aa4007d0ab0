"""What is known of all files of a project at once: small facts, so that nobody has to hold the files themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from chorus_config.model.finding import Fault, Path
from chorus_config.model.project_config import ProjectConfig
from chorus_config.model.text_file import FileKind


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One sheet or account: `owner` is its identifiant or ref; `refs` are the users it names, with their place in the list.

    `ready` says that nothing would stop it from going live, as far as its own file tells.
    """

    path: str
    kind: FileKind
    owner: str
    label: str = ""
    active: bool = False
    refs: tuple[tuple[int, str], ...] = ()
    ready: bool = True


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A second place that a fault between files speaks of: a file, a path in it, the case of the rule that words it."""

    path: str
    kind: FileKind
    at: Path
    case: str


@dataclass(frozen=True, slots=True)
class CrossFileFault:
    """A fault that only shows between files, in the file where it is told."""

    path: str
    kind: FileKind
    owner: str
    fault: Fault
    other: OtherPlace | None = None


@dataclass(frozen=True, slots=True)
class ProjectIndex:
    """All facts of a project on a day, in the order of the paths.

    `unread` are the files that could not be read: what they hold is not known.
    `used_waivers` are the waivers (rule, sheet) that were needed; it is meaningful only when the `whole` project was checked.
    """

    facts: tuple[SheetFacts, ...]
    project: ProjectConfig
    project_file: str | None
    day: date
    used_waivers: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    whole: bool = True
    unread: tuple[str, ...] = ()

    def sheets(self) -> Iterator[SheetFacts]:
        """Yield the facts of the sheets."""
        return (fact for fact in self.facts if fact.kind == "fiche-structure")


CrossFileCheck = Callable[[ProjectIndex], Iterator[CrossFileFault]]
