"""What people call structures and persons: a libellé beside a SIRET, a name and a mailbox beside a reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chorus_config.diff.expand import Resource, expand
from chorus_config.model.address import Address, parse_address
from chorus_config.model.snapshot import Record

# By root: `SIRET`, `comptes/REF`.
Names = Mapping[str, str]


def resource_name(address: Address, resource: Resource) -> str:
    """Return what people call a resource, "" for nothing.

    A structure has its libellé, else its raison sociale, which is all that public lists know; an account has the name and the
    mailbox of the person.
    """
    if address.group != "comptes":
        return _text(resource, "libelle") or (_text(resource, "raison_sociale") if address.parent == address else "")
    person = " ".join(filter(None, (_text(resource, "prenom"), _text(resource, "nom"))))
    return ", ".join(filter(None, (person, _text(resource, "adresse_electronique_contact"))))


def record_name(record: Record | None) -> str:
    """Return the same of a record, "" for none."""
    if record is None:
        return ""
    address = parse_address(record.root)
    return resource_name(address, expand(record.body).resources.get(address, {}))


def names_in(roots: Iterable[str], *states: Mapping[str, Record]) -> dict[str, str]:
    """Return the names of roots, each from the first state that has one; a root that none names is left out."""
    found = ((root, (record_name(state.get(root)) for state in states)) for root in sorted({*roots}))
    return {root: name for root, names in found if (name := next(filter(None, names), ""))}


def roots_in(addresses: Iterable[Address]) -> set[str]:
    """Return the roots that addresses are under, and the accounts of the users among them."""
    return {root for one in addresses for root in (one.root, account_of(one)) if root}


def account_of(address: Address) -> str:
    """Return the root of the account of a user of a structure, "" for what is no user."""
    return f"comptes/{address.key}" if address.group == "utilisateurs" else ""


def without_persons(names: Names) -> dict[str, str]:
    """Return the names of structures alone: what is written to stderr names nobody."""
    return {root: name for root, name in names.items() if not root.startswith("comptes/")}


def _text(resource: Resource, key: str) -> str:
    value = resource.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""
