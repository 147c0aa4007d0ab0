"""The one diff, from a state to what a sheet wants: by resource, then by field, by DeepDiff where something differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from chorus_config.diff.expand import Expanded, Resource, collapse
from chorus_config.diff.fields import identical, is_managed, leaves, managed, one_value, same, sorted_texts, steps
from chorus_config.model.address import KINDS, Address
from chorus_config.model.plan import Change, FieldChange
from chorus_config.model.project import Body

_RANK: Final = {group: rank for rank, group in enumerate(KINDS)}


def difference(before: Expanded, after: Expanded) -> list[Change]:
    """Return what leads from a sheet's state to its wish: what the wish does not write is left as it is.

    Entries of a list that the wish writes are complete: what it lacks is deleted.
    """
    changes = [
        change
        for address, wanted in after.resources.items()
        if (change := _change_to(address, before.resources.get(address), wanted)) is not None
    ]
    gone = [a for a in before.resources if a.group in after.lists and a not in after.resources]
    return changes + [deletion(address, before.resources[address]) for address in gone]


def deletion(address: Address, known: Resource) -> Change:
    """Return the change that removes a resource."""
    return Change(
        address,
        "delete",
        tuple(FieldChange(path, value, None) for path, value in managed(address, known).items()),
    )


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes in the safe and stable order: parents are created first, deletions come last, children first."""

    def _rank(change: Change) -> tuple[bool, str, int, str]:
        late = change.op == "delete"
        return (
            late,
            change.address.root,
            _RANK[change.address.group] * (-1 if late else 1),
            change.address.key,
        )

    return tuple(sorted(changes, key=_rank))


def patched(before: Expanded, changes: Iterable[Change], after: Expanded) -> Body:
    """Return the state after the changes of one sheet.

    Memos, the order of the lists, and which of two names of one value is written, are those of the wish `after`.
    """
    made: dict[Address, Any] = {address: _mutable(resource) for address, resource in before.resources.items()}
    for change in changes:
        if change.op == "delete":
            made.pop(change.address, None)
            continue
        target = made.setdefault(change.address, {})
        for field in change.fields:
            _set(target, steps(field.path), field.after)
    for address, wanted in after.resources.items():
        if address in made:
            _take_over_unplanned(address, wanted, made[address])
    order = {address: rank for rank, address in enumerate(after.resources)}
    ranked = sorted(made, key=lambda a: (_RANK[a.group], order.get(a, len(order))))
    return collapse(Expanded({address: made[address] for address in ranked}, before.lists | after.lists))


def _take_over_unplanned(address: Address, wanted: Resource, target: dict[str, Any]) -> None:
    """Take over what no plan speaks of, memos and older names of a value, so that a record is a whole sheet."""
    found = leaves(target)
    for path, value in leaves(wanted).items():
        known = found.get(path)
        if known.__class__ is value.__class__ and known == value:
            # So it is nearly always, and in every field of what is created.
            continue
        if not is_managed(address.group, path) or (not same(known, value) and one_value(address.group, path, known, value)):
            _set(target, steps(path), value)


def _change_to(address: Address, known: Resource | None, wanted: Resource) -> Change | None:
    # Nearly every resource of a plan is as it was.
    if known is not None and identical(known, wanted):
        return None
    after = managed(address, wanted)
    if known is None:
        # Of a first plan thousands are held side by side, and most of their words are the same.
        created = [FieldChange(_shared_text(path), None, _shared(value)) for path, value in after.items()]
        return Change(address, "create", tuple(created))
    before = leaves(known)
    differing = {path: value for path, value in after.items() if _asks_for(address, path, before, wanted, value)}
    if not differing:
        return None
    fields = changed_fields({path: before[path] for path in differing if path in before}, differing)
    return Change(address, "update", tuple(FieldChange(path, before.get(path), after[path]) for path in fields))


def _shared(value: Any) -> Any:
    """Return the text that stands for all equal ones, anything else as it is."""
    return _shared_text(value) if value.__class__ is str else value


@lru_cache(maxsize=4096)
def _shared_text(text: str) -> str:
    return text


def _asks_for(address: Address, path: str, before: Mapping[str, Any], wanted: Resource, value: object) -> bool:
    """Tell whether a sheet asks for a field of a resource that is known.

    A sheet must have a libellé, and public lists have none: one that only repeats the raison sociale asks for nothing until
    somebody knows that of the portal.
    """
    if path in before:
        return not one_value(address.group, path, before[path], value)
    return path != "/libelle" or value != wanted.get("raison_sociale")


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the pointers whose leaves differ, in the order of `after`; `before` holds no pointer that `after` lacks."""
    if not any(value.__class__ is list for value in (*before.values(), *after.values())):
        # Texts and boxes are the same or not.
        return [path for path, value in after.items() if path not in before or not same(before[path], value)]
    from deepdiff import DeepDiff  # noqa: PLC0415 - 90 ms of import, for plans that change a list

    # Threshold 0: however few fields two sides share, each is told by itself, never the whole as one change.
    tree = DeepDiff(_canonical(before), _canonical(after), view="tree", threshold_to_diff_deeper=0)
    touched = {level.path(output_format="list")[0] for levels in tree.values() for level in levels}
    return [path for path in after if path in touched]


def _canonical(fields: dict[str, Any]) -> dict[str, Any]:
    return {path: sorted_texts(value) if isinstance(value, list) else value for path, value in fields.items()}


def _mutable(node: Any) -> Any:
    return {key: _mutable(value) for key, value in node.items()} if isinstance(node, Mapping) else node


def _set(target: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for step in path[:-1]:
        target = target.setdefault(step, {})
    target[path[-1]] = value
