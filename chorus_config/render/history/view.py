"""Looking into the history of a store: one write, one plan, or all that ever happened to a structure or an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field

from chorus_config.diff.names import Names
from chorus_config.model.store_state import HistoryEntry

Rows = tuple[Mapping[str, Any], ...]
# As many signs of a digest as nobody types by chance.
_DIGEST: Final = re.compile("[0-9a-f]{6,64}", re.ASCII)


class ShownWrite(Struct, frozen=True):
    """One write as it is shown: how many changes it approved, which acceptances it needed, what it settled.

    `forgotten` are the roots that are no longer managed, `recorded` those for which an observed source was taken over.
    `dirty` tells that the approved sheets were not those of the commit.

    `changes` are those that were asked about; in a list of all writes there are none.
    """

    entry: HistoryEntry
    count: int
    accepted: Rows
    operations: Rows
    forgotten: tuple[str, ...]
    recorded: tuple[str, ...] = ()
    changes: Rows = ()
    dirty: bool = False

    @property
    def names(self) -> Mapping[str, str]:
        """What people called what it is about, by root, as far as it was noted."""
        noted = self.entry.document.get("names")
        return {str(root): str(name) for root, name in noted.items()} if isinstance(noted, Mapping) else {}

    @property
    def addresses(self) -> frozenset[str]:
        """All that is shown of it is about these."""
        rows = (*self.accepted, *self.operations, *self.changes)
        return frozenset((*(str(row.get("address", "")) for row in rows), *self.forgotten, *self.recorded))


class History(Struct, frozen=True):
    """The writes of a store, the oldest first; `ident` is what they were narrowed to, `names` what people call all of it."""

    source: str
    writes: tuple[ShownWrite, ...]
    ident: str | None = None
    names: Names = field(default_factory=dict)


def entries(history: Iterable[HistoryEntry]) -> tuple[ShownWrite, ...]:
    """Return every write in short, in its order."""
    return tuple(_entry(entry, None) for entry in history)


def entries_of(history: Sequence[HistoryEntry], wanted: str) -> tuple[ShownWrite, ...]:
    """Return the writes that an id names with their changes, () for none.

    The id is a serial, the beginning of a plan's digest, or an identifiant or address, of which only its own is then told.
    """
    named = [entry for entry in history if str(entry.serial) == wanted] or _planned(history, wanted.lower())
    if named:
        return tuple(_entry(entry, "") for entry in named)
    writes = (_entry(entry, wanted) for entry in history)
    return tuple(one for one in writes if one.changes or one.operations or one.forgotten or one.recorded)


def _planned(history: Iterable[HistoryEntry], beginning: str) -> list[HistoryEntry]:
    """Return the writes whose plan's digest begins so."""
    return [entry for entry in history if entry.plan.startswith(beginning)] if _DIGEST.fullmatch(beginning) else []


def _entry(entry: HistoryEntry, wanted: str | None) -> ShownWrite:
    """Return a write: in short (None), whole (""), or as far as it is about an address."""
    document = entry.document
    changes, scope = _rows(document, "changes"), wanted or ""
    return ShownWrite(
        entry,
        len(changes),
        tuple(_in_scope(_rows(document, "accepted"), scope)),
        tuple(_in_scope(_rows(document, "operations"), scope)),
        _roots(document, "forgotten", scope),
        _roots(document, "structures", scope),
        () if wanted is None else tuple(_in_scope(changes, scope)),
        document.get("dirty") is True,
    )


def _rows(document: Mapping[str, Any], name: str) -> Rows:
    found = document.get(name, ())
    return tuple(row for row in found if isinstance(row, Mapping)) if isinstance(found, list) else ()


def _roots(document: Mapping[str, Any], name: str, wanted: str) -> tuple[str, ...]:
    return tuple(root for root in document.get(name, ()) if not wanted or _within(root, wanted))


def _in_scope(rows: Rows, wanted: str) -> Iterator[Mapping[str, Any]]:
    return (row for row in rows if not wanted or _within(str(row.get("address", "")), wanted))


def _within(address: str, wanted: str) -> bool:
    return address == wanted or address.startswith(f"{wanted}/")
