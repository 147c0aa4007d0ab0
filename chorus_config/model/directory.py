"""What the national directory of e-invoicing says beside the sheets: the addresses under which invoices arrive."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DirectoryLine:
    """An electronic invoicing address, the SIRET it leads to, and whether it is in force on the day (None: not known)."""

    address: str
    siret: str
    active: bool | None = None
