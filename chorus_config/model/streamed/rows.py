"""A list that is made anew each time it is gone through: of a great plan, one row is held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Rows(Iterable[T_co], Generic[T_co]):
    """Rows that a function makes."""

    def __init__(self, make: Callable[[], Iterable[T_co]]) -> None:
        """Take what makes the rows."""
        self._make = make

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._make())
