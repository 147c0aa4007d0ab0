"""CP920: the guard of the whole plan. More structures or removals than the project allows are named by whoever plans them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chorus_config.engine.checking.settings import CheckSettings
from chorus_config.model.finding import Fault
from chorus_config.model.plan import Change, Options
from chorus_config.model.snapshot import Snapshot


def threshold_faults(changes: Sequence[Change], known: Snapshot, options: Options, settings: CheckSettings) -> Iterator[Fault]:
    """Yield a fault for each count of a plan that is over its threshold, or not the one that was expected.

    Structures that are recorded for the first time do not count. An expected count must be the exact one.
    """
    structures = len({c.address.root for c in changes if c.address.group != "comptes" and c.address.root in known.records})
    removals = sum(change.op == "delete" for change in changes)
    counts = {"structures": structures, "removals": removals}
    for name, limit, expected in (
        ("structures", settings.project.most_structures, options.expect_structures),
        ("removals", settings.project.most_removals, options.expect_removals),
    ):
        found = counts[name]
        if expected is not None and found != expected:
            yield Fault("CP920", ("seuils",), f"expected_{name}", args={**counts, "n": found, "expected": expected})
        elif expected is None and found > limit:
            yield Fault("CP920", ("seuils",), name, args={**counts, "n": found, "limit": limit})
