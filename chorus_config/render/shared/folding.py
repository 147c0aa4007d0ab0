"""Identical groups told as one: what is the same for many structures is said once, with their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

T = TypeVar("T")

# Fewer are told one by one.
_LEAST: Final = 3


def folded(
    groups: Iterable[T], signature: Callable[[T], object], stands_alone: Callable[[T], bool]
) -> Iterator[tuple[T, tuple[T, ...]]]:
    """Yield each group with the others that have its signature (a hashable), in the order of the first of each.

    Groups that stand alone, and those that fewer than three share, come without others.
    """
    alike: dict[object, list[T]] = {}
    for group in groups:
        alike.setdefault(signature(group), []).append(group)
    for same in alike.values():
        if len(same) >= _LEAST and not stands_alone(same[0]):
            yield same[0], tuple(same[1:])
        else:
            yield from ((group, ()) for group in same)
