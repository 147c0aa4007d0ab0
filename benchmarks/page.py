"""The tables of docs/performance.md, made from the figures; what is written around them is left as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from benchmarks import french
from benchmarks.figures import GROUPS, Case, Figures
from benchmarks.variants import FAULTS

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
_COLUMNS: Final = (
    "ce qui est mesuré", "comparé à", "chorus-config", "l’autre", "rapport (étendue)", "à atteindre",
    "mémoire", "mémoire de l’autre",
)  # fmt: skip
_PART: Final = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- /figures -->)", re.DOTALL)


def filled(page: str, figures: Figures) -> str:
    """Return the page with its tables made anew from the figures."""
    return _PART.sub(lambda part: f"{part[1]}\n{_PARTS[part[2]](figures)}\n\n{part[3]}", page)


def _machine(figures: Figures) -> str:
    """Say when and on what it was measured."""
    days = sorted({case.day for case in figures.cases})
    when = " et le ".join(dict.fromkeys(french.day(day) for day in (days[0], days[-1]))) if days else "–"
    said = figures.machine
    node = f", Node.js {said['node']}" if "node" in said else ""
    memory = f", {said['memoire']} de mémoire" if "memoire" in said else ""
    return (
        f"Mesuré le {when} : {said.get('processeur', '–')}, {said.get('coeurs', '–')} cœurs{memory}, "
        f"{said.get('systeme', '–')}, Python {said.get('python', '–')}{node}."
    )


def _cases(*groups: str) -> Callable[[Figures], str]:
    """Return what writes the table of some groups of cases."""

    def table(figures: Figures) -> str:
        rows = [row for group in groups for row in _rows(figures, group)]
        return "\n".join([f"| {' | '.join(_COLUMNS)} |", f"|---|---|{'---:|' * 6}", *rows])

    return table


def _rows(figures: Figures, group: str) -> Iterator[str]:
    """Yield the heading of a group and its cases, nothing for a group without any."""
    cases = figures.of(group)
    if cases:
        yield f"| *{GROUPS[group]}* |{' |' * 7}"
    yield from map(_row, cases)


def _row(case: Case) -> str:
    low, high = (french.number(one, 2) for one in (min(case.ratios), max(case.ratios)))
    spread = f" ({low} à {high} ; {_pairs(case)})" if len(case.ratios) > 1 else " (une paire)"
    goal = f"≤ {french.number(case.goal, 2)}" if case.goal is not None else ""
    cells = (
        f"{case.title}{f' ({case.note})' if case.note else ''}",
        case.other.label,
        french.seconds(case.ours.median),
        french.seconds(case.other.median),
        f"**{french.number(case.ratio, 2)}**{spread}",
        goal,
        f"{french.mebibytes(case.ours.largest)} ; {french.mebibytes(case.ours.together)}",
        f"{french.mebibytes(case.other.largest)} ; {french.mebibytes(case.other.together)}",
    )
    return f"| {' | '.join(map(_cell, cells))} |"


def _tools(figures: Figures) -> str:
    """Return what each tool is, checks and leaves."""
    rows = [
        f"| {' | '.join(map(_cell, (tool.label, tool.versions, tool.checks, tool.leaves or '–')))} |" for tool in figures.tools
    ]
    return "\n".join(["| outil | versions | ce qu’il contrôle | ce qu’il ne contrôle pas |", "|---|---|---|---|", *rows])


def _faults(figures: Figures) -> str:
    """Return who refuses a sheet with one fault, by kind of fault."""
    checking = [tool for tool in figures.tools if tool.finds]
    head = f"| une fiche avec… | {' | '.join(_cell(tool.label) for tool in checking)} |"
    rows = [f"| {kind} | {' | '.join('oui' if kind in tool.finds else '**non**' for tool in checking)} |" for kind in FAULTS]
    return "\n".join([head, f"|---|{':---:|' * len(checking)}", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("_", "\\_")


_PARTS: Final[Mapping[str, Callable[[Figures], str]]] = MappingProxyType(
    {
        "machine": _machine,
        "peers": _cases("one", "cold", "broken", "plan"),
        "own": _cases("cache", "validate", "growth"),
        "tools": _tools,
        "faults": _faults,
    }
)


def _pairs(case: Case) -> str:
    return f"{count} paires" if (count := len(case.ratios)) > 1 else "une paire"


def line(case: Case) -> str:
    """Return a case on one line, for a terminal."""
    spread = f"{french.number(min(case.ratios), 2)} à {french.number(max(case.ratios), 2)}, {_pairs(case)}"
    goal = f" ; à atteindre {french.number(case.goal, 2)}" if case.goal is not None else ""
    memory = " / ".join(french.mebibytes(side.largest) for side in (case.ours, case.other))
    together = " / ".join(french.mebibytes(side.together) for side in (case.ours, case.other))
    note = f" ; {case.note}" if case.note else ""
    return (
        f"{GROUPS[case.group]}, {case.title} ÷ {case.other.label} : {french.number(case.ratio, 2)} ({spread}){goal} ; "
        f"{french.seconds(case.ours.median)} / {french.seconds(case.other.median)} ; "
        f"plus grand processus {memory}, tous ensemble {together}{note}"
    )
