"""How much of a structure a sheet manages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ManagedBlock:
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


@dataclass(frozen=True, slots=True)
class ManagedFields:
    """How many fields of the portal a sheet manages, and each block of the portal."""

    count: int
    blocks: tuple[ManagedBlock, ...]
