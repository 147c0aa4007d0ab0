"""What is no longer the same between an earlier snapshot and what the sources say now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from chorus_config.model.address import Address

# What happened to a structure or account, what asks for most attention first.
Event = Literal["vanished", "closed", "reopened", "new", "renamed", "changed"]
EVENTS: Final[tuple[Event, ...]] = ("vanished", "closed", "reopened", "new", "renamed", "changed")
# What happened to a resource of it: the structure itself, or an entry of its lists.
EntryEvent = Literal["added", "removed", "closed", "reopened", "renamed", "changed"]
# What suppliers meet: nothing, or only invoices of works, can be sent there any more; or what an invoice must bear from now on.
SupplierNotice = Literal[
    "structure_closed", "works_only", "service_closed", "service_removed", "code", "commitment", "both", "either"
]


class FieldSince(Struct, frozen=True):
    """One field, before and now; sensitive values are masked, and `hidden` says that they differ behind equal masks.

    `path` is a JSON Pointer inside the resource. One side is None for a resource that came or went, no other field.
    """

    path: str
    before: object
    after: object
    hidden: bool = False


class EntrySince(Struct, frozen=True):
    """A resource that came, went or changed. `became` is the code of the new service that has the libellé of a removed one."""

    address: Address
    event: EntryEvent
    fields: tuple[FieldSince, ...]
    became: str = ""


class ForSuppliers(Struct, frozen=True):
    """What suppliers meet at a structure or service; `became` is the code to use instead, "" where nobody knows one."""

    address: Address
    notice: SupplierNotice
    became: str = ""


class StructureSince(Struct, frozen=True):
    """A structure or account to which something happened, under the name it has now, "" when neither side tells one.

    `siren_known` is False of a new structure whose SIREN the earlier snapshot does not know at all: perhaps it was not asked
    for then.
    """

    root: str
    name: str
    events: tuple[Event, ...]
    entries: tuple[EntrySince, ...] = ()
    suppliers: tuple[ForSuppliers, ...] = ()
    siren_known: bool = True


class Reading(Struct, frozen=True):
    """Where a snapshot is from, and its instant (RFC 3339, None when nobody knows)."""

    source: str = ""
    taken_at: str | None = None


class Watch(Struct, frozen=True):
    """The whole comparison: `structures` by root.

    `compared` counts the fields that both sides report, `one_sided` those of the same resources that one side alone reports
    and the lists that it alone reports: these are never a change. `outside` are the structures of the earlier snapshot that
    were not asked for now, names by root; `older` says that what was read now is older than the earlier snapshot.
    """

    earlier: Reading = field(default_factory=Reading)
    latest: Reading = field(default_factory=Reading)
    structures: tuple[StructureSince, ...] = ()
    outside: Mapping[str, str] = field(default_factory=dict)
    compared: int = 0
    one_sided: int = 0
    older: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing happened."""
        return not self.structures

    @property
    def for_suppliers(self) -> Iterator[tuple[StructureSince, ForSuppliers]]:
        """What suppliers meet, each with its structure."""
        return ((one, notice) for one in self.structures for notice in one.suppliers)

    def count(self, event: Event) -> int:
        """Return to how many structures and accounts something happened."""
        return sum(event in one.events for one in self.structures)
