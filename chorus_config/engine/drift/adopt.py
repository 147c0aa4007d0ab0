"""Adopting into a sheet what the portal says: which values, and the text of the file with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from chorus_config.diff.expand import Expanded, expand
from chorus_config.diff.fields import field_schema, leaves, managed, one_value, pointer, sheet_path
from chorus_config.diff.lost_letters import is_fuller
from chorus_config.diff.sensitive import shown_value
from chorus_config.engine.drift.target import AdoptionTarget
from chorus_config.engine.fixing.set_value import with_value
from chorus_config.i18n.translator import _
from chorus_config.model.address import KINDS, Address
from chorus_config.model.drift import Drift
from chorus_config.model.finding import Path
from chorus_config.model.project import Body
from chorus_config.model.secrets import masked_data
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse


class Adoption(Struct, frozen=True):
    """One value to write into a sheet; `field` "" is the whole entry, which the sheet lacks."""

    address: Address
    field: str
    before: object
    after: object

    @property
    def shown(self) -> tuple[object, object]:
        """Both sides as people may see them."""
        group = self.address.group
        if self.field:
            return shown_value(group, self.field, self.before), shown_value(group, self.field, self.after)
        entry = self.after
        if not isinstance(entry, Mapping):
            return self.before, masked_data(entry)
        return self.before, {key: shown_value(group, pointer((key,)), item) for key, item in entry.items()}


def moved_fields(drift: Drift | None, address: Address) -> frozenset[str] | None:
    """Return the fields of a resource that changed on the portal; None when nobody approved it: without a store, or not yet."""
    if drift is None or address.root in drift.unmanaged:
        return None
    fields = (field_drift for one in drift.resources if one.address == address for field_drift in one.fields)
    return frozenset(field_drift.path for field_drift in fields if field_drift.situation in {"moved", "conflict"})


def adoptions_for(body: Body, observed: Body, target: AdoptionTarget, moved: frozenset[str] | None) -> tuple[Adoption, ...]:
    """Return what to write. Raises CannotEdit for what the source does not report, or what no program takes out of a sheet.

    An entry that the sheet lacks, or a field that is named, is adopted whatever the store says; else the fields that `moved`,
    or without a store (None) those that the sheet writes.
    """
    return _adoptions(expand(body), expand(observed), target, moved)


def _adoptions(sheet: Expanded, source: Expanded, target: AdoptionTarget, moved: frozenset[str] | None) -> tuple[Adoption, ...]:
    address = target.address
    written, reported = sheet.resources.get(address), source.resources.get(address)
    if reported is None:
        gone = address.group in source.lists and written is not None
        message = _("the portal does not have it any more: take it out of the sheet by hand, or create it again on the portal")
        raise CannotEdit(message if gone else _("the source does not report it"))
    if written is None:
        if address.group not in sheet.lists:
            raise CannotEdit(_("the sheet does not manage this list: nothing of it is adopted"))
        return (Adoption(address, "", None, _entry(address, reported)),)
    old = leaves(written)
    fields = _fields_to_adopt(target, reported, old if moved is None else moved)
    return tuple(
        Adoption(address, path, old.get(path), value)
        for path, value in fields.items()
        if path not in old or not _says_it(address.group, path, old[path], value)
    )


def _says_it(group: str, path: str, written: object, value: object) -> bool:
    """Tell whether a sheet says a value already; a text in which letters were lost has nothing to teach the whole one."""
    return one_value(group, path, written, value) or is_fuller(group, path, written, value)


def covers(target: AdoptionTarget, adoption: Adoption) -> bool:
    """Tell whether an adoption is (a part of) what is aimed at, so that nothing is left of it to adopt."""
    return adoption.address == target.address and (
        not (target.field and adoption.field) or _is_asked_for(adoption.field, target.field, ())
    )


def entries_left(body: Body, observed: Body, root: Address, drift: Drift | None) -> tuple[Address, ...]:
    """Return the entries of a structure that moved, or without a store (None) differ, and that its sheet did not follow."""
    sheet, source = expand(body), expand(observed)
    entries = dict.fromkeys(one for one in (*sheet.resources, *source.resources) if one.parent == root != one)
    return tuple(one for one in entries if _is_due(sheet, source, one, moved_fields(drift, one)))


def _is_due(sheet: Expanded, source: Expanded, address: Address, moved: frozenset[str] | None) -> bool:
    if moved == frozenset():
        return False
    if address not in source.resources:
        return address.group in source.lists
    if address not in sheet.resources:
        return address.group in sheet.lists
    return bool(_adoptions(sheet, source, AdoptionTarget(address), moved))


def adopt_into(raw: bytes, adoption: Adoption) -> bytes:
    """Return the file with one value adopted, all else untouched. Raises CannotEdit."""
    return with_value(raw, _place(parse(raw).data, adoption), adoption.after)


def _fields_to_adopt(target: AdoptionTarget, reported: Mapping[str, Any], by_default: Any) -> Mapping[str, Any]:
    """Return the fields to adopt of those that the source reports. Raises CannotEdit for a named one that cannot be."""
    group, field = target.address.group, target.field
    if field and field_schema(group, field).get("x-memo"):
        raise CannotEdit(_("the portal alone keeps this field, the sheet only recalls it"))
    fields = {
        path: value for path, value in managed(target.address, reported).items() if _is_asked_for(path, field, by_default)
    }
    if field and not fields:
        raise CannotEdit(_("the source does not report it"))
    return fields


def _is_asked_for(path: str, field: str, by_default: Any) -> bool:
    return path == field or path.startswith(f"{field}/") if field else path in by_default


def _entry(address: Address, reported: Mapping[str, Any]) -> object:
    """Return an entry as a list of the sheet holds it, its keys in the order of the screen."""
    if not KINDS[address.group].key:
        return reported["nom"]
    kind = STRICT["fiche-structure"]
    order: Sequence[str] = [*node_at(schema(kind), (address.group, 0)).get("properties", ())]
    return dict(sorted(reported.items(), key=lambda item: order.index(item[0])))


def _place(data: Any, adoption: Adoption) -> Path:
    """Return where a value stands in the file, or is to stand."""
    address = adoption.address
    if address.parent == address:
        return sheet_path(address.group, adoption.field)
    entries: list[Any] = data[address.group]
    if not adoption.field:
        return address.group, len(entries)
    key = KINDS[address.group].key
    index = next(n for n, entry in enumerate(entries) if isinstance(entry, dict) and entry.get(key) == address.key)
    return address.group, index, *sheet_path(address.group, adoption.field)[2:]
