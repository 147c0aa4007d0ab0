"""What the rules of change say of each planned change: a change is a JSON document, `changement.schema.json` judges it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.expand import Expanded
from chorus_config.diff.fields import path_of, sheet_path
from chorus_config.model.address import KINDS, Address
from chorus_config.model.finding import Fault, Place
from chorus_config.model.invoicing import LONGEST_ADDRESS
from chorus_config.model.plan import Change
from chorus_config.model.project import Body
from chorus_config.rules.catalogue import RULES
from chorus_config.rules.judges.demand import (
    Sides,
    becomes_works_only,
    demands,
    is_relaxed,
    receives_none,
    services_that_demand,
    ticked_box,
    was_unsaid,
)
from chorus_config.rules.judges.platforms import service_address
from chorus_config.schema.explain import faults as schema_faults
from chorus_config.yamltext.characters import shown


class ChangeContext(Struct, frozen=True, dict=True):
    """What a change is judged with: the day, the state before and the wish of its sheet, and what happened to its file.

    `same_file_as` is the identifiant recorded for the same file when that one is gone; `replaced` says that another
    sheet replaces the structure, `on_portal` that it was seen on the portal before anything of it was approved.
    """

    day: date
    before: Expanded
    after: Expanded
    same_file_as: str | None = None
    replaced: bool = False
    on_portal: bool = False

    @cached_property
    def new_codes(self) -> Mapping[str, str]:
        """The codes of the services that are created, by label: looked up once, not at each change of a long list."""
        return _new_codes(self.before, self.after)


def change_faults(change: Change, body: Body, context: ChangeContext) -> Iterator[Fault]:
    """Yield what is wrong with a change, each fault at its path in the sheet `body` ({} when the sheet is gone).

    Every fault names the entry (or structure) in `args["entry"]`, and in `args["value"]` the field's value, or the entry.
    """
    address, document = change.address, change_document(change, context)
    for fault in _once(schema_faults("changement", context.day, document)):
        pointer = _field_of(fault, document)
        args = {**fault.args, **_args(address, document, pointer, context)}
        path = path_of(address, body, pointer)
        if fault.rule == "CP907":
            # What was renamed stands in the sheet under its new code, and nowhere else.
            path = path_of(replace(address, key=document["context"]["renamed_to"]), body, "/code")
        # An entry that is gone is told at the key of its list, where it is missing.
        at: Place = "key" if pointer or path == (address.group,) else "value"
        yield replace(fault, path=path, at=at, args=args, noted=_is_noted(fault, document))


def _field_of(fault: Fault, document: Mapping[str, Any]) -> str:
    """Return the field at which a fault of a change is told, "" for none; what is demanded in all, at one of its boxes."""
    if _is_demand(fault):
        return ticked_box(document["fields"])
    return next((step for step in fault.path if isinstance(step, str) and step.startswith("/")), "")


def _is_demand(fault: Fault) -> bool:
    return fault.path[:2] == ("context", "demand")


def _is_noted(fault: Fault, document: Mapping[str, Any]) -> bool:
    """Tell whether more is demanded, by a box that was not written; what was only relaxed has a level of its own."""
    return _is_demand(fault) and fault.level is None and was_unsaid(document["fields"])


def _args(address: Address, document: Mapping[str, Any], pointer: str, context: ChangeContext) -> dict[str, Any]:
    """Return what a message may say of a change: the entry (or structure), the value, the address of invoices, a new code."""
    name = address.key or address.owner
    return {
        **_kept(document),
        "entry": shown(name),
        "value": document["fields"][pointer]["after"] if pointer else name,
        "address": shown(_invoiced_at(address, context) or name, limit=LONGEST_ADDRESS),
        "renamed_to": shown(document["context"]["renamed_to"] or ""),
    }


def _once(found: Iterable[Fault]) -> Iterator[Fault]:
    """Leave out what tells another field of the same: that what must never change does is one finding."""
    told: set[tuple[str, str]] = set()
    for fault in found:
        if (fault.rule, fault.case) in told:
            continue
        if RULES[fault.rule].fixed:
            told.add((fault.rule, fault.case))
        yield fault


def informational_faults(before: Expanded, after: Expanded) -> Iterator[Fault]:
    """Yield the CP903 of a sheet whose raison sociale is not the known one: a memo, which no change ever carries."""
    for address, wanted in after.resources.items():
        known, value = before.resources.get(address, {}).get("raison_sociale"), wanted.get("raison_sociale")
        if address.group or not (isinstance(known, str) and isinstance(value, str)):
            continue
        if known.strip() and value.strip() and unicodedata.normalize("NFC", known) != unicodedata.normalize("NFC", value):
            yield Fault("CP903", sheet_path("", "/raison_sociale"), args={"value": value, "known": shown(known)})


def change_document(change: Change, context: ChangeContext) -> dict[str, Any]:
    """Return a change as the JSON document that the schema judges; absent sides are null."""
    address = change.address
    before, after = (side.resources.get(address) for side in (context.before, context.after))
    return {
        "address": str(address),
        "identifiant": None if address.group == "comptes" else address.owner,
        "kind": KINDS[address.group].name,
        "key": address.key or None,
        "op": change.op,
        "before": before,
        "after": after if change.op != "delete" else None,
        "fields": {each.path: {"before": each.before, "after": each.after} for each in change.fields},
        "context": {
            "as_of": context.day.isoformat(),
            "known": bool(context.before.resources),
            "on_portal": context.on_portal,
            "list_managed": address.group in context.before.lists,
            "public": _is_public(address, context),
            "same_file_as": context.same_file_as,
            "replaced": context.replaced,
            "renamed_to": _renamed_to(change, context),
            "demand": _demand(change, context),
        },
    }


def _invoiced_at(address: Address, context: ChangeContext) -> str | None:
    """Return the address to which suppliers send the invoices of a service, None of all else."""
    public = address.group == "services" and _is_public(address, context)
    return service_address(address.owner, address.key, public=public)


def _is_public(address: Address, context: ChangeContext) -> bool:
    sides = (side.resources.get(address.parent) for side in (context.after, context.before))
    return next((side.get("structure_privee") is not True for side in sides if side is not None), True)


def _demand(change: Change, context: ChangeContext) -> dict[str, Any] | None:
    """Return what is demanded of an invoice to a structure or service that changes; None of all else.

    None also where nobody can send an invoice any more, and where less is demanded while other rules tell that invoices
    will be rejected.
    """
    address, known, wanted = change.address, context.before.resources, context.after.resources
    if change.op != "update" or address.group not in {"", "services"}:
        return None
    structure: Sides = known.get(address.parent, {}), wanted.get(address.parent, {})
    service: Sides | None = (known[address], wanted[address]) if address.group else None
    found = demands(structure, service)
    if receives_none(structure, service) or (is_relaxed(found) and becomes_works_only(structure)):
        return None
    asks_own = service is None and found["after"] in {"none", "either", "code"}
    return {**found, "kept": services_that_demand(_services(address, context)) if asks_own else []}


def _kept(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a message says of the services that still demand: the first by its code, and how many they are."""
    kept = (document["context"]["demand"] or {}).get("kept", [])
    return {"service": shown(kept[0]), "count": len(kept)} if kept else {}


