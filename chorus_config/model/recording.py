"""What taking over an observed source would write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chorus_config.model.operation import Closing, Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.text_file import Body


@dataclass(frozen=True, slots=True)
class Recording:
    """What recording a snapshot would write, and the structures that are left aside: neither a sheet nor a record names them.

    `roots` are those recorded, whether they change or not; `seen` are the operations that the source shows to be entered;
    `reopened` those that lead from another value now, each with what takes its place. `taken` is what changes in what was
    approved, in the form of operations (sensitive values masked).
    """

    roots: tuple[str, ...]
    records: tuple[Record, ...]
    confirmed: Mapping[str, Body]
    seen: tuple[Operation, ...]
    reopened: tuple[tuple[Operation, Operation], ...]
    taken: tuple[Operation, ...]
    left_aside: tuple[str, ...]

    def closings(self, why: str) -> tuple[Closing, ...]:
        """How the seen operations end, and those that are opened anew; `why` is the reason noted for these."""
        seen = (Closing(operation.id, "seen") for operation in self.seen)
        return (*seen, *(Closing(old.id, "dropped", why) for old, _new in self.reopened))

    @property
    def changes_nothing(self) -> bool:
        """Whether the store says all of it already."""
        return not (self.records or self.confirmed or self.seen)
