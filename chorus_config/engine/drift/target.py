"""What a word of the command line aims at: a resource of a sheet, or one field or block of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from chorus_config.i18n.mark import _
from chorus_config.model.address import LISTS, OWN_BLOCK, Address, parse_address
from chorus_config.schema.lookup import node_at, resolved
from chorus_config.schema.packaged import STRICT, Schema, schema
from chorus_config.schema.suggest import nearest

_LISTS = {kind.group: kind for kind in LISTS}


@dataclass(frozen=True, slots=True)
class AdoptionTarget:
    """What is to be adopted: a resource, or with `field` (a JSON Pointer) one field or block of it."""

    address: Address
    field: str = ""


@dataclass(frozen=True, slots=True)
class TargetFault:
    """Why a word aims at nothing that there can be: a message id and its places."""

    told: str
    places: Mapping[str, str] = field(default_factory=dict)


def parse_target(word: str, known: Collection[Address] = ()) -> AdoptionTarget:
    """Read `ADDRESS` or `ADDRESS#/field`. A name may hold `#/` itself: what is `known` as a whole is an address."""
    whole = parse_address(word)
    address, sign, inside = word.rpartition("#/")
    return AdoptionTarget(parse_address(address), f"/{inside}") if sign and whole not in known else AdoptionTarget(whole)


def target_fault(word: str, aim: AdoptionTarget) -> TargetFault | None:
    """Return why no sheet can have what a word aims at, None when one can."""
    named, address = word.removesuffix(f"#{aim.field}").rstrip("/"), aim.address
    if named == "comptes" or not _is_address(named, address):
        return _no_address(named, address)
    if address.group in _LISTS and not address.key:
        told = _("{address} is a whole list, which is adopted entry by entry: {address}/{key}")
        return TargetFault(told, {"address": named, "key": _key(address.group)})
    return _no_field(named, aim) if aim.field and aim.field not in fields_of(address.group) else None


def _is_address(named: str, address: Address) -> bool:
    """Tell whether a word is an address by its form. `SIRET/comptes` is none, though it would be read as one."""
    return bool(named) and address.group in {"", *(["comptes"] if named.startswith("comptes/") else _LISTS)}


@cache
def fields_of(group: str) -> tuple[str, ...]:
    """Return the pointers of every field and block that a resource can have, in the order of the screen."""
    kind = "compte-utilisateur" if group == "comptes" else "fiche-structure"
    whole = schema(STRICT[kind])
    if group in _LISTS:
        return tuple(_inside(whole, node_at(whole, (group, 0)))) if _LISTS[group].key else ("/nom",)
    own = OWN_BLOCK[kind]
    rest = {key: node for key, node in whole["properties"].items() if key not in {own, "type", "version", *_LISTS}}
    return (*_inside(whole, node_at(whole, (own,))), *_inside(whole, {"properties": rest}))


def _inside(whole: Schema, node: Schema) -> Iterator[str]:
    for key, sub in node.get("properties", {}).items():
        inner = resolved(whole, sub)
        # The blocks of the screen that no file manages are known words, and no fields.
        if inner and inner.get("not") != {}:
            yield f"/{key}"
            yield from (f"/{key}{below}" for below in _inside(whole, inner))


def _no_address(named: str, address: Address) -> TargetFault:
    near = nearest(address.group, _LISTS)
    if near:
        told = _("{address} is no address: {suggestion} is expected")
        return TargetFault(told, {"address": named, "suggestion": f"{address.owner}/{near}/{address.key or _key(near)}"})
    told = _("{address} is no address: SIRET, SIRET/GROUP/NAME (groups: {groups}) or comptes/REF is expected")
    return TargetFault(told, {"address": f'"{named}"', "groups": ", ".join(_LISTS)})


def _no_field(named: str, aim: AdoptionTarget) -> TargetFault:
    group, first = aim.address.group, aim.field.split("/")[1]
    places = {"address": named, "field": aim.field}
    if not group and first in _LISTS:
        told = _("{field} is no field of {address}: a list is adopted entry by entry, {address}/{group}/{key}")
        return TargetFault(told, {**places, "group": first, "key": _key(first)})
    near = _meant(aim.field, fields_of(group))
    if near:
        return TargetFault(_("{field} is no field of {address}: {suggestion} is expected"), {**places, "suggestion": near})
    outer = ", ".join(one for one in fields_of(group) if one.count("/") == 1)
    return TargetFault(_("{field} is no field of {address}: it has {fields}"), {**places, "fields": outer})


def _meant(wanted: str, fields: Collection[str]) -> str:
    """Return the field that was most likely meant: by its last step when that is one, else the nearest; "" for none."""
    last = wanted.rpartition("/")[2]
    ends = [one for one in fields if last and one.endswith(f"/{last}")]
    return ends[0] if ends else nearest(wanted, fields) or nearest(f"/{last}", fields)


def _key(group: str) -> str:
    """Return how the name of an entry is called in an address."""
    return (_LISTS[group].key or "nom").upper()
