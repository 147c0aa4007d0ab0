"""What CP305, CP403 and CP605 share: two entries of one list under one name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.words.finding import Fault, Path


def repeated(rule: str, body: dict[str, Any], group: str, key: str) -> Iterator[Fault]:
    """Yield a fault at each entry of the list `group` whose `key` an earlier entry has, related to the first."""
    entries = body.get(group)
    first: dict[str, Path] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        name = entry.get(key) if isinstance(entry, dict) else None
        if not isinstance(name, str):
            continue
        path: Path = (group, index, key)
        if first.setdefault(name, path) != path:
            yield Fault(rule, path, args={"value": name}, related=((first[name], "first"),))
