"""What an electronic invoicing address is, and since when: what the directory says to suppliers.

Source: DGFiP, external specifications of electronic invoicing v3.1 (31 October 2025): general part §3.5.3 (public lines exist
at SIRET and at service level, never at SIREN level), annex 3, DT-7-5-1 (125 characters at most) and DT-7-6 (Chorus Pro).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

# What an invoice must bear to be accepted: nothing, a service code or a commitment number, one of these, both.
Demand = Literal["none", "either", "code", "commitment", "both"]
# The scheme of an electronic invoicing address (BT-49), and that of a service code inside an invoice.
SCHEME: Final = "0225"
CODE_SCHEME: Final = "0224"
# The directory opened, and suppliers of public bodies may send through approved platforms, from these days on.
DIRECTORY_OPENS: Final = date(2025, 9, 18)
PLATFORMS_OPEN: Final = date(2026, 9, 1)
# What an invoice may hold, in characters.
LONGEST_ADDRESS: Final = 125
LONGEST_NAME: Final = 99
LONGEST_CODE: Final = 100
LONGEST_COMMITMENT: Final = 50
_SENDABLE: Final = re.compile(f"[A-Za-z0-9_+.-]{{1,{LONGEST_CODE}}}")


def address_text(siret: str, code: str = "") -> str:
    """Return the electronic invoicing address of a SIRET (14 digits), or of one of its services."""
    return "_".join(part for part in (siret[:9], siret, code) if part)


def is_sendable(code: str) -> bool:
    """Tell whether an invoice that goes through a platform can bear a service code.

    Source: FNFE, BR-FR-23 and BR-FR-24 (characters); external specifications, annex 3, DT-5-5 (length).
    """
    return _SENDABLE.fullmatch(code) is not None


def split_address(address: str) -> tuple[str, str]:
    """Return the SIRET and the service code ("" for none) of an address; a code may hold `_`: it is all that follows."""
    _siren, _line, rest = address.partition("_")
    siret, _line, code = rest.partition("_")
    return siret, code
