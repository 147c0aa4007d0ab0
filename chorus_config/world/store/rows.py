"""The rows of a store, to and from our words. Bodies and fields are JSON text, in the shape of the sheets."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, null, select, update

from chorus_config.resources.expand import root_of
from chorus_config.words.held import Past, Write
from chorus_config.words.operation import Operation
from chorus_config.words.snapshot import Record
from chorus_config.world.store.tables import HISTORY, OPERATIONS, RECORDS, missing


def records(connection: Connection) -> dict[str, Record]:
    """Return what is approved, by root in their order. Raises ValueError on what no write left."""
    rows = connection.execute(select(RECORDS.c.root, RECORDS.c.approved, RECORDS.c.path).order_by(RECORDS.c.root))
    return {row.root: Record(row.root, _body(row.root, row.approved), row.path) for row in rows}


def confirmed(connection: Connection) -> dict[str, Record]:
    """Return what is confirmed, by root; a structure of which nothing is known has no entry. Raises ValueError."""
    wanted = select(RECORDS.c.root, RECORDS.c.confirmed, RECORDS.c.path).where(RECORDS.c.confirmed.is_not(null()))
    rows = connection.execute(wanted.order_by(RECORDS.c.root))
    return {row.root: Record(row.root, _body(row.root, row.confirmed), row.path) for row in rows}


def operations(connection: Connection, number: int, *, only_open: bool) -> tuple[Operation, ...]:
    """Return operations in the order they were opened, from a store of any format that we know. Raises ValueError, KeyError."""
    lacking = missing(number)
    columns = [literal(None).label(c.name) if c.name in lacking else c for c in OPERATIONS.c if c.name != "serial"]
    wanted = select(*columns).order_by(OPERATIONS.c.id)
    rows = connection.execute(wanted.where(OPERATIONS.c.state == "open") if only_open else wanted)
    return tuple(Operation(**{**row, "fields": tuple(json.loads(row["fields"]))}) for row in rows.mappings())


def history(connection: Connection) -> tuple[Past, ...]:
    """Return every write, the oldest first. Raises ValueError."""
    rows = connection.execute(select(HISTORY).order_by(HISTORY.c.serial)).mappings()
    return tuple(Past(**{**row, "document": json.loads(row["document"])}) for row in rows)


def count_open(connection: Connection) -> int:
    """Return how many operations are open."""
    counted = select(func.count()).select_from(OPERATIONS).where(OPERATIONS.c.state == "open")
    return int(connection.execute(counted).scalar_one())


def write_records(connection: Connection, wanted: Write) -> None:
    """Write what is approved; what is forgotten goes whole."""
    for root in wanted.forgotten:
        connection.execute(delete(RECORDS).where(RECORDS.c.root == root))
    known = set(connection.execute(select(RECORDS.c.root)).scalars())
    rows = [{"at": record.root, "path": record.path, "approved": _text(record.body)} for record in wanted.records]
    old, new = ([row for row in rows if (row["at"] in known) is there] for there in (True, False))
    if old:
        changed = update(RECORDS).where(RECORDS.c.root == bindparam("at"))
        connection.execute(changed.values(path=bindparam("path"), approved=bindparam("approved")), old)
    if new:
        connection.execute(insert(RECORDS), [{"root": row.pop("at"), **row} for row in new])


def write_confirmed(connection: Connection, wanted: Write) -> None:
    """Write what is known to be on the portal, beside what is approved."""
    rows = [{"at": root, "body": None if body is None else _text(body)} for root, body in wanted.confirmed.items()]
    if rows:
        connection.execute(update(RECORDS).where(RECORDS.c.root == bindparam("at")).values(confirmed=bindparam("body")), rows)


def write_operations(connection: Connection, wanted: Write, serial: int) -> None:
    """Settle operations, each once, and open new ones. Raises ValueError for one that was not open."""
    for closing in wanted.closings:
        still = (OPERATIONS.c.id == closing.id) & (OPERATIONS.c.state == "open")
        told = {"state": closing.state, "reason": closing.reason, "closed_at": wanted.at, "closed_by": wanted.by}
        if connection.execute(update(OPERATIONS).where(still).values(**told)).rowcount != 1:
            raise ValueError(closing.id)
    rows = [
        {
            "plan": wanted.plan, "serial": serial, "address": operation.address, "op": operation.op,
            "fields": _text(operation.fields), "state": "open", "opened_at": wanted.at,
        }
        for operation in wanted.operations
    ]  # fmt: skip
    if rows:
        connection.execute(insert(OPERATIONS), rows)


def write_history(connection: Connection, wanted: Write, serial: int) -> None:
    """Note the write, for ever."""
    row = {
        "serial": serial, "event": wanted.event, "at": wanted.at, "by": wanted.by, "plan": wanted.plan,
        "commit": wanted.commit, "document": json.dumps(wanted.document, sort_keys=True),
    }  # fmt: skip
    connection.execute(insert(HISTORY), row)


def _body(root: str, text: str) -> dict[str, Any]:
    """Return a record's body; raise ValueError when it is not the sheet that its root names."""
    body = json.loads(text)
    if not isinstance(body, dict) or str(root_of(body)) != root:
        raise ValueError(root)
    return body


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
