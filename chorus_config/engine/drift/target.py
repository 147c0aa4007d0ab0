"""What `--target` names for an adoption: a resource of a sheet, or one field or block of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from msgspec import Struct, field

from chorus_config.i18n.translator import _
from chorus_config.model.address import LISTS, OWN_BLOCK, Address, parse_address
from chorus_config.schema.lookup import nearest, node_at, resolved
from chorus_config.schema.packaged import STRICT, Schema, schema

_LISTS = {kind.group: kind for kind in LISTS}


class AdoptionTarget(Struct, frozen=True):
    """What is to be adopted: a resource, or with `field` (a JSON Pointer) one field or block of it."""

    address: Address
    field: str = ""


class TargetFault(Struct, frozen=True):
    """Why a word aims at nothing that there can be: a message id and its places."""

    told: str
    places: Mapping[str, str] = field(default_factory=dict)


def parse_target(text: str, known: Collection[Address] = ()) -> AdoptionTarget:
    """Read `ADDRESS` or `ADDRESS#/field`. A name may hold `#/` itself: what is `known` as a whole is an address."""
    whole = parse_address(text)
    address, sign, inside = text.rpartition("#/")
    return AdoptionTarget(parse_address(address), f"/{inside}") if sign and whole not in known else AdoptionTarget(whole)


def target_fault(text: str, target: AdoptionTarget) -> TargetFault | None:
    """Return why no sheet can have what a word aims at, None when one can."""
    name, address = text.removesuffix(f"#{target.field}").rstrip("/"), target.address
    if name == "comptes" or not _is_address(name, address):
        return _no_address(name, address)
    if address.group in _LISTS and not address.key:
        message = _("{address} is a whole list, which is adopted entry by entry: {address}/{key}")
        return TargetFault(message, {"address": name, "key": _key(address.group)})
    return _no_field(name, target) if target.field and target.field not in fields_of(address.group) else None


def _is_address(name: str, address: Address) -> bool:
    """Tell whether a word is an address by its form. `SIRET/comptes` is none, though it would be read as one."""
    return bool(name) and address.group in {"", *(["comptes"] if name.startswith("comptes/") else _LISTS)}


@cache
def fields_of(group: str) -> tuple[str, ...]:
    """Return the pointers of every field and block that a resource can have, in the order of the screen."""
    kind = "compte-utilisateur" if group == "comptes" else "fiche-structure"
    whole = schema(STRICT[kind])
    if group in _LISTS:
        return tuple(_pointers_below(whole, node_at(whole, (group, 0)))) if _LISTS[group].key else ("/nom",)
    own = OWN_BLOCK[kind]
    rest = {key: node for key, node in whole["properties"].items() if key not in {own, "type", "version", *_LISTS}}
    return (*_pointers_below(whole, node_at(whole, (own,))), *_pointers_below(whole, {"properties": rest}))


def _pointers_below(whole: Schema, node: Schema) -> Iterator[str]:
    for key, sub in node.get("properties", {}).items():
        inner = resolved(whole, sub)
        # The blocks of the screen that no file manages are known words, and no fields.
        if inner and inner.get("not") != {}:
            yield f"/{key}"
            yield from (f"/{key}{below}" for below in _pointers_below(whole, inner))


def _no_address(name: str, address: Address) -> TargetFault:
    near = nearest(address.group, _LISTS)
    if near:
        message = _("{address} is no address: {suggestion} is expected")
        return TargetFault(message, {"address": name, "suggestion": f"{address.owner}/{near}/{address.key or _key(near)}"})
    message = _("{address} is no address: SIRET, SIRET/GROUP/NAME (groups: {groups}) or comptes/REF is expected")
    return TargetFault(message, {"address": f'"{name}"', "groups": ", ".join(_LISTS)})


def _no_field(name: str, target: AdoptionTarget) -> TargetFault:
    group, first = target.address.group, target.field.split("/")[1]
    places = {"address": name, "field": target.field}
    if not group and first in _LISTS:
        message = _("{field} is no field of {address}: a list is adopted entry by entry, {address}/{group}/{key}")
        return TargetFault(message, {**places, "group": first, "key": _key(first)})
    near = _meant_field(target.field, fields_of(group))
    if near:
        return TargetFault(_("{field} is no field of {address}: {suggestion} is expected"), {**places, "suggestion": near})
    outer = ", ".join(one for one in fields_of(group) if one.count("/") == 1)
    return TargetFault(_("{field} is no field of {address}: it has {fields}"), {**places, "fields": outer})


def _meant_field(wanted: str, fields: Collection[str]) -> str:
    """Return the field that was most likely meant: by its last step when that is one, else the nearest; "" for none."""
    last = wanted.rpartition("/")[2]
    same_last_step = [one for one in fields if last and one.endswith(f"/{last}")]
    return same_last_step[0] if same_last_step else nearest(wanted, fields) or nearest(f"/{last}", fields)


def _key(group: str) -> str:
    """Return how the name of an entry is called in an address."""
    return (_LISTS[group].key or "nom").upper()
