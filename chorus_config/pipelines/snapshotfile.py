"""A snapshot as a file: what an observed source said on one day, from text and to text (docs/snapshot.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from chorus_config.pipelines.strictjson import strict_json
from chorus_config.resources.expand import Expanded, collapse, expand, root_of
from chorus_config.resources.fields import is_sensitive, pointer
from chorus_config.resources.mask import masked_body
from chorus_config.schema.accept import accepts
from chorus_config.schema.nodes import resolved
from chorus_config.schema.packaged import STRICT, Schema, schema
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.words.address import Address, parse_address
from chorus_config.words.document import Body
from chorus_config.words.errors import Refused, Unavailable
from chorus_config.words.finding import Path
from chorus_config.words.kinds import LISTS, OWN_BLOCK
from chorus_config.words.snapshot import Record, Snapshot
from chorus_config.yamltext.characters import printable

_TYPES: Final = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict}


def read_snapshot(text: str, name: str, say: Texts) -> Snapshot:
    """Return the snapshot of a text; `name` is that of its file. Raises Unavailable, Refused (newer format).

    Each body is completed with what its root says. A masked value, as results show it, counts as not reported.
    """
    document = _document(text, name, say)
    records: dict[str, Record] = {}
    for number, row in enumerate(document["records"]):
        root, where = row["root"], pointer(("records", number))
        if root in records:
            raise _useless(name, say(_("{root} is there twice"), root=printable(root)), say)
        fault = _fault(row["body"], root)
        if fault is not None:
            raise _useless(name, f"{printable(where + pointer(('body', *fault[0])))}: {say(fault[1])}", say)
        records[root] = Record(root, _unmasked(_whole(row["body"], root)))
    return Snapshot(records, document["source"], document["taken_at"])


def snapshot_document(snapshot: Snapshot, *, shown: bool = False) -> dict[str, Any]:
    """Return a snapshot as its JSON document; sensitive values stand masked in what is `shown`, as they are in what is kept."""
    return {
        "format_version": "1.0",
        "type": "snapshot",
        "source": snapshot.source,
        "taken_at": snapshot.taken_at,
        "records": [
            {"root": root, "body": masked_body(record.body) if shown else record.body}
            for root, record in sorted(snapshot.records.items())
        ],
    }


def _document(text: str, name: str, say: Texts) -> Mapping[str, Any]:
    try:
        document = strict_json(text)
    except ValueError:
        raise _useless(name, say(_("it is truncated or damaged JSON")), say) from None
    version = document.get("format_version") if isinstance(document, dict) else None
    if isinstance(version, str) and document.get("type") == "snapshot" and not version.startswith("1."):
        told = _("{name} has snapshot format {version}, this version knows 1.x: update chorus-config")
        raise Refused(say(told, name=printable(name), version=printable(version)))
    # Output schemas have no dated parts: any day will do. What a failed command wrote is no snapshot.
    if not isinstance(document, dict) or not accepts("snapshot", date.min, document) or "error" in document:
        raise _useless(name, say(_("it is not what `chorus-config observe -o FILE` writes")), say)
    try:
        datetime.fromisoformat(document["taken_at"])
    except ValueError:
        raise _useless(name, say(_("taken_at is no instant")), say) from None
    return document


def _useless(name: str, why: str, say: Texts) -> Unavailable:
    return Unavailable(say(_("{name} cannot be used as a snapshot: {why}"), name=printable(name), why=why))


def _fault(body: Mapping[str, Any], root: str) -> tuple[Path, str] | None:
    """Return where a body is not in the shape of a sheet, and why (a message id); None when all is well."""
    address = parse_address(root)
    if address.group not in {"", "comptes"} or not address.owner or "/" in address.owner:
        return (), _("root is neither an identifiant nor comptes/REF")
    kind = _kind(address)
    named = root_of({"type": kind, **body})
    if body.get("type", kind) != kind or (named is not None and named != address):
        return (), _("root and body do not name the same structure or account")
    return next(_misshapen(body, schema(STRICT[kind]), schema(STRICT[kind]), ()), None)


def _misshapen(value: Any, node: Schema, whole: Schema, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield each place where a value is not of the type that its schema wants; a body need not be complete."""
    wanted = _TYPES.get(node.get("type", "string"))
    # To Python, true is a number.
    if wanted is None or not isinstance(value, wanted) or isinstance(value, bool) is not (wanted is bool):
        yield path, _("a value of another type is due here")
    elif isinstance(value, dict):
        yield from _misshapen_block(value, node, whole, path)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _misshapen(item, resolved(whole, node["items"]), whole, (*path, index))
        yield from _misnamed(value, path)


def _misshapen_block(block: dict[str, Any], node: Schema, whole: Schema, path: Path) -> Iterator[tuple[Path, str]]:
    for key, item in block.items():
        inner = resolved(whole, node["properties"].get(key))
        # The blocks of the screen that no file manages are known words without a type.
        if not inner or inner.get("not") == {}:
            yield (*path, key), _("no sheet has this key")
        else:
            yield from _misshapen(item, inner, whole, (*path, key))


def _misnamed(entries: list[Any], path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the entries of a list of the sheet without a name, or with the name of an earlier one."""
    kind = next((kind for kind in LISTS if path == (kind.group,)), None)
    names: set[str] = set()
    for index, entry in enumerate(entries if kind is not None else ()):
        name = entry.get(kind.key) if kind is not None and kind.key and isinstance(entry, dict) else entry
        if not isinstance(name, str) or not name or name in names:
            yield (*path, index), _("an entry needs a name of its own")
        else:
            names.add(name)


def _kind(address: Address) -> str:
    return "compte-utilisateur" if address.group else "fiche-structure"


def _whole(body: Mapping[str, Any], root: str) -> dict[str, Any]:
    """Return a body with what its root says of it."""
    address = parse_address(root)
    kind = _kind(address)
    named: dict[str, Any] = {"type": kind, "version": 1}
    if address.group:
        return {**named, "ref": address.owner, **body}
    block = OWN_BLOCK[kind]
    return {**named, **body, block: {"identifiant": address.owner, **body.get(block, {})}}


def _unmasked(body: Mapping[str, Any]) -> Body:
    """Return a body without the sensitive values that somebody masked."""
    known = expand(body)
    left = {
        address: {key: value for key, value in resource.items() if not _is_masked(address.group, key, value)}
        for address, resource in known.resources.items()
    }
    return body if left == dict(known.resources) else collapse(Expanded(left, known.lists))


def _is_masked(group: str, key: str, value: object) -> bool:
    return isinstance(value, str) and "****" in value and is_sensitive(group, pointer((key,)))
