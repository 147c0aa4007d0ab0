"""What the rules of change say of each planned change: a change is a JSON document, `changement.schema.json` judges it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chorus_config.resources.expand import Expanded
from chorus_config.resources.fields import sheet_path
from chorus_config.schema.explain import faults as schema_faults
from chorus_config.words.address import Address
from chorus_config.words.change import Change
from chorus_config.words.document import Body
from chorus_config.words.finding import Fault, Path
from chorus_config.words.kinds import KINDS, OWN_BLOCK


@dataclass(frozen=True, slots=True)
class Context:
    """What a change is judged with: the day, the state before and the wish of its sheet, and what happened to its file.

    `same_file_as` is the identifiant recorded for the same file when that one is gone; `replaced` says that another
    sheet replaces the structure.
    """

    day: date
    before: Expanded
    after: Expanded
    same_file_as: str | None = None
    replaced: bool = False


def judge(change: Change, body: Body, context: Context) -> Iterator[Fault]:
    """Yield what is wrong with a change, each fault at its path in the sheet `body` ({} when the sheet is gone)."""
    for fault in schema_faults("changement", context.day, change_document(change, context)):
        field = next((step for step in fault.path if isinstance(step, str) and step.startswith("/")), None)
        args = {**fault.args, "value": change.address.key or change.address.owner}
        if field is not None:
            args["value"] = next(c.after for c in change.fields if c.path == field)
        yield replace(fault, path=place_of(change.address, body, field or ""), at="key" if field else "value", args=args)


def change_document(change: Change, context: Context) -> dict[str, Any]:
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
        "fields": {field.path: {"before": field.before, "after": field.after} for field in change.fields},
        "context": {
            "as_of": context.day.isoformat(),
            "known": bool(context.before.resources),
            "list_managed": address.group in context.before.lists,
            "public": _is_public(context),
            "same_file_as": context.same_file_as,
            "replaced": context.replaced,
        },
    }


def place_of(address: Address, body: Body, field: str = "") -> Path:
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


def _is_public(context: Context) -> bool:
    whole = {**context.before.resources, **context.after.resources}
    return not any(a.parent == a and resource.get("structure_privee") is True for a, resource in whole.items())
