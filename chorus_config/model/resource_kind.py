"""What a resource is: the small table that expand, collapse, the rules of change and the views share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ResourceKind:
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

# The block whose fields are the resource's own: `/libelle`, not `/informations_generales/libelle`.
OWN_BLOCK: Final = {
    "fiche-structure": "informations_generales",
    "compte-utilisateur": "informations_personnelles",
}
