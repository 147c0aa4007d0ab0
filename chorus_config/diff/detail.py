"""Which fields differ, by DeepDiff; it is imported only for resources that are known to differ."""

from __future__ import annotations

import json
from typing import Any


def same(one: object, other: object) -> bool:
    """Tell whether two leaves say the same: `true` is not `1`, and the order of a list does not count."""
    if isinstance(one, list) and isinstance(other, list):
        return _sorted(one) == _sorted(other)
    return one.__class__ is other.__class__ and one == other


def identical(one: Any, other: Any) -> bool:
    """Tell whether two values are the same to the letter, lists in their order: a quick look that never says yes wrongly."""
    if one.__class__ is not other.__class__:
        return False
    if isinstance(one, dict):
        return len(one) == len(other) and all(key in other and identical(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(identical, one, other))
    return bool(one == other)


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the pointers whose leaves differ, in the order of `after`; `before` holds no pointer that `after` lacks."""
    from deepdiff import DeepDiff  # noqa: PLC0415 - 90 ms of import, for plans that change something

    # Threshold 0: however few fields two sides share, each is told by itself, never the whole as one change.
    tree = DeepDiff(_canonical(before), _canonical(after), view="tree", threshold_to_diff_deeper=0)
    touched = {level.path(output_format="list")[0] for levels in tree.values() for level in levels}
    return [path for path in after if path in touched]


def _canonical(fields: dict[str, Any]) -> dict[str, Any]:
    return {path: _sorted(value) if isinstance(value, list) else value for path, value in fields.items()}


def _sorted(items: list[Any]) -> list[str]:
    return sorted(json.dumps(item, ensure_ascii=False, sort_keys=True) for item in items)
