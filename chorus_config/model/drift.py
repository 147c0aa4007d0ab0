"""What an observed source says beside what is approved and what is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from chorus_config.model.address import Address
    from chorus_config.model.invoicing_address import NotOpen
    from chorus_config.model.observed.directory_line import LinePlatform
    from chorus_config.model.snapshot import Disagreement

# Not yet entered; entered and seen; changed on the portal by hand; the same while an operation waits to be entered there.
Situation = Literal["to_enter", "seen", "moved", "conflict"]
Remedy = Literal["enter", "record", "adopt", "decide"]
# Of an invoicing address: what is approved is not entered yet; it is not in force though it should be; it is, though nothing
# approved implies it; it is, and another platform than Chorus Pro receives.
AddressSituation = Literal["to_enter", "missing", "unexpected", "elsewhere"]
# Whose address it is: of a structure (its SIRET), of a service, of a whole SIREN, of a part of a SIREN that its owner named.
AddressLevel = Literal["structure", "service", "siren", "suffix"]
DirectoryState = Literal["absent", "not_in_force", "in_force"]


class FieldDrift(Struct, frozen=True):
    """One field on which the three states are not one; sensitive values are masked.

    `path` is a JSON Pointer inside the resource; "" is the resource itself, whose sides then say whether it is there.
    None stands for "not known". `hidden` says that two sides differ though their masks are equal, `operation_open` that an
    operation waits to enter it.
    """

    path: str
    situation: Situation
    approved: object
    confirmed: object
    observed: object
    hidden: bool = False
    operation_open: bool = False

    @property
    def dropped(self) -> bool:
        """Whether it is still to be entered though nothing waits for it: its operation was dropped."""
        return self.situation == "to_enter" and not self.operation_open

    @property
    def remedy(self) -> Remedy:
        """What to do about it. An entry that the portal lost is not taken out of a sheet by a program."""
        if self.dropped:
            return "decide"
        if self.situation == "moved":
            return "decide" if self.path == "" and self.observed is False else "adopt"
        return {"to_enter": "enter", "seen": "record", "conflict": "decide"}[self.situation]  # type: ignore[return-value]


class ResourceDrift(Struct, frozen=True):
    """A resource that has gaps."""

    address: Address
    fields: tuple[FieldDrift, ...]


class AddressDrift(Struct, frozen=True):
    """An invoicing address that the directory does not have as it is approved; `owner` is its SIRET, or SIREN.

    `approved` and `confirmed` say whether it is open there (None: not known). `why` is what closes it, None where nothing
    approved speaks of it; `unsaid` are the boxes that could have closed a missing one, and that are written nowhere, as JSON
    Pointers inside the structure.
    """

    owner: str
    address: str
    level: AddressLevel
    situation: AddressSituation
    approved: bool
    confirmed: bool | None
    directory: DirectoryState
    platform: LinePlatform = ""
    why: NotOpen | None = None
    unsaid: tuple[str, ...] = ()


class AddressComparison(Struct, frozen=True):
    """The invoicing addresses beside the directory: what differs, how many are in force as approved.

    `not_known` counts those of which the source does not say whether they are in force, `silent` are the structures of which
    it has no word on addresses.
    """

    differences: tuple[AddressDrift, ...] = ()
    in_sync: int = 0
    not_known: int = 0
    silent: tuple[str, ...] = ()


class Drift(Struct, frozen=True):
    """The whole comparison; `taken_at` is an RFC 3339 instant, `serial` the state of the store.

    `in_sync` and `not_reported` count fields; `uncheckable` counts those that no source can report, by kind of resource. The
    name by which two resources are known to be one (identifiant, code) is equal by definition: it never counts as in sync.
    `unknown` are the structures that are approved, never entered, and that the source does not know; `missing` those that
    were entered or seen before, which this source leaves out; `unmanaged` those of the source that nobody approved here;
    `unapproved` those of the source that have a sheet which nobody approved yet, where sheets were looked at.
    `older` says that the source is from before the last write of the store, `targets` to which roots it was narrowed; `names`
    is what people call what it speaks of, by root. `sources` are the addresses that were read, `disagreements` what they say
    differently. `addresses` are the invoicing addresses, None where the source says nothing of any.
    """

    source: str
    taken_at: str | None
    store: str
    serial: int
    resources: tuple[ResourceDrift, ...] = ()
    in_sync: int = 0
    not_reported: int = 0
    uncheckable: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unmanaged: tuple[str, ...] = ()
    unapproved: tuple[str, ...] = ()
    older: bool = False
    targets: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    addresses: AddressComparison | None = None

    @property
    def settled(self) -> bool:
        """Whether all that could be compared is in sync."""
        return not self.resources and not self.unknown and not self.moved_addresses

    @property
    def compared(self) -> bool:
        """Whether anything at all was compared."""
        return bool(self.resources or self.in_sync or self.moved_addresses or self.addresses_in_sync)

    @property
    def moved_addresses(self) -> tuple[AddressDrift, ...]:
        """The invoicing addresses that differ."""
        return self.addresses.differences if self.addresses is not None else ()

    @property
    def addresses_in_sync(self) -> int:
        """How many invoicing addresses are in force as approved."""
        return self.addresses.in_sync if self.addresses is not None else 0

    @property
    def waits(self) -> bool:
        """Whether something waits to be entered, of fields or, where none is reported, of addresses."""
        fields = self.count("to_enter")
        return fields > self.dropped or (not fields and any(one.situation == "to_enter" for one in self.moved_addresses))

    @property
    def dropped(self) -> int:
        """How many gaps are still to be entered though nothing waits for them."""
        return sum(field_drift.dropped for one in self.resources for field_drift in one.fields)

    def count(self, situation: Situation) -> int:
        """Return how many gaps are in one situation."""
        return sum(field_drift.situation == situation for one in self.resources for field_drift in one.fields)
