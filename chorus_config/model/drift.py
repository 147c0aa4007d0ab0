"""What an observed source says beside what is approved and what is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from chorus_config.model.address import Address
    from chorus_config.model.snapshot import Disagreement

# Not yet entered; entered and seen; changed on the portal by hand; the same while an operation waits to be entered there.
Situation = Literal["to_enter", "seen", "moved", "conflict"]
Remedy = Literal["enter", "record", "adopt", "decide"]


@dataclass(frozen=True, slots=True)
class FieldDrift:
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


@dataclass(frozen=True, slots=True)
class ResourceDrift:
    """A resource that has gaps."""

    address: Address
    fields: tuple[FieldDrift, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """The whole comparison; `taken_at` is an RFC 3339 instant, `serial` the state of the store.

    `in_sync` and `not_reported` count fields; `uncheckable` counts those that no source can report, by kind of resource. The
    name by which two resources are known to be one (identifiant, code) is equal by definition: it never counts as in sync.
    `unknown` are the structures that are approved, never entered, and that the source does not know; `missing` those that
    were entered or seen before, which this source leaves out; `unmanaged` those of the source that nobody approved here;
    `unapproved` those of the source that have a sheet which nobody approved yet, where sheets were looked at.
    `older` says that the source is from before the last write of the store, `targets` to which roots it was narrowed; `names`
    is what people call what it speaks of, by root. `sources` are the addresses that were read, `disagreements` what they say
    differently.
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

    @property
    def settled(self) -> bool:
        """Whether all that could be compared is in sync."""
        return not self.resources and not self.unknown

    @property
    def compared(self) -> bool:
        """Whether anything at all was compared."""
        return bool(self.resources or self.in_sync)

    @property
    def dropped(self) -> int:
        """How many gaps are still to be entered though nothing waits for them."""
        return sum(field_drift.dropped for one in self.resources for field_drift in one.fields)

    def count(self, situation: Situation) -> int:
        """Return how many gaps are in one situation."""
        return sum(field_drift.situation == situation for one in self.resources for field_drift in one.fields)
