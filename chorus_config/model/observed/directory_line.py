"""A line of the directory of electronic invoicing: an address that suppliers' software looks up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from msgspec import Struct

_WITH_SIRET: Final = re.compile("[0-9]{9}_([0-9]{14})(?:_|$)")
_OWNER: Final = re.compile("[0-9]{9}|[0-9]{14}")
# Who receives for a line: Chorus Pro, an approved platform; "": the source does not say.
LinePlatform = Literal["chorus_pro", "approved", ""]


class DirectoryLine(Struct, frozen=True):
    """An electronic invoicing address, the SIRET it leads to ("": it is that of a SIREN), and who receives for it.

    `active`: whether it is in force on the day (None: not known).
    """

    address: str
    siret: str
    active: bool | None = None
    platform: LinePlatform = ""

    @property
    def owner(self) -> str:
        """Return the SIRET it leads to, else its SIREN."""
        found = _WITH_SIRET.match(self.address)
        return self.siret or (found[1] if found else self.address[:9])


# The lines of structures, by SIRET, and those of a SIREN as a whole, by SIREN. Who has none here, nothing is said of.
LinesByOwner = Mapping[str, tuple[DirectoryLine, ...]]


def lines_by_owner(lines: Iterable[DirectoryLine]) -> dict[str, tuple[DirectoryLine, ...]]:
    """Return lines by owner, each once, in one order whatever that of the source; without those that begin with no SIREN."""
    found: dict[str, set[DirectoryLine]] = {}
    for line in lines:
        if _OWNER.fullmatch(line.owner):
            found.setdefault(line.owner, set()).add(line)
    return {owner: tuple(sorted(found[owner], key=_rank)) for owner in sorted(found)}


def _rank(line: DirectoryLine) -> tuple[str, str, str]:
    return line.address, str(line.active), line.platform
