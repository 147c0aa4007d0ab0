"""What is measured: each case is two commands to be run in turn, prepared when its turn comes. Titles are the French page's."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import projects, sheets, variants
from benchmarks.peers.catalogue import CHECKERS, HERE, PEERS, PLACE, PYTHON, words
from benchmarks.process import Command, environment_in

# What the project wants to reach, as a share of the other's time, on 10,000 sheets.
_GOALS: Final = {"sourcemeta": 1.0, "check-jsonschema": 0.03}
_LABELS: Final = {peer.name: peer.label for peer in PEERS}
_PROGRAM: Final = shutil.which("chorus-config", path=str(Path(sys.executable).parent)) or "chorus-config"
LARGE: Final = 100_000
WORK: Final = PLACE / "work"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two commands to be run in turn: what they are about, on how many sheets; the ratio to reach; what is to be known."""

    name: str
    group: str
    title: str
    count: int
    ours: Command
    other: Command
    goal: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What cases are made with: the peers that are there, by name."""

    peers: frozenset[str]


Maker = Callable[[Bench, int], Iterator[Pair]]


def cases(bench: Bench, counts: list[int]) -> Iterator[Pair]:
    """Yield the cases for these numbers of sheets, each prepared just before it is yielded; what they need is gone after it."""
    makers: list[tuple[Maker, list[int]]] = [
        (one_sheet, [1]),
        (cold, [count for count in counts if count < LARGE]),
        (broken, [count for count in counts if 1_000 < count < LARGE]),
        (cached, [count for count in counts if 1_000 < count < LARGE]),
        (planned, [count for count in counts if count < LARGE]),
        (compared, [count for count in counts if 1_000 < count < LARGE]),
        (approved, [count for count in counts if count < LARGE]),
        (grown, [count for count in counts if count >= LARGE]),
    ]
    for make, sizes in makers:
        for count in sizes:
            yield from make(bench, count)
            shutil.rmtree(WORK, ignore_errors=True)


def one_sheet(bench: Bench, _count: int) -> Iterator[Pair]:
    """One sheet, as in a hook: start-up is nearly all of it."""
    folder = projects.fresh(WORK / "one", 1)
    path = variants.path_of(folder, 0)
    ours = _validate(folder, str(path))
    for peer in ("check-jsonschema", "sourcemeta"):
        if peer in bench.peers:
            goal = 0.35 if peer == "check-jsonschema" else None
            other = Command(_LABELS[peer], words(peer, folder, path), folder)
            yield Pair(f"one-{peer}", "one", "une fiche", 1, ours, other, goal)


def cold(bench: Bench, count: int) -> Iterator[Pair]:
    """Many sheets, nothing remembered, against each peer."""
    folder = projects.fresh(WORK / "cold", count)
    ours = _validate(folder, "--no-cache")
    for peer in CHECKERS:
        if peer in bench.peers:
            goal = _GOALS.get(peer) if count > 1_000 else None
            other = Command(_LABELS[peer], words(peer, folder), folder)
            yield Pair(f"cold-{count}-{peer}", "cold", f"{_number(count)} fiches", count, ours, other, goal)


def broken(bench: Bench, count: int) -> Iterator[Pair]:
    """One sheet in a hundred broken: what its findings cost beside the same sheets without faults, and beside a script."""
    good = projects.fresh(WORK / "good", count)
    folder = projects.fresh(WORK / "broken", count)
    variants.break_sheets(folder, count)
    ours = _validate(folder, "--no-cache", codes=(1,))
    title = f"{_number(count)} fiches"
    yield Pair(f"broken-{count}", "broken", title, count, ours, _named("les mêmes sans faute", _validate(good, "--no-cache")))
    peer = "csafe-jsonschema-rs"
    if peer in bench.peers:
        other = Command(_LABELS[peer], words(peer, folder), folder, (1,))
        yield Pair(f"broken-{count}-{peer}", "broken", title, count, ours, other)


def cached(_bench: Bench, count: int) -> Iterator[Pair]:
    """Sheets that did not change since the last run, or one in a hundred, against the same command that remembers nothing."""
    number = _number(count)
    for name, jobs, goal in (("warm-1", ("--jobs", "1"), None), ("warm", (), 0.2)):
        folder = projects.fresh(WORK / "warm", count)
        told = ", un seul processus" if jobs else ""
        ours, other = _validate(folder, *jobs), _validate(folder, "--no-cache", *jobs)
        yield Pair(
            f"{name}-{count}", "cache", f"{number} fiches inchangées{told}", count, ours, _named("sans mémoire", other), goal
        )
    folder = projects.fresh(WORK / "changed", count)
    change = partial(variants.change_sheets, folder, count)
    ours = _validate(folder, before=change)
    other = _named("sans mémoire", _validate(folder, "--no-cache"))
    yield Pair(f"changed-{count}", "cache", f"{number} fiches, 1 % changées", count, ours, other)


def planned(bench: Bench, count: int) -> Iterator[Pair]:
    """A plan of sheets of which one in a hundred changed since they were approved, against the script with DeepDiff.

    As in any week but the first, somebody planned before: which sheets ask for nothing is remembered.
    """
    if "safe-load-deepdiff" not in bench.peers:
        return
    folder = projects.recorded(WORK / "planned", count)
    environment = environment_in(folder)
    subprocess.run([_PROGRAM, "plan", "--quiet"], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    script, state = str(HERE / "safe_load_deepdiff.py"), str(folder / "state.json")
    subprocess.run([str(PYTHON), script, "record", str(folder / "structures"), state], check=True)
    ours = Command(
        "chorus-config plan", [_PROGRAM, "plan", "--quiet"], folder, before=partial(variants.change_sheets, folder, count)
    )
    other = Command(_LABELS["safe-load-deepdiff"], [str(PYTHON), script, "plan", str(folder / "structures"), state], folder)
    goal = 0.01 if count > 1_000 else None
    yield Pair(f"plan-{count}", "plan", f"{_number(count)} fiches", count, ours, other, goal)


def compared(_bench: Bench, count: int) -> Iterator[Pair]:
    """Two commits, one sheet in a hundred changed, against checking all of them."""
    folder = projects.fresh(WORK / "compared", count)
    projects.commit_twice(folder, count)
    ours = Command("chorus-config diff", [_PROGRAM, "diff", "--quiet", "HEAD~1..HEAD"], folder)
    other = _named("validate", _validate(folder, "--no-cache"))
    yield Pair(f"diff-{count}", "validate", f"diff de {_number(count)} fiches, 1 % changées", count, ours, other)


def approved(_bench: Bench, count: int) -> Iterator[Pair]:
    """The first plan of all sheets, and its approval, against checking them."""
    folder = projects.fresh(WORK / "approved", count)
    validate = _named("validate", _validate(folder, "--no-cache"))
    state = folder / ".chorus-config"

    def forget(_turn: int) -> None:
        shutil.rmtree(state, ignore_errors=True)

    number = _number(count)
    plan = Command("chorus-config plan", [_PROGRAM, "plan", "--quiet", "--out", "plan.json"], folder, before=forget)
    yield Pair(f"first-plan-{count}", "validate", f"premier plan de {number} fiches", count, plan, validate)
    apply = Command("chorus-config apply", [_PROGRAM, "apply", "plan.json", "--quiet"], folder, before=forget)
    subprocess.run(plan.words, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    goal = 3.0 if count > 1_000 else None
    yield Pair(f"approval-{count}", "validate", f"première approbation de {number} fiches", count, apply, validate, goal)


def store_bytes() -> int:
    """Return how many bytes the store takes that the approval left behind, 0 when there is none."""
    state = WORK / "approved" / ".chorus-config"
    return sum(path.stat().st_size for path in state.rglob("*") if path.is_file())


def grown(_bench: Bench, count: int) -> Iterator[Pair]:
    """A great many sheets against a tenth of them."""
    many, few = projects.fresh(WORK / "many", count), projects.fresh(WORK / "few", count // 10)
    ours, other = _validate(many, "--no-cache"), _validate(few, "--no-cache")
    title = f"{_number(count)} fiches"
    yield Pair(f"grown-{count}", "growth", title, count, ours, _named(f"{_number(count // 10)} fiches", other), 12.0)


def single_faults(bench: Bench) -> Iterator[tuple[str, str, Command]]:
    """Yield who checks a sheet with one fault, of each kind: name of the tool, kind, command; at first "", a sound one."""
    texts = {"": sheets.sheet(0), **{kind: fault(sheets.sheet(0)) for kind, (_rule, fault) in variants.FAULTS.items()}}
    for number, (kind, text) in enumerate(texts.items()):
        folder = projects.fresh(WORK / f"fault-{number}", 1)
        path = variants.path_of(folder, 0)
        path.write_text(text, encoding="utf-8")
        yield "chorus-config", kind, _validate(folder, "--no-cache", codes=(0, 1))
        for peer in CHECKERS:
            if peer in bench.peers:
                yield peer, kind, Command(peer, words(peer, folder, path), folder)
    shutil.rmtree(WORK, ignore_errors=True)


def _validate(folder: Path, *more: str, codes: tuple[int, ...] = (0,), before: Callable[[int], None] | None = None) -> Command:
    return Command("chorus-config validate", [_PROGRAM, "validate", "--quiet", *more], folder, codes, before)


def _named(label: str, command: Command) -> Command:
    return Command(label, command.words, command.folder, command.codes, command.before)


def _number(count: int) -> str:
    """Return a number as French writes it."""
    return f"{count:,}".replace(",", "\u202f")
