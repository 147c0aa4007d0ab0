"""A state of things: what sheets want, what was approved, what the portal says. All have the same shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from chorus_config.model.address import Address
    from chorus_config.model.observed.directory_line import LinesByOwner
    from chorus_config.model.project import Body


class Record(Struct, frozen=True):
    """One structure or account in a state: its body in the shape of its file, and the file it came from."""

    root: str
    body: Body
    path: str = ""


class Disagreement(Struct, frozen=True):
    """What two sources say differently of a field: the one that is followed (`kept`) and another; sensitive values are masked.

    `path` "" is the entry itself, whose sides then say whether it is there.
    """

    address: Address
    path: str
    source: str
    kept: object
    other_source: str
    other: object


class Snapshot(Struct, frozen=True):
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
