"""A sheet or account to addressed resources, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field

from chorus_config.model.address import KINDS, LISTS, OWN_BLOCK, Address, ResourceKind
from chorus_config.model.project import Body
from chorus_config.schema.packaged import STRICT, schema

Resource = Mapping[str, Any]


class Expanded(Struct, frozen=True):
    """The resources of one sheet by address, parents first, and which lists it writes (an empty list is managed too)."""

    resources: Mapping[Address, Resource] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()


def root_of(body: Body) -> Address | None:
    """Return the address of a sheet's structure or of an account, or None when the body does not name it."""
    if body.get("type") == "compte-utilisateur":
        ref = body.get("ref")
        return Address(ref, "comptes") if isinstance(ref, str) and ref else None
    block = body.get(OWN_BLOCK["fiche-structure"])
    owner = block.get("identifiant") if isinstance(block, Mapping) else None
    return Address(owner) if isinstance(owner, str) and owner else None


def expand(body: Body) -> Expanded:
    """Split a body into resources. What has no name of its own (an entry without its key) is left out: a rule told it."""
    root = root_of(body)
    if root is None:
        return Expanded()
    own_name = OWN_BLOCK[_kind(root)]
    own = body.get(own_name)
    lists = {kind.group: kind for kind in LISTS if isinstance(body.get(kind.group), list)}
    # A list that is none is an error of the sheet, not a field of the structure.
    rest = {key: value for key, value in body.items() if key not in {own_name, *(kind.group for kind in LISTS)}}
    resources: dict[Address, Resource] = {root: {**(own if isinstance(own, Mapping) else {}), **rest}}
    for kind in lists.values():
        entries: Any = body[kind.group]
        resources |= {Address(root.owner, kind.group, key): entry for key, entry in _entries(kind, entries)}
    return Expanded(resources, frozenset(lists))


def collapse(expanded: Expanded) -> Body:
    """Put the resources of one sheet together again; {} when there are none."""
    body: dict[str, Any] = {}
    for address, resource in expanded.resources.items():
        kind = KINDS[address.group]
        if address.parent == address:
            body = _root_body(resource, _kind(address))
            # In the order of the portal's blocks: a record is written the same at every run.
            body |= {other.group: [] for other in LISTS if other.group in expanded.lists}
        else:
            body[kind.group].append(dict(resource) if kind.key else resource["nom"])
    return body


def _entries(kind: ResourceKind, entries: Iterable[Any]) -> Iterable[tuple[str, Resource]]:
    for entry in entries:
        if not kind.key and isinstance(entry, str):
            yield entry, {"nom": entry}
        elif kind.key and isinstance(entry, Mapping) and isinstance(entry.get(kind.key), str):
            yield entry[kind.key], entry


@cache
def _beside(kind: str) -> frozenset[str]:
    """Return what a body holds beside its own block and its lists; all else that a resource holds came from that block."""
    own = {OWN_BLOCK[kind], *(other.group for other in LISTS)}
    return frozenset(schema(STRICT[kind])["properties"]) - own


def _kind(root: Address) -> str:
    return "compte-utilisateur" if root.group else "fiche-structure"


def _root_body(resource: Resource, kind: str) -> dict[str, Any]:
    beside = _beside(kind)
    body = {key: value for key, value in resource.items() if key in beside}
    own = {key: value for key, value in resource.items() if key not in beside}
    return {**body, OWN_BLOCK[kind]: own}
