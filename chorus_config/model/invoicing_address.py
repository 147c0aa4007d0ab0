"""The electronic invoicing addresses of a structure, read from its sheet alone."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from chorus_config.model.invoicing import Demand

# Whether invoices may be sent to an address on a day: from today on, from a later day on, not at all.
AddressState = Literal["open", "upcoming", "closed"]
# Why they may not.
NotOpen = Literal[
    "no_siret", "private", "inactive_structure", "works_only",
    "code_required", "inactive_service", "ended", "not_yet", "unsendable_code",
]  # fmt: skip


class InvoicingAddress(Struct, frozen=True):
    """One electronic invoicing address of a structure on a day.

    `address` is `SIREN_SIRET` or `SIREN_SIRET_CODE`, "" where the structure has no SIRET to make one of; `siret` is the
    identifiant as written, `code` "" for the structure's own. `label` is the libellé of the structure or service.
    `demand` is what an invoice to it must bear; `either` comes to a commitment number at the structure's own address (who has a
    code writes to the service), to the code of the service, or else a commitment number, at that of a service.
    `opens` and `closes` are the first and last day that the sheet writes. `why` says what keeps a closed or upcoming address
    from being used. `reserved`: for invoices between public bodies.
    `unsaid` are the boxes that the sheet does not write and that could close the address or demand more, as JSON Pointers
    inside the structure (`/statut`, `/parametres/…`) or the service (`/engagement_obligatoire`).
    """

    address: str
    siret: str
    code: str
    label: str
    demand: Demand = "none"
    state: AddressState = "open"
    opens: date | None = None
    closes: date | None = None
    why: NotOpen | None = None
    reserved: bool = False
    unsaid: tuple[str, ...] = ()

    @property
    def code_required(self) -> bool:
        """Whether an invoice must bear the code of the service."""
        return self.demand in {"code", "both"}

    @property
    def commitment_required(self) -> bool:
        """Whether an invoice must bear a commitment number."""
        return self.demand in {"commitment", "both"} or (self.demand == "either" and not self.code)
