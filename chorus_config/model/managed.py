"""How much of a structure a sheet manages."""

from __future__ import annotations

from msgspec import Struct


class ManagedBlock(Struct, frozen=True):
    """A block of the portal: its key in a sheet, its label, how many of its fields are written, and of how many.

    Of a list, `written` counts the entries and `total` is None; `written` None says that it is not managed.
    """

    key: str
    label: str
    written: int | None
    total: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the block is left as the portal has it."""
        return self.written is not None and self.written == (self.total or self.written)


class ManagedFields(Struct, frozen=True):
    """How many fields of the portal a sheet manages, and each block of the portal."""

    count: int
    blocks: tuple[ManagedBlock, ...]

    @property
    def coverage(self) -> Coverage:
        """How much of what it could write a sheet writes; a list is written whole or not at all, and counts once."""
        written = sum(block.written or 0 if block.total is not None else block.written is not None for block in self.blocks)
        return Coverage(written, sum(1 if block.total is None else block.total for block in self.blocks))


class Coverage(Struct, frozen=True):
    """So many of the fields that could be written are written."""

    written: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """The share, rounded down: 100 says that nothing is left out."""
        return 100 * self.written // self.total if self.total else 0

    def __add__(self, other: Coverage) -> Coverage:
        """Add up two sheets."""
        return Coverage(self.written + other.written, self.total + other.total)
