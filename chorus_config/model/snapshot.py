"""A state of things: what sheets want, what was approved, what the portal says. All have the same shape."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from chorus_config.model.address import Address
    from chorus_config.model.observed.directory_line import LinesByOwner
    from chorus_config.model.project import Body


@dataclass(frozen=True, slots=True)
class Record:
    """One structure or account in a state: its body in the shape of its file, and the file it came from."""

    root: str
    body: Body
    path: str = ""


@dataclass(frozen=True, slots=True)
class PackedRecord:
    """A record whose body is held as a text (marshal, in this process alone): of thousands, one is read at a time."""

    root: str
    packed: bytes
    path: str

    @classmethod
    def of(cls, record: Record) -> PackedRecord:
        """Return a record in this form."""
        body: Any = record.body
        return cls(record.root, marshal.dumps(body), record.path)

    def record(self) -> Record:
        """Return the record that it holds."""
        return Record(self.root, marshal.loads(self.packed), self.path)  # noqa: S302 - made by this very process


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
        return hash(self._held)

    @property
    def paths(self) -> frozenset[str]:
        """The files that they came from, no body being read."""
        return frozenset(one.path for one in self._held)

    def finder(self) -> Callable[[str], Record | None]:
        """Return what finds the record of a root, None for none."""
        by_root = {one.root: one for one in self._held}
        return lambda root: by_root[root].record() if root in by_root else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What two sources say differently of a field: the one that is followed (`kept`) and another; sensitive values are masked.

    `path` "" is the entry itself, whose sides then say whether it is there.
    """

    address: Address
    path: str
    source: str
    kept: object
    other_source: str
    other: object


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state: records by root (`SIRET` or `comptes/REF`), and what identifies it.

    `taken_at` is an RFC 3339 instant in UTC; `lineage` and `serial` are those of a store, None and 0 without one.
    `disagreements` are between the sources that it was made of. `lines` are the electronic invoicing addresses that the
    directory has, where they were asked for: a SIRET that is not in it has none that the source speaks of, one without lines
    has none.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    source: str = ""
    taken_at: str | None = None
    lineage: str | None = None
    serial: int = 0
    disagreements: tuple[Disagreement, ...] = ()
    lines: LinesByOwner = field(default_factory=dict)
