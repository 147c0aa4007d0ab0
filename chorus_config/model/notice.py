"""What suppliers are told of structures: their electronic invoicing addresses, and what changes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from chorus_config.model.invoicing import PLATFORMS_OPEN
from chorus_config.model.invoicing_address import InvoicingAddress

# What happens to an address: invoices may be sent to it, no longer, to another in its place; or they must bear other mentions.
AddressEvent = Literal["opens", "closes", "moves", "demands"]
# What is known of a structure on two sides: both sheets, only the later one, only the earlier one.
Described = Literal["both", "new", "gone"]
# What an invoice gets that ignores a change, once platforms take part: status 213 with one of these reasons.
Rejection = Literal["REJ_ADR", "REJ_CONT_B2G"]


class AddressChange(Struct, frozen=True):
    """What happens to one address; `before` is None for one that was not there, `after` for one that is gone.

    An address `moves` when a service closes and another of the same libellé opens. `on` is the first day on which it holds,
    None where no sheet writes one: it holds as soon as the portal says so. `stricter`: an invoice that was good is rejected.
    """

    event: AddressEvent
    before: InvoicingAddress | None
    after: InvoicingAddress | None
    on: date | None = None
    stricter: bool = False

    @property
    def address(self) -> InvoicingAddress:
        """The address that it is about; of one that moves, the former."""
        found = self.after if self.event == "opens" else self.before or self.after
        if found is None:
            raise ValueError("a change of no address")
        return found

    def rejection(self, day: date) -> Rejection | None:
        """Return why an invoice that ignores the change is rejected, None for no reason of platforms.

        `day` is that from which the change holds, where it knows none itself. An address that is of no use because the service
        code is required is still in the directory: what is missing is the code.
        """
        if not self.stricter or (self.on or day) < PLATFORMS_OPEN:
            return None
        code_alone = self.after is not None and self.after.why == "code_required"
        return "REJ_CONT_B2G" if self.event == "demands" or code_alone else "REJ_ADR"


class StructureNotice(Struct, frozen=True):
    """What suppliers are told of one structure, under what people call it.

    `changes` are there when two states were compared. `replaces` is the SIRET that this one takes the place of, "" for none.
    """

    siret: str
    name: str
    addresses: tuple[InvoicingAddress, ...]
    changes: tuple[AddressChange, ...] = ()
    described: Described = "both"
    replaces: str = ""

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The boxes that the sheet does not write and that matter to an address of it, those of services once."""
        return tuple(dict.fromkeys(box for one in self.addresses for box in one.unsaid))


class Notice(Struct, frozen=True, dict=True):
    """What suppliers are told: of every structure, or (`compared`) only of those of which something changes for them.

    `day` is the day on which it is made, `since` the one from which it holds, None for the same. `compared` names the earlier
    state: `git:COMMIT`, or `day:YYYY-MM-DD` when the same sheets are read on two days; "" for no comparison.
    `left_out` are the files of which nobody knows what they want. `sender` is who sends it, "" where no sheet nor the project
    says; `contacts` are the mailboxes of structures by SIRET.
    """

    day: date
    structures: tuple[StructureNotice, ...]
    since: date | None = None
    compared: str = ""
    left_out: tuple[str, ...] = ()
    sender: str = ""
    contacts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def told(self) -> tuple[StructureNotice, ...]:
        """The structures of which suppliers read something; of a comparison, those without a change are for the sender."""
        return tuple(one for one in self.structures if one.changes or not self.compared)

    @cached_property
    def common_contact(self) -> str:
        """The mailbox to turn to where all structures that are told have the same, "" otherwise."""
        found = {self.contacts.get(one.siret, "") for one in self.told}
        return next(iter(found)) if len(found) == 1 else ""

    @property
    def holds_on(self) -> date:
        """The day from which the notice holds."""
        return self.since or self.day

    @property
    def addresses(self) -> tuple[InvoicingAddress, ...]:
        """Every address of every structure."""
        return tuple(one for structure in self.structures for one in structure.addresses)

    @property
    def changes(self) -> tuple[AddressChange, ...]:
        """Every change of every structure."""
        return tuple(one for structure in self.structures for one in structure.changes)
