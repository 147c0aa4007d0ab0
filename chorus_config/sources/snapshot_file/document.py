"""A snapshot as a file: what an observed source said on one day (docs/snapshot.md)."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from chorus_config.diff.expand import Expanded, collapse, expand
from chorus_config.diff.fields import pointer
from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import OWN_BLOCK, parse_address
from chorus_config.model.errors import NoInput, Refused, Unavailable
from chorus_config.model.finding import Fault
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.schema.accept import accepts
from chorus_config.schema.explain import faults
from chorus_config.schema.strict_json import NotStrict, strict_json
from chorus_config.sources.snapshot_file.body import EXPECTED_TYPES, fault_of, is_masked, kind_of
from chorus_config.sources.snapshot_file.lines import lines_in
from chorus_config.yamltext.characters import printable

_VERSION: Final = re.compile("([0-9]{1,4})[.][0-9]{1,4}")

MAX_BYTES: Final = 256 * 1024 * 1024
# Without O_NONBLOCK, opening a FIFO waits for a writer for ever. Windows has none of these flags, and no FIFO here.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_snapshot(text: str, name: str, say: Translator) -> Snapshot:
    """Return the snapshot of a text; `name` is that of its file. Raises Unavailable, Refused (newer format).

    Each body is completed with what its root says. A masked value, as results show it, counts as not reported.
    """
    document = _document(text, name, say)
    records: dict[str, Record] = {}
    for number, row in enumerate(document["records"]):
        root, where = row["root"], pointer(("records", number))
        if root in records:
            raise _unusable(name, say(_("{root} is there twice"), root=printable(root)), say)
        fault = fault_of(row["body"], root)
        if fault is not None:
            raise _unusable(name, f"{printable(where + pointer(('body', *fault[0])))}: {say(fault[1])}", say)
        records[root] = Record(root, _unmasked(_completed(row["body"], root)))
    return Snapshot(records, document["source"], document["taken_at"], lines=lines_in(document))


def _document(text: str, name: str, say: Translator) -> Mapping[str, Any]:
    try:
        document = strict_json(text)
    except NotStrict as error:
        values = {key: printable(str(value)) for key, value in error.values.items()}
        raise _unusable(name, say(error.message, **values), say) from None
    if isinstance(document, dict) and document.get("type") == "snapshot" and "format_version" in document:
        _refuse_version(document["format_version"], name, say)
    # Output schemas have no dated parts: any day will do. What a failed command wrote is no snapshot.
    if not isinstance(document, dict) or not accepts("snapshot", date.min, document) or "error" in document:
        message = _("it is not what `chorus-config observe -o FILE` writes: {why}")
        raise _unusable(name, say(message, why=_what_is_missing(document, say)), say)
    try:
        datetime.fromisoformat(document["taken_at"])
    except ValueError:
        where = pointer(("taken_at",))
        raise _unusable(name, say(_("{where} is no instant such as 2026-10-05T08:30:00Z"), where=where), say) from None
    return document


def _refuse_version(version: object, name: str, say: Translator) -> None:
    """Refuse a format that this version does not read: one that is newer, one that never was."""
    found = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if found is None or int(found[1]) < 1:
        message = _("its format_version {version} is unknown: 1.0 is expected")
        raise _unusable(name, say(message, version=printable(str(version))), say)
    if int(found[1]) > 1:
        message = _("{name} has snapshot format {version}, this version knows 1.x: update chorus-config")
        raise Refused(say(message, name=printable(name), version=printable(found[0])))


def _what_is_missing(document: Any, say: Translator) -> str:
    """Return what a document lacks to be a snapshot."""
    if not isinstance(document, dict):
        return say(EXPECTED_TYPES["object"])
    if document.get("type") != "snapshot":
        return say(_("its type is not `snapshot`"))
    if "error" in document:
        return say(_("a command that failed wrote it"))
    return _first_breach(faults("snapshot", date.min, document), say)


def _first_breach(found: Sequence[Fault], say: Translator) -> str:
    """Return what the schema of snapshots says first."""
    path, expected = found[0].path, found[0].args.get("expected")
    where = printable(pointer(path)) or say(_("the document"))
    keys = [str(one.args["key"]) for one in found if one.rule == "CP008" and one.path == path]
    if keys:
        return say(_("{where} lacks {keys}"), where=where, keys=", ".join(keys))
    if isinstance(expected, str):
        return f"{where}: {say(EXPECTED_TYPES[expected])}"
    if path == ("taken_at",):
        return say(_("{where} is no instant such as 2026-10-05T08:30:00Z"), where=where)
    return say(_("{where} has a value that it cannot have"), where=where)


def _unusable(name: str, why: str, say: Translator) -> Unavailable:
    return Unavailable(say(_("{name} cannot be used as a snapshot: {why}"), name=printable(name), why=why))


def _completed(body: Mapping[str, Any], root: str) -> dict[str, Any]:
    """Return a body with what its root says of it."""
    address = parse_address(root)
    kind = kind_of(address)
    named: dict[str, Any] = {"type": kind, "version": 1}
    if address.group:
        return {**named, "ref": address.owner, **body}
    block = OWN_BLOCK[kind]
    return {**named, **body, block: {"identifiant": address.owner, **body.get(block, {})}}


def _unmasked(body: Mapping[str, Any]) -> Body:
    """Return a body without the sensitive values that somebody masked."""
    known = expand(body)
    left = {
        address: {key: value for key, value in resource.items() if not is_masked(address.group, key, value)}
        for address, resource in known.resources.items()
    }
    return body if left == dict(known.resources) else collapse(Expanded(left, known.lists))


def read_file(path: Path, name: str, say: Translator, limit: int = MAX_BYTES) -> str:
    """Return the text of a source's file. Raises NoInput when there is none, Unavailable when it cannot be one."""
    try:
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise NoInput(say(_("no such file: {names}"), names=printable(name))) from None
    except (OSError, ValueError) as error:
        raise _unusable(name, os_reason(error, say), say) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _unusable(name, say(_("it is no file")), say)
    with os.fdopen(handle, "rb") as file:
        try:
            # One byte over the limit is enough to refuse a file of any size without holding it.
            raw = file.read(limit + 1)
        except OSError as error:
            raise _unusable(name, os_reason(error, say), say) from error
    if len(raw) > limit:
        raise _unusable(name, say(_("it is too large")), say)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unusable(name, say(_("it is not UTF-8 text")), say) from None
