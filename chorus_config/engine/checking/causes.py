"""One cause, one finding: what only follows from a value at fault, or from a change of it, is not told beside it.

Never is a finding left out for one that is less severe, switched off or waived: what blocks a file stays told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from chorus_config.model.finding import LEVELS, Fault, Finding, Level, Path
from chorus_config.rules.catalogue import RULES

LevelOf = Callable[[Fault], Level | None]


def one_per_cause(found: Sequence[Fault], level_of: LevelOf) -> tuple[Fault, ...]:
    """Return faults of one file without those that follow from others, in their order.

    `level_of` gives the level at which a fault is told, None when it is not.
    """
    if len(found) < 2:
        return tuple(found)
    told = [(fault, level) for fault in found if (level := level_of(fault)) is not None]
    kept = [
        fault
        for fault, level in told
        if not any(_explains(other, fault) for other, above in told if other is not fault and _rank(above) <= _rank(level))
    ]
    return tuple(_once(_gravest(kept, level_of)))


def without_followers(found: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings of a sheet without those that follow from what is `told` of a change at their place, as severe or more."""
    causes: dict[tuple[str, str], list[Finding]] = {}
    for one in told:
        causes.setdefault((one.path, one.pointer), []).append(one)
    for finding in found:
        follows = RULES[finding.rule].follows
        places = causes.get((finding.path, finding.pointer), ()) if follows else ()
        if not any(one.rule in follows and _rank(one.level) <= _rank(finding.level) for one in places):
            yield finding


def _rank(level: Level) -> int:
    return LEVELS.index(level)


def _explains(cause: Fault, fault: Fault) -> bool:
    """Tell whether a fault only follows from another one, which is at least as severe."""
    row = RULES[fault.rule]
    if cause.rule in row.follows:
        return True
    if RULES[cause.rule].repeated and not row.repeated and not row.fixed and _is_inside(fault.path, cause.path[:-1]):
        return True
    return _place(cause) != _place(fault) and any(_is_read(unknown, row.reads) for unknown in _unknown(cause))


def _unknown(cause: Fault) -> Iterable[Path]:
    """Yield the paths of which nothing is known because of a fault."""
    # What is nearly something that is known was probably meant as that.
    if not RULES[cause.rule].unknown and cause.case not in {"empty", "near"}:
        return
    key, path = cause.args.get("key"), cause.path
    if key is None:
        yield path
    elif path[-1:] != (key,):
        yield (*path, str(key))
    else:
        yield path
        # An unknown key stands for the one that was meant, or for a block.
        meant, block = cause.args.get("suggestion"), cause.args.get("block")
        yield from ((*path[:-1], str(meant)),) if meant else ()
        yield from ((str(block),), (str(block), str(key))) if block else ()


def _is_read(path: Path, reads: Iterable[str]) -> bool:
    """Tell whether a path is one that a rule reads, or holds it: `services`, `services/1` and `services/1/code`."""
    steps = ["*" if isinstance(step, int) else step for step in path]
    return bool(steps) and any(pattern.split("/")[: len(steps)] == steps for pattern in reads)


def _is_inside(path: Path, entry: Path) -> bool:
    return bool(entry) and path[: len(entry)] == entry


def _gravest(found: Sequence[Fault], level_of: LevelOf) -> list[Fault]:
    """Return, of the faults at one place, the most severe; of these the ones that know most of the value."""
    best: dict[tuple[Path, object], tuple[int, int]] = {}
    for fault in found:
        best[_place(fault)] = min(best.get(_place(fault), (len(LEVELS), 0)), _weight(fault, level_of))
    return [fault for fault in found if not fault.path or _weight(fault, level_of) == best[_place(fault)]]


def _place(fault: Fault) -> tuple[Path, object]:
    key = fault.args.get("key")
    return fault.path, None if fault.path[-1:] == (key,) else key


def _weight(fault: Fault, level_of: LevelOf) -> tuple[int, int]:
    """Return how much a fault tells of its place, the best first: by its level, then by what its rule knows of the value."""
    level, row = level_of(fault), RULES[fault.rule]
    # That nothing is written explains that nothing is no date, and no name.
    vague = -1 if fault.case == "empty" else row.vague
    return (_rank(level) if level else len(LEVELS)), vague


def _once(found: Iterable[Fault]) -> list[Fault]:
    """Tell once, with its other places, what one cause brings about in several."""
    kept: list[Fault] = []
    for fault in found:
        first = next((index for index, one in enumerate(kept) if one.rule == fault.rule), None)
        if first is None or not RULES[fault.rule].once:
            kept.append(fault)
        else:
            kept[first] = replace(kept[first], related=(*kept[first].related, (fault.path, "also")))
    return kept
