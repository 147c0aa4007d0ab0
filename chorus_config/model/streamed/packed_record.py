"""Records of which only a short text is held: those that a plan would leave, while it is shown and written."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, overload

from msgspec import Struct

from chorus_config.model.snapshot import Record


class PackedRecord(Struct, frozen=True):
    """A record whose body is held as a text (marshal, in this process alone): of thousands, one is read at a time."""

    root: str
    packed: bytes
    path: str

    @classmethod
    def of(cls, record: Record) -> PackedRecord:
        """Return a record in this form."""
        body: Any = record.body
        return cls(record.root, zlib.compress(marshal.dumps(body), 1), record.path)

    def record(self) -> Record:
        """Return the record that it holds."""
        return Record(self.root, marshal.loads(zlib.decompress(self.packed)), self.path)  # noqa: S302 - made by this very process


class PackedRecords(Sequence[Record]):
    """Records in packed form; each is read anew when it is asked for."""

    def __init__(self, held: Iterable[PackedRecord]) -> None:
        """Take the packed records."""
        self._held = tuple(held)

    @overload
    def __getitem__(self, at: int) -> Record: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...

    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        """Return a record, or some of them."""
        return PackedRecords(self._held[at]) if isinstance(at, slice) else self._held[at].record()

    def __len__(self) -> int:
        return len(self._held)

    def __eq__(self, other: object) -> bool:
        """Tell whether these are the same records, however the other ones are held."""
        return isinstance(other, Sequence) and [*self] == [*other]

    def __hash__(self) -> int:
        return hash(tuple((one.root, one.path) for one in self._held))

    @property
    def paths(self) -> frozenset[str]:
        """The files that they came from, no body being read."""
        return frozenset(one.path for one in self._held)

    def finder(self) -> Callable[[str], Record | None]:
        """Return what finds the record of a root, None for none."""
        by_root = {one.root: one for one in self._held}
        return lambda root: by_root[root].record() if root in by_root else None
