"""From a sheet to the electronic invoicing addresses that it implies on a day, as a supplier's software reads the directory.

Source: how public clients of the directory read its boxes (package pyfrctc 0.24): where the service code is required, the
structure's own address is of no use; a commitment required by the structure is required at every address; "commitment or
code" asks a commitment at the structure's own address, the code (or a commitment) at that of a service. « MOA uniquement »:
DGFiP, external specifications v3.1, annex 3, DT-4-13-5. Characters of a code: FNFE, BR-FR-23 and BR-FR-24.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from chorus_config.diff.expand import expand, root_of
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.invoicing import Demand, address_text, is_sendable
from chorus_config.model.invoicing_address import AddressState, InvoicingAddress, NotOpen
from chorus_config.model.project import Body
from chorus_config.rules.judges.checksums import is_fourteen_digits
from chorus_config.rules.judges.demand import CODE_BOX, COMMITMENT_BOX, EITHER_BOX, OWN_BOX, WORKS_ONLY_BOX, demand_of

Block = Mapping[str, Any]


def addresses_of(body: Body, day: date) -> tuple[InvoicingAddress, ...]:
    """Return the addresses of a sheet on a day, the structure's own first, then by service code; () for an account.

    Addresses that nobody can use are there too, with why. What the sheet does not write counts as empty, and is named. A
    structure without SIRET has one, without text. Of two services of one code, the last counts, as everywhere.
    """
    root = root_of(body)
    if root is None or root.group:
        return ()
    expanded = expand(body)
    structure = _Structure(root.owner, expanded.resources[root], day)
    if not structure.has_siret:
        return (InvoicingAddress("", root.owner, "", _text(structure.own, "libelle"), state="closed", why="no_siret"),)
    services = {at.key: one for at, one in expanded.resources.items() if at.group == "services"}
    listed = "services" in expanded.lists
    return (structure.bare(listed=listed), *(structure.service(code, services[code]) for code in sorted(services)))


class _Structure(Struct, frozen=True):
    """A structure as a resource, and the day for which its addresses are told."""

    siret: str
    own: Block
    day: date

    @property
    def has_siret(self) -> bool:
        """Whether it is known by a SIRET, of which addresses are made."""
        return self.own.get("type_identifiant", "SIRET") == "SIRET" and is_fourteen_digits(self.siret)

    @property
    def boxes(self) -> Block:
        """The boxes of its parameters."""
        found = self.own.get("parametres")
        return found if isinstance(found, Mapping) else {}

    def bare(self, *, listed: bool) -> InvoicingAddress:
        """Return the structure's own address; `listed`: the sheet lists the services."""
        why = self._closed() or ("code_required" if self.boxes.get(CODE_BOX) is True else None)
        unsaid = (*self._unsaid(CODE_BOX, COMMITMENT_BOX, EITHER_BOX), *(() if listed else ("/services",)))
        return self._address("", self.own, (why, "closed" if why else "open"), unsaid)

    def service(self, code: str, service: Block) -> InvoicingAddress:
        """Return the address of one of its services."""
        # The portal keeps FACTURES_PUBLIQUES as it made it, without that box.
        own = () if OWN_BOX in service or code == PUBLIC_INVOICES else (f"/{OWN_BOX}",)
        return self._address(code, service, self._state_of(code, service), (*self._unsaid(COMMITMENT_BOX), *own))

    def _address(
        self, code: str, source: Block, state: tuple[NotOpen | None, AddressState], unsaid: tuple[str, ...]
    ) -> InvoicingAddress:
        why, reached = state
        return InvoicingAddress(
            address_text(self.siret, code),
            self.siret,
            code,
            _text(source, "libelle"),
            self._demand(source if code else None),
            reached,
            _day(source, "date_debut") if code else None,
            _day(source, "date_fin") if code else None,
            why,
            code == PUBLIC_INVOICES,
            () if reached == "closed" else unsaid,
        )

    def _closed(self) -> NotOpen | None:
        """Return what closes every address of the structure."""
        if self.own.get("structure_privee") is True:
            return "private"
        if self.own.get("statut") == "INACTIF":
            return "inactive_structure"
        return "works_only" if self.boxes.get(WORKS_ONLY_BOX) is True else None

    def _state_of(self, code: str, service: Block) -> tuple[NotOpen | None, AddressState]:
        why = self._closed() or self._closed_itself(code, service)
        if why is not None:
            return why, "closed"
        first = _day(service, "date_debut")
        return ("not_yet", "upcoming") if first is not None and self.day < first else (None, "open")

    def _closed_itself(self, code: str, service: Block) -> NotOpen | None:
        """Return what closes the address of a service, whatever the structure says."""
        if service.get("actif") is False:
            return "inactive_service"
        if not is_sendable(code):
            return "unsendable_code"
        last = _day(service, "date_fin")
        return "ended" if last is not None and last < self.day else None

    def _demand(self, service: Block | None) -> Demand:
        own = {} if service is None else {OWN_BOX: service.get(OWN_BOX)}
        return demand_of({**self.boxes, **own})

    def _unsaid(self, *boxes: str) -> tuple[str, ...]:
        """Return the boxes of the structure that are not written, of those that matter to one of its addresses."""
        status = () if "statut" in self.own else ("/statut",)
        missing = (f"/parametres/{box}" for box in (WORKS_ONLY_BOX, *boxes) if box not in self.boxes)
        return (*status, *missing)


def _text(block: Block, key: str) -> str:
    found = block.get(key)
    return found if isinstance(found, str) else ""


def _day(block: Block, key: str) -> date | None:
    """Return a day of a sheet, None where none is written that exists."""
    try:
        return date.fromisoformat(_text(block, key))
    except ValueError:
        return None