def _services(structure: Address, context: ChangeContext) -> dict[str, Sides]:
    """Return the services of a structure by code, before and after; those that were known where their list is not written."""
    known, wanted = context.before.resources, context.after.resources
    listed = wanted if "services" in context.after.lists else known
    return {
        each.key: (known.get(each, {}), wanted.get(each, {}))
        for each in listed
        if each.group == "services" and each.owner == structure.owner
    }


def _renamed_to(change: Change, context: ChangeContext) -> str | None:
    """Return the code under which a service that is deleted comes back: that of a new one with the same label."""
    if change.op != "delete" or change.address.group != "services":
        return None
    return context.new_codes.get(_label(context.before.resources.get(change.address, {})))


def _new_codes(before: Expanded, after: Expanded) -> Mapping[str, str]:
    """Return the codes of the services that only the wish has, by label; the first of those that share one."""
    found: dict[str, str] = {}
    for address, service in after.resources.items():
        if address.group == "services" and address not in before.resources and _label(service):
            found.setdefault(_label(service), address.key)
    return found


def _label(service: Mapping[str, Any]) -> str:
    """Return the label of a service as labels are compared: without regard to case, runs of blanks or how accents are kept."""
    label = service.get("libelle")
    return " ".join(unicodedata.normalize("NFC", label).casefold().split()) if isinstance(label, str) else ""
