"""The figures of a run: every single measurement, from which medians, ratios, table and picture are made; kept as JSON."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

FILE: Final = Path(__file__).resolve().parent / "figures.json"


# The groups of cases in the order of page and picture, each with its heading.
GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "one": "Une fiche, comme dans un hook",
        "cold": "Beaucoup de fiches, à froid",
        "broken": "Beaucoup de fiches, 1 % fautives",
        "plan": "Plan, 1 % des fiches changées",
        "cache": "Avec la mémoire des contrôles ÷ sans",
        "validate": "Autres commandes ÷ contrôle à froid",
        "growth": "Dix fois plus de fiches",
    }
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two commands run in turn: its label, seconds of each run, MiB of its largest process and of all together."""

    label: str
    seconds: tuple[float, ...]
    largest: float
    together: float

    @property
    def median(self) -> float:
        """The median of its seconds."""
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Case:
    """What was measured: ours beside another one, on so many sheets, on a day; the ratio to reach; what is to be known."""

    name: str
    group: str
    title: str
    count: int
    day: str
    ours: Side
    other: Side
    goal: float | None = None
    note: str = ""

    @property
    def ratios(self) -> list[float]:
        """Our time divided by the other's, pair by pair."""
        return [mine / other for mine, other in zip(self.ours.seconds, self.other.seconds, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return statistics.median(self.ratios)


@dataclass(frozen=True, slots=True)
class Tool:
    """A peer as it was measured: its label, the versions of what is in it, what it checks and leaves, the faults it finds."""

    name: str
    label: str
    versions: str
    checks: str
    leaves: str
    finds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one machine."""

    machine: Mapping[str, str] = field(default_factory=dict)
    tools: tuple[Tool, ...] = ()
    cases: tuple[Case, ...] = ()

    def of(self, group: str) -> list[Case]:
        """Return the cases of a group, small ones first."""
        return sorted((case for case in self.cases if case.group == group), key=lambda case: case.count)

    def with_case(self, case: Case) -> Figures:
        """Return the figures with a case in the place of an earlier one of its name, or at the end."""
        if any(one.name == case.name for one in self.cases):
            return replace(self, cases=tuple(case if one.name == case.name else one for one in self.cases))
        return replace(self, cases=(*self.cases, case))


def read(path: Path) -> Figures:
    """Return the figures of a file, none when there is none."""
    if not path.is_file():
        return Figures()
    said = json.loads(path.read_text(encoding="utf-8"))
    tools = tuple(Tool(**{**tool, "finds": tuple(tool["finds"])}) for tool in said["tools"])
    return Figures(said["machine"], tools, tuple(map(_case, said["cases"])))


def write(path: Path, figures: Figures) -> None:
    """Write figures; the same ones to the same bytes."""
    said = json.dumps(asdict(figures), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(said + "\n", encoding="utf-8", newline="\n")


def side(label: str, seconds: Sequence[float], largest: float, together: float) -> Side:
    """Return one side, rounded to what can be told apart."""
    return Side(label, tuple(round(one, 4) for one in seconds), round(largest, 1), round(together, 1))


def _case(said: dict[str, Any]) -> Case:
    sides = {name: Side(**{**said[name], "seconds": tuple(said[name]["seconds"])}) for name in ("ours", "other")}
    return Case(**{**said, **sides})
