"""What people filled in, written into a sheet that is there by the spans of what differs: comments and all else stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chorus_config.diff.expand import expand
from chorus_config.diff.fields import leaves, path_of, same, sheet_path
from chorus_config.engine.fixing.assignment import assigned
from chorus_config.engine.fixing.set_value import with_value
from chorus_config.engine.importing.sheet import FORMAT, DraftSheet, says_the_same
from chorus_config.i18n.translator import _
from chorus_config.model.address import KINDS, LISTS, Address
from chorus_config.model.finding import Edit, Path
from chorus_config.model.project import Body, FileKind
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.edit import CannotEdit, extended
from chorus_config.yamltext.items import filled, without_item
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.spans import applied, value_span, written_like
from chorus_config.yamltext.values import flow


def written_over(raw: bytes, sheet: DraftSheet) -> bytes:
    """Return the file of a sheet (or account) with what a draft says otherwise, all else untouched.

    Entries that the draft lacks are taken out with the comments that are theirs; new ones come last. Raises CannotEdit where
    that cannot be done by span.
    """
    _require_whole(raw)
    if says_the_same(_body(raw), sheet.body):
        return raw
    is_account = _body(raw).get("type") == "compte-utilisateur"
    kind: FileKind = "compte-utilisateur" if is_account else "fiche-structure"
    for group in () if is_account else [one.group for one in LISTS if one.group in sheet.body]:
        raw = _list_over(raw, group, sheet.body)
    # Most of it is done in one go: to read a long sheet anew for each of its values takes its time.
    raw = _scalars_over(raw, kind, [*_changes(_body(raw), sheet.body)])
    for path, value in _changes(_body(raw), sheet.body):
        raw = _value_over(raw, kind, path, value)
    _require_whole(raw)
    if not says_the_same(_body(raw), sheet.body):
        raise CannotEdit(_("the file is written in a way that cannot be changed safely"))
    return raw


def _require_whole(raw: bytes) -> None:
    parsed = parse(raw)
    if parsed.stopped or parsed.faults:
        raise CannotEdit(_("the file has errors: `chorus-config validate` shows them"))


def _changes(body: Body, wanted: Body) -> Iterator[tuple[Path, Any]]:
    """Yield the fields that are wanted otherwise than the file has them: where each stands, and its value."""
    before, after = expand(body), expand(wanted)
    for address, resource in after.resources.items():
        old = leaves(before.resources.get(address, {}))
        for path, value in leaves(resource).items():
            if path not in FORMAT and not (path in old and same(old[path], value)):
                yield _place(address, path, body), value


def _scalars_over(raw: bytes, kind: FileKind, changes: Sequence[tuple[Path, Any]]) -> bytes:
    """Return the file with the values in their places that are written on one line there, and stay on it."""
    document = Document("", kind, _body(raw), raw)
    spans = document.positions.values if changes else {}
    edits = []
    for path, value in changes:
        source = document.source(spans[path]) if path in spans else ""
        if source and "\n" not in source and source[0] not in "[{" and isinstance(value, str | bool):
            edits.append(Edit(spans[path], _written(kind, path, source, value)))
    try:
        return applied(raw, edits)
    except ValueError:
        raise CannotEdit(_("the file is written in a way that cannot be changed safely")) from None


def _written(kind: FileKind, path: Path, source: str, value: str | bool) -> str:
    """Return a value as it is written in the place of another; a word of a list stays without quotes where it had none."""
    is_word = "enum" in node_at(schema(STRICT[kind]), path)
    return written_like(source, value, bare=True) if is_word and isinstance(value, str) else flow(value)


def _body(raw: bytes) -> Body:
    data = parse(raw).data
    return data if isinstance(data, dict) else {}


def _place(address: Address, path: str, body: Body) -> Path:
    """Return where a field of a resource stands in a file."""
    return sheet_path(address.group, path) if address.parent == address else path_of(address, body, path)


def _list_over(raw: bytes, group: str, wanted: Body) -> bytes:
    """Return the file with the entries of one list that are wanted, and no others; what is in them may still differ."""
    key = KINDS[group].key
    entries = _entries(wanted, group)
    if not isinstance(_body(raw).get(group), list):
        raw = with_value(raw, (group,), [])
    names = [_name(one, key) for one in entries]
    there = _entries(_body(raw), group)
    for index in _gone(there, names, key):
        raw = without_item(raw, (group, index))
    known = [name for name in (_name(one, key) for one in there) if name in names]
    new = [one for one, name in zip(entries, names, strict=True) if name not in known]
    return _added(raw, (group,), new, is_empty=not known)


def _entries(body: Body, group: str) -> list[Any]:
    found: Any = body[group]
    return found if isinstance(found, list) else []


def _name(entry: Any, key: str) -> Any:
    return entry.get(key) if key and isinstance(entry, Mapping) else entry


def _gone(entries: list[Any], names: list[Any], key: str) -> Iterator[int]:
    """Yield which entries are not wanted, from the last to the first, so that the places of the others stay."""
    yield from (index for index in range(len(entries) - 1, -1, -1) if _name(entries[index], key) not in names)


def _added(raw: bytes, path: Path, new: list[Any], *, is_empty: bool) -> bytes:
    """Return the file with entries behind the last one of a list."""
    if new and is_empty and all(isinstance(one, Mapping) for one in new):
        return filled(raw, path, new)
    return extended(raw, path, new)


def _value_over(raw: bytes, kind: FileKind, path: Path, value: Any) -> bytes:
    """Return the file with one value in its place."""
    body = _body(raw)
    document = Document("", kind, body, raw)
    span = document.positions.values.get(path)
    source = document.source(span) if span is not None else ""
    is_long = "\n" in source.rstrip("\r\n")
    if span is not None and isinstance(value, list) and (is_long or "#" in source):
        return _items_over(raw, path, value)
    if span is None or not is_long:
        return assigned(raw, kind, path, value, body)
    written, place = value_span(source, span)
    return applied(raw, [Edit(place, flow(value))]) if written else raw


def _items_over(raw: bytes, path: Path, wanted: list[Any]) -> bytes:
    """Return the file with a list that stands on several lines entry by entry as it is wanted, in whatever order."""
    there: Any = _body(raw)
    for step in path:
        there = there[step]
    for index in _gone(there, wanted, ""):
        raw = without_item(raw, (*path, index))
    kept = [one for one in there if one in wanted]
    return _added(raw, path, [one for one in wanted if one not in there], is_empty=not kept)
