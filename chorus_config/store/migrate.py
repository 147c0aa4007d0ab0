"""Moving a store to another database, whole: who it is, what it holds, its operations with their numbers, its history."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Refused
from chorus_config.store.contents import Rows, digest_of, insert_rows, read_rows, rows_of
from chorus_config.store.formats import FORMAT
from chorus_config.store.store import Store
from chorus_config.store.tables import make_tables


class Moved(Struct, frozen=True):
    """What was copied: how many rows of each table, and the digest of all of them, found equal on both sides."""

    counts: Mapping[str, int]
    digest: str


def move(source: Store, target: Store, say: Translator) -> Moved:
    """Copy a store into an empty one, in one transaction, and read it back; the source is only read.

    Raises NoInput when there is no source, Refused when the target holds something or the copy is not the same.
    """
    rows = require_movable(source, target, say)
    target.database.prepare()
    with target.database.begin(write=True) as connection:
        if target.format_of(connection):
            raise _not_empty(target, say)
        make_tables(connection)
        insert_rows(connection, rows)
        target.database.stamp(connection, FORMAT)
        _require_same(rows, read_rows(connection, FORMAT), say)
        # Whoever wrote to the source meanwhile would be lost.
        _require_same(rows, rows_of(source), say)
    _require_same(rows, rows_of(target), say)
    return Moved({name: len(found) for name, found in rows.items()}, digest_of(rows))


def require_movable(source: Store, target: Store, say: Translator) -> Rows:
    """Return what is to be copied. Raises NoInput when there is nothing, Refused when the target holds something."""
    rows = rows_of(source)
    if rows is None:
        raise NoInput(say(_("there is no store at {path}"), path=source.database.name or source.url))
    if rows_of(target) is not None:
        raise _not_empty(target, say)
    return rows


def _not_empty(target: Store, say: Translator) -> Refused:
    message = _("nothing was copied: {path} holds a store already; give the address of an empty one")
    return Refused(say(message, path=target.database.name or target.url))


def _require_same(one: Rows, other: Rows | None, say: Translator) -> None:
    if other is None or digest_of(one) != digest_of(other):
        message = _("nothing was copied: the copy differs from the store, which somebody else may be writing; try again")
        raise Refused(say(message))
