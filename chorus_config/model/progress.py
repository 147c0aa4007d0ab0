"""Following long work, item by item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Follow(Protocol):
    """Hands on items one by one, and may show how far that is, under a label in the user's language; None: nobody knows."""

    def __call__(self, items: Iterable[Item], count: int | None, label: str, /) -> Iterable[Item]: ...


def unfollowed(items: Iterable[Item], _count: int | None, _label: str, /) -> Iterable[Item]:
    """Hand on the items as they come."""
    return items
