"""The fields of a resource: leaves by JSON Pointer, what the schemas say of each, and which of them a sheet manages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from chorus_config.model.address import KINDS, OWN_BLOCK, Address
from chorus_config.model.finding import Path
from chorus_config.model.project import Body
from chorus_config.schema.lookup import is_sensitive as sensitive_at
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, Schema, schema

# Constants of the file format, never a wish about the portal.
_FORMAT = frozenset({"/type", "/version"})


def pointer(path: Path) -> str:
    """Return the RFC 6901 pointer of a path; "" for the whole document."""
    return "".join(map(_step, path))


@cache
def _step(step: str | int) -> str:
    """Return one step of a pointer; a project has few keys and many sheets."""
    return f"/{str(step).replace('~', '~0').replace('/', '~1')}"


def steps(text: str) -> tuple[str, ...]:
    """Return the steps of a JSON Pointer."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:])


def same(one: object, other: object) -> bool:
    """Tell whether two leaves say the same: `true` is not `1`, and the order of a list does not count."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted_texts(one) == sorted_texts(other)
    return one.__class__ is other.__class__ and one == other


def identical(one: Any, other: Any) -> bool:
    """Tell whether two values are the same to the letter, lists in their order: a quick look that never says yes wrongly."""
    if one.__class__ is not other.__class__:
        return False
    if isinstance(one, dict):
        return len(one) == len(other) and all(key in other and identical(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(identical, one, other))
    return bool(one == other)


def sorted_texts(items: list[Any]) -> list[str]:
    """Return the items of a list as JSON texts, in one order: two lists with the same items give the same."""
    return sorted(json.dumps(item, ensure_ascii=False, sort_keys=True) for item in items)


def leaves(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return every leaf of a resource by pointer; lists are leaves (their order does not count), empty blocks are none."""
    found: dict[str, Any] = {}
    _gather(resource, "", found)
    return found


def _gather(node: Mapping[str, Any], at: str, found: dict[str, Any]) -> None:
    for key, value in node.items():
        here = at + _step(key)
        # A block is a dict, whatever it came from; asking for a Mapping costs more than all the rest.
        if isinstance(value, dict):
            _gather(value, here, found)
        else:
            found[here] = value


def managed(address: Address, resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the leaves that a plan speaks of: all but memos (raison sociale, dates of the portal) and the file format."""
    group = address.group
    return {path: value for path, value in leaves(resource).items() if is_managed(group, path)}


@cache
def is_managed(group: str, path: str) -> bool:
    """Tell whether a plan speaks of a field of a resource."""
    return path not in _FORMAT and not field_schema(group, path).get("x-memo")


@cache
def field_schema(group: str, path: str) -> Schema:
    """Return the subschema of a field of a resource (its title is the portal's label), {} when unknown."""
    name = "compte-utilisateur" if group == "comptes" else "fiche-structure"
    return node_at(schema(STRICT[name]), sheet_path(group, path))


def sheet_path(group: str, path: str) -> Path:
    """Return where a field of a resource stands in its file; entries of lists are given the index 0."""
    inner = steps(path)
    if group not in {"", "comptes"}:
        return (group, 0) if group == "espaces" else (group, 0, *inner)
    kind = "compte-utilisateur" if group == "comptes" else "fiche-structure"
    whole = schema(STRICT[kind])["properties"]
    return inner if inner and inner[0] in whole else (OWN_BLOCK[kind], *inner)


def path_of(address: Address, body: Body, field: str = "") -> Path:
    """Return where a resource (or one of its fields) stands in its sheet; the list for an entry that is gone."""
    if address.group in {"", "comptes"}:
        name = KINDS[address.group].key
        own: Path = (name,) if address.group else (OWN_BLOCK["fiche-structure"], name)
        return sheet_path(address.group, field) if field else own
    entries: Any = body.get(address.group)
    kind = KINDS[address.group]
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if (entry.get(kind.key) if kind.key and isinstance(entry, Mapping) else entry) == address.key:
            return (address.group, index, *sheet_path(address.group, field)[2:])
    return (address.group,)


@cache
def is_sensitive(group: str, path: str) -> bool:
    """Tell whether a field must be masked wherever it is shown, saved or logged (IBAN, BIC)."""
    name = "compte-utilisateur" if group == "comptes" else "fiche-structure"
    return sensitive_at(schema(STRICT[name]), sheet_path(group, path))


def one_value(group: str, path: str, one: object, other: object) -> bool:
    """Tell whether two values of a field ask for the same: `true` is not `1`, and an older name of a value (`x-same`) is it."""
    return same(one, other) or _current_name(group, path, one) == _current_name(group, path, other) != ""


def _current_name(group: str, path: str, value: object) -> str:
    """Return what a word of a list is called today, "" for all that is no such word."""
    notes = field_schema(group, path).get("x-values", {})
    return str(notes[value].get("x-same", value)) if isinstance(value, str) and value in notes else ""


def is_renamed_by_portal(group: str, path: str, one: object, other: object, day: date) -> bool:
    """Tell whether the portal itself made another value of a field of one that it has no more on a day (`x-instead`)."""
    note = field_schema(group, path).get("x-values", {}).get(one, {}) if isinstance(one, str) else {}
    if "x-instead" not in note or note.get("x-until", "9999-12-31") >= day.isoformat():
        return False
    return one_value(group, path, note["x-instead"], other)


def alike(group: str, path: str, one: object, other: object) -> bool:
    """Tell whether two values of a field are the same to the portal: an IBAN or BIC is shown there in groups of four."""
    if one_value(group, path, one, other):
        return True
    both_texts = isinstance(one, str) and isinstance(other, str)
    return both_texts and is_sensitive(group, path) and _compact(str(one)) == _compact(str(other))


def _compact(value: str) -> str:
    return "".join(value.split()).upper()


@cache
def is_reportable(group: str, path: str) -> bool:
    """Tell whether an observed source can report a field at all (`x-constatable`); `path` "" asks about the entry itself."""
    return not _denied(group, path, "x-constatable")


@cache
def is_on_portal(group: str, path: str, day: date | None) -> bool:
    """Tell whether a field is one of the portal of a day (None: of any day), and not a declaration of the project.

    `x-portail` says no for ever, `x-portail-depuis` and `x-portail-jusqu-au` name the first and the last day of what came or
    went; `path` "" asks about the entry itself.
    """
    if _denied(group, path, "x-portail"):
        return False
    return day is None or all(_is_of(node, day.isoformat()) for node in _nodes_to(group, path))


def _is_of(node: Schema, day: str) -> bool:
    return bool(node.get("x-portail-depuis", "") <= day <= node.get("x-portail-jusqu-au", "9999-12-31"))


def _denied(group: str, path: str, mark: str) -> bool:
    """Tell whether a mark says no on the way to a field."""
    return any(node.get(mark) is False for node in _nodes_to(group, path))


def _nodes_to(group: str, path: str) -> Iterator[Schema]:
    """Yield what the schema says of each step on the way to a field."""
    name = "compte-utilisateur" if group == "comptes" else "fiche-structure"
    way = sheet_path(group, path)
    whole = schema(STRICT[name])
    return (node_at(whole, way[: depth + 1]) for depth in range(len(way)))
