"""Addresses, under which resources are planned, accepted and entered, and the kinds of resources there are."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Address(Struct, frozen=True, order=True):
    """A resource: `SIRET`, `SIRET/services/CODE`, … or `comptes/REF` (design/product.md, "Formats").

    `owner` is the identifiant, or the ref of an account; `group` is "" for a structure, the name of the list
    inside it, or `comptes` for an account; `key` names the entry of the list.
    """

    owner: str
    group: str = ""
    key: str = ""

    def __str__(self) -> str:
        """Return the address as written."""
        if self.group == "comptes":
            return f"comptes/{self.owner}"
        return f"{self.owner}/{self.group}/{self.key}" if self.group else self.owner

    @property
    def parent(self) -> Address:
        """The structure (or account) that holds the resource; itself when it is one."""
        return self if self.group in {"", "comptes"} else Address(self.owner)

    @property
    def root(self) -> str:
        """The first part of the address as written, by which changes are grouped."""
        return f"comptes/{self.owner}" if self.group == "comptes" else self.owner


def parse_address(text: str) -> Address:
    """Read an address as written: split at the first two `/`, the rest is the key."""
    owner, _slash, rest = text.partition("/")
    if owner == "comptes" and rest:
        return Address(rest, "comptes")
    group, _slash, key = rest.partition("/")
    return Address(owner, group, key)


class ResourceKind(Struct, frozen=True):
    """One kind of resource: the list of the sheet it stands in, the key that names an entry.

    `name` is how change documents call it. `key` is "" where the entry itself is the name (espaces).
    """

    name: str
    group: str
    key: str = ""


STRUCTURE: Final = ResourceKind("structure", "", "identifiant")
ACCOUNT: Final = ResourceKind("compte", "comptes", "ref")
LISTS: Final = (
    ResourceKind("service", "services", "code"),
    ResourceKind("espace", "espaces"),
    ResourceKind("utilisateur", "utilisateurs", "ref"),
    ResourceKind("compte_bancaire", "coordonnees_bancaires", "libelle"),
)
# In the portal's order of blocks, creations go from top to bottom and deletions the other way.
KINDS: Final = {kind.group: kind for kind in (ACCOUNT, STRUCTURE, *LISTS)}

# The code of the service that the portal makes itself, in every public structure.
PUBLIC_INVOICES: Final = "FACTURES_PUBLIQUES"

# The block whose fields are the resource's own: `/libelle`, not `/informations_generales/libelle`.
OWN_BLOCK: Final = {
    "fiche-structure": "informations_generales",
    "compte-utilisateur": "informations_personnelles",
}
