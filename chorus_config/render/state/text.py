"""What a store holds, for people: one line a structure, or one structure as its sheet beside the portal; who holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from chorus_config.diff.expand import expand
from chorus_config.diff.fields import leaves, pointer
from chorus_config.diff.names import record_name
from chorus_config.diff.sensitive import masked_body, masked_resources
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import Address
from chorus_config.model.operation import Operation
from chorus_config.model.project import Body
from chorus_config.model.store_state import Lock
from chorus_config.render.shared.dates import day_text, instant_text
from chorus_config.render.shared.gestures import state_of, to_do
from chorus_config.render.shared.paint import Paint
from chorus_config.render.state.view import CONFIRMED, RecordStatus
from chorus_config.render.worksheet.sentences import reopen_command
from chorus_config.yamltext.characters import printable

_PAD: Final = "  "


def list_text(source: str, statuses: Sequence[RecordStatus], say: Translator, paint: Paint) -> str:
    """Return one line a structure or account: its name, file, open operations, whether it is confirmed."""
    if not statuses:
        return say(_("Nothing is approved in the store {path}."), path=printable(source)) + "\n"
    rows = [_columns(status, say) for status in statuses]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        paint("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), "title")
        + f"  {row[3]}, {paint(row[4], 'good' if status.is_confirmed == 'yes' else 'warning')}"
        for row, status in zip(rows, statuses, strict=True)
    ]
    return "\n".join([printable(source), "", *lines]) + "\n"


def _columns(status: RecordStatus, say: Translator) -> tuple[str, str, str, str, str]:
    record = status.record
    count = say.count(_("{n} open operation"), _("{n} open operations"), len(status.waiting))
    label = printable(record_name(record))
    return printable(record.root), label, printable(record.path), count, say(CONFIRMED[status.is_confirmed])


def show_text(status: RecordStatus, say: Translator, paint: Paint) -> str:
    """Return a structure or account as its sheet; a remark tells where the portal is not known to be so."""
    record = status.record
    head = paint(f"{printable(record.root)}  {printable(record_name(record))}", "title")
    lines = [f"{head}   {printable(record.path)}", f"# {say(CONFIRMED[status.is_confirmed])}"]
    blocks = ["\n".join(lines), "\n".join(_sheet(record.body, _remarks(status, say)))]
    if status.operations:
        blocks.append("\n".join([say(_("Operations:")), *_operations(status, say)]))
    return "\n\n".join(blocks) + "\n"


def _operations(status: RecordStatus, say: Translator) -> Iterator[str]:
    for one in status.operations:
        yield _operation(one, say)
        if one.id in status.given_up:
            yield f"      {say(_('to open it again: {command}'), command=printable(reopen_command(one)))}"


def _operation(one: Operation, say: Translator) -> str:
    state = to_do(one, say) if one.state == "open" else state_of(one.gesture, one.state, say)
    day = day_text(one.closed_at or one.opened_at, say)
    by = f", {printable(one.closed_by)}" if one.closed_by else ""
    reason = f" ({printable(one.reason)})" if one.reason else ""
    return f"  {one.id}  {printable(one.address)}: {state}, {day}{by}{reason}"


Remarks = Mapping[tuple[Address, str], str]


def _remarks(status: RecordStatus, say: Translator) -> Remarks:
    """Return what is to be said of each approved field that is not confirmed; "" is said of a whole resource."""
    remarks: dict[tuple[Address, str], str] = {}
    confirmed = masked_resources(status.confirmed) if status.confirmed is not None else {}
    approved = masked_resources(status.record.body)
    for change in status.left:
        known = leaves(confirmed.get(change.address, {}))
        if change.op == "update":
            for field in change.fields:
                seen = _scalar(known[field.path]) if field.path in known else say(_("not reported"))
                alike = field.path in known and known[field.path] == leaves(approved[change.address])[field.path]
                hidden = say(_(" (the hidden part differs)")) if alike else ""
                remarks[change.address, field.path] = say(_("on the portal: {value}"), value=seen) + hidden
        elif change.op == "create":
            remarks[change.address, ""] = say(_("not yet on the portal"))
        else:
            remarks[change.address, ""] = say(_("still on the portal"))
    return remarks


def _sheet(body: Body, remarks: Remarks) -> Iterator[str]:
    """Yield the lines of a sheet; entries that are to go from the portal stand at the end, as remarks."""
    known, shown = expand(body), masked_body(body)
    root = next(iter(known.resources), None)
    if root is None:
        return
    yield from _remark("", remarks.get((root, "")))
    for key, value in shown.items():
        if key in known.lists:
            yield f"{_key(key)}:" + ("" if value else " []")
            yield from _entries(known.resources, root, key, value, remarks)
        elif isinstance(value, Mapping):
            yield f"{_key(key)}:"
            # The fields of a structure's own block are its own: `/libelle`.
            yield from _block(value, root, pointer((key,)) if key in known.resources[root] else "", _PAD, remarks)
        else:
            yield from _leaf(key, value, (root, pointer((key,))), "", remarks)
    for address, path in remarks:
        if not path and address not in known.resources:
            yield f"# {printable(str(address))}: {remarks[address, path]}"


def _entries(resources: Mapping[Address, Any], root: Address, group: str, entries: Any, remarks: Remarks) -> Iterator[str]:
    addresses = [address for address in resources if address.group == group and address.owner == root.owner]
    for address, entry in zip(addresses, entries, strict=False):
        remark = remarks.get((address, ""))
        if not isinstance(entry, Mapping):
            yield f"{_PAD}- {_scalar(entry)}" + (f"  # {remark}" if remark else "")
            continue
        yield from _remark(_PAD, remark)
        lines = [*_block(entry, address, "", _PAD * 2, remarks)]
        yield f"{_PAD}- {lines[0].lstrip()}"
        yield from lines[1:]


def _block(node: Mapping[str, Any], address: Address, at: str, pad: str, remarks: Remarks) -> Iterator[str]:
    for key, value in node.items():
        path = at + pointer((key,))
        if isinstance(value, Mapping):
            yield f"{pad}{_key(key)}:"
            yield from _block(value, address, path, pad + _PAD, remarks)
        else:
            yield from _leaf(key, value, (address, path), pad, remarks)


def _leaf(key: str, value: object, field: tuple[Address, str], pad: str, remarks: Remarks) -> Iterator[str]:
    remark = remarks.get(field)
    yield f"{pad}{_key(key)}: {_scalar(value)}" + (f"  # {remark}" if remark else "")


def _remark(pad: str, remark: str | None) -> Iterator[str]:
    if remark:
        yield f"{pad}# {remark}"


def _key(key: str) -> str:
    return printable(str(key))


def _scalar(value: object) -> str:
    """Return a value as YAML reads it, on one line: JSON is YAML."""
    return printable(json.dumps(value, ensure_ascii=False, default=str))


def locks_text(locks: Sequence[Lock], say: Translator) -> str:
    """Return one line a lock; what died holding it is taken over by the next who writes."""
    lines = [_line(lock, say) for lock in locks]
    return "\n".join(lines or [say(_("Nobody holds the store."))]) + "\n"


def _line(lock: Lock, say: Translator) -> str:
    if lock.alive:
        message = _("{id}  {who} on {host}, since {since}: alive")
    else:
        message = _("{id}  {who} on {host}, since {since}: dead, the next who writes takes over")
    return say(
        message, id=printable(lock.id), who=printable(lock.who), host=printable(lock.host), since=instant_text(lock.since, say)
    )


def backup_contents(rows: Mapping[str, int], say: Translator) -> str:
    """Return how much a backup holds, in one line."""
    message = _("structures and accounts: {records}, operations: {operations}, writes of the history: {writes}")
    return say(message, records=rows["records"], operations=rows["operations"], writes=rows["history"])
