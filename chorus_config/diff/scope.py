"""How much of a structure a sheet speaks of: the lists it writes, and the fields of each resource."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from chorus_config.diff.expand import Expanded
from chorus_config.diff.fields import leaves
from chorus_config.model.address import Address


class Scope(Struct, frozen=True):
    """Lists, and the fields of each resource; an entry of a managed list that the sheet lacks is managed whole."""

    lists: frozenset[str]
    fields: Mapping[Address, frozenset[str]]

    def holds(self, address: Address, path: str = "") -> bool:
        """Tell whether a resource, or one field of it, is managed."""
        if address.parent != address and address.group not in self.lists:
            return False
        return not path or address not in self.fields or path in self.fields[address]


def scope_of(sheet: Expanded) -> Scope:
    """Return what a sheet manages."""
    return Scope(sheet.lists, {address: frozenset(leaves(resource)) for address, resource in sheet.resources.items()})
