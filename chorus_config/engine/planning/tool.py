"""What judges: which program, with which rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from chorus_config import __version__
from chorus_config.diff.sensitive import digest
from chorus_config.rules.catalogue import RULES
from chorus_config.schema.packaged import NAMES, schema


@cache
def tool() -> Mapping[str, str]:
    """Return what judges: the version of the program, and a digest of the rules and schemas it carries."""
    rules = [
        [rule.id, rule.level, rule.where, rule.fixed, sorted(rule.fixed_cases), rule.ready, rule.risk, rule.later, rule.also]
        for rule in RULES.values()
    ]
    return {"version": __version__, "rules": digest([rules, [schema(name) for name in NAMES]])[:16]}
