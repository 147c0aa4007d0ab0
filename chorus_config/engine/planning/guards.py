"""What holds a plan back, and what lets it pass: thresholds on its size (CP920), errors of change that somebody accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.model.finding import Fault, Finding
from chorus_config.model.plan import Acceptance, Change, Options
from chorus_config.model.snapshot import Snapshot
from chorus_config.rules.catalogue import RULES


def may_accept(rule: str) -> bool:
    """Tell whether an error of a rule can be accepted: rules of change, but not those that protect every invoice."""
    return rule in RULES and RULES[rule].where == "change" and not RULES[rule].fixed


def acceptances(settings: CheckSettings, options: Options) -> tuple[Acceptance, ...]:
    """Return what is accepted on this day: what the plan was asked to, then what the project file says.

    An entry without its reason or end is not obeyed (CP015), nor one past its last day (CP013).
    """
    given = [one for one in options.accept if may_accept(one.rule)]
    return (*given, *(one for _index, one in _written(settings) if _holds(one, settings)))


def needed_acceptances(changes: Iterable[Change], accepted: Iterable[Acceptance]) -> tuple[Acceptance, ...]:
    """Return, of what is accepted, what an error of some change needs; the first of two that say the same."""
    needed = {(f.rule, str(change.address)) for change in changes for f in change.findings if f.level == "error"}
    kept = {(one.rule, one.address): one for one in reversed([*accepted]) if (one.rule, one.address) in needed}
    return tuple(kept[key] for key in sorted(kept))


def is_accepted(finding: Finding, change: Change, accepted: Iterable[Acceptance]) -> bool:
    """Tell whether an error on a change is accepted."""
    return any((one.rule, one.address) == (finding.rule, str(change.address)) for one in accepted)


def unused_acceptances(settings: CheckSettings, needed: Iterable[Acceptance]) -> Iterator[Fault]:
    """Yield a CP013 for each acceptance of the project file, still in force, that no change needs."""
    known = {(one.rule, one.address) for one in needed}
    for index, one in _written(settings):
        if _holds(one, settings) and (one.rule, one.address) not in known:
            args = {"rule": one.rule, "sheet": one.address, "day": one.until}
            yield Fault("CP013", ("acceptations", index, "regle"), "acceptance_unused", args=args)


def unused_options(options: Options, needed: Iterable[Acceptance]) -> Iterator[Fault]:
    """Yield a CP013 for each acceptance that was asked of a plan and that no change of it needs: probably mistyped."""
    known = {(one.rule, one.address) for one in needed}
    for one in options.accept:
        if (one.rule, one.address) not in known:
            yield Fault("CP013", (), "option_unused", args={"rule": one.rule, "sheet": one.address})


def _holds(one: Acceptance, settings: CheckSettings) -> bool:
    until = one.until or ""
    return may_accept(one.rule) and bool(one.reason) and until >= settings.day.isoformat()


def _written(settings: CheckSettings) -> Iterator[tuple[int, Acceptance]]:
    rows: Any = settings.project.decisions.get("acceptations", ())
    for index, row in enumerate(rows):
        reason = str(row.get("motif", "")).strip()
        yield index, Acceptance(row["regle"], row["adresse"], reason, row.get("jusqu_au"))


def threshold_faults(changes: Sequence[Change], known: Snapshot, options: Options, settings: CheckSettings) -> Iterator[Fault]:
    """Yield a fault for each count of a plan that is over its threshold, or not the one that was expected.

    Structures that are recorded for the first time do not count for the threshold. An expected count must be the exact one:
    that of all structures that the plan touches, as its verdict counts them.
    """
    touched = {change.address.root for change in changes if change.address.group != "comptes"}
    removals = sum(change.op == "delete" for change in changes)
    counts = {"structures": len(touched), "removals": removals}
    over = {"structures": len(touched & known.records.keys()), "removals": removals}
    for name, limit, expected in (
        ("structures", settings.project.most_structures, options.expect_structures),
        ("removals", settings.project.most_removals, options.expect_removals),
    ):
        if expected is not None and counts[name] != expected:
            yield Fault("CP920", ("seuils",), f"expected_{name}", args={**counts, "n": counts[name], "expected": expected})
        elif expected is None and over[name] > limit:
            yield Fault("CP920", ("seuils",), name, args={**counts, "n": over[name], "limit": limit})
