"""What somebody must enter on the portal, by hand, and how it is settled: confirmed, or seen when a source is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from msgspec import Struct, field

from chorus_config.model.address import PUBLIC_INVOICES, Address, parse_address
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record

# To be entered; entered, says who confirmed it; seen in an observed source; dropped, with a reason.
OperationState = Literal["open", "entered", "seen", "dropped"]
# What somebody can do on the portal: verify is "check that it stands so, mend it if not", for what the portal, Hélios or the
# person makes by themself.
Gesture = Literal["create", "remove", "change", "verify"]
_USUAL: Final[Mapping[str, Gesture]] = {"create": "create", "update": "change", "delete": "remove"}


class Operation(Struct, frozen=True):
    """One approved change to be entered; `fields` are those of the change (path, before, after), sensitive values masked.

    `id` is given by the store, 0 before. `plan` is the digest of the plan that opened it; instants are RFC 3339 in UTC.
    `noted` is the gesture that was noted when it was opened, None where it follows from the rest.
    """

    address: str
    op: str
    fields: tuple[Mapping[str, object], ...]
    id: int = 0
    plan: str = ""
    state: OperationState = "open"
    opened_at: str = ""
    closed_at: str | None = None
    closed_by: str | None = None
    reason: str | None = None
    noted: Gesture | None = None

    @property
    def gesture(self) -> Gesture:
        """What it asks of the person who enters it."""
        return self.noted or _gesture(self)

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields, as JSON Pointers."""
        return tuple(str(row["path"]) for row in self.fields)


def _gesture(operation: Operation) -> Gesture:
    """Return what an operation asks for, as far as the operation itself tells."""
    address = parse_address(operation.address)
    if operation.op == "create" and _is_made_elsewhere(address, operation.fields):
        return "verify"
    if operation.op == "update" and _is_the_portal_s_own(address):
        return "verify"
    # Of a thing that is there, values that nobody knows are perhaps just so.
    if operation.op == "update" and operation.fields and all(row["before"] is None for row in operation.fields):
        return "verify"
    return _USUAL[operation.op]


def _is_made_elsewhere(address: Address, fields: Iterable[Mapping[str, object]]) -> bool:
    """Tell whether no manager creates it: an account, the portal's own service, the structure of a public body."""
    if address.group == "":
        return not any(row["path"] == "/structure_privee" and row["after"] is True for row in fields)
    return address.group == "comptes" or _is_the_portal_s_own(address)


def _is_the_portal_s_own(address: Address) -> bool:
    """Tell whether it is the service that the portal makes and nobody enters: it is only ever put right."""
    return (address.group, address.key) == ("services", PUBLIC_INVOICES)


class Closing(Struct, frozen=True):
    """How an open operation ends; only `dropped` has a reason."""

    id: int
    state: OperationState
    reason: str | None = None


class SettledOperation(Struct, frozen=True):
    """An operation that somebody settled: entered, or dropped with a reason."""

    operation: Operation
    state: OperationState
    reason: str | None = None


class Confirmation(Struct, frozen=True):
    """What `confirm` did: operations settled, those that somebody else settled meanwhile, how many are open then.

    `left` counts within `targets`, `total` everywhere; None when the store could not be asked any more.
    """

    settled: tuple[SettledOperation, ...]
    elsewhere: tuple[Operation, ...]
    left: int | None
    total: int | None
    targets: tuple[str, ...] = ()
    reopened: tuple[Operation, ...] = ()


class Recording(Struct, frozen=True):
    """What recording a snapshot would write, and the structures that are left aside: neither a sheet nor a record names them.

    `roots` are those recorded, whether they change or not; `seen` are the operations that the source shows to be entered;
    `reopened` those that lead from another value now, each with what takes its place. `taken` is what changes in what was
    approved, in the form of operations (sensitive values masked). `names` is what people call all of these, by root.
    """

    roots: tuple[str, ...]
    records: tuple[Record, ...]
    confirmed: Mapping[str, Body]
    seen: tuple[Operation, ...]
    reopened: tuple[tuple[Operation, Operation], ...]
    taken: tuple[Operation, ...]
    left_aside: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def closings(self, why: str) -> tuple[Closing, ...]:
        """How the seen operations end, and those that are opened anew; `why` is the reason noted for these."""
        seen = (Closing(operation.id, "seen") for operation in self.seen)
        return (*seen, *(Closing(old.id, "dropped", why) for old, _new in self.reopened))

    @property
    def changes_nothing(self) -> bool:
        """Whether the store says all of it already."""
        return not (self.records or self.confirmed or self.seen)
