"""What the actions that write to the store share: who writes, how long to wait for the lock, what to do when it moved."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chorus_config.app.project import OpenProject
from chorus_config.i18n.mark import _
from chorus_config.model.errors import Refused
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite

if TYPE_CHECKING:
    from chorus_config.store.store import Store

_TRIES: Final = 5
# Makes what is to be written of the store as it is now, None for nothing.
MakeWrite = Callable[[StoreState, Ledger], StoreWrite | None]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes to the store, for the history, and how long, in seconds, to wait while somebody else does."""

    by: str | None = None
    lock_timeout: float = 10.0


@contextmanager
def write_lock(project: OpenProject, store: Store, writer: Writer) -> Iterator[None]:
    """Hold the store for one write; say whose lock was taken over. Raises Locked after the time of the writer."""
    with store.locked(writer.by or os.environ.get("CHORUS_CONFIG_BY", ""), writer.lock_timeout) as dead:
        if dead is not None:
            message = _("note: {who} on {host} died holding the store since {since}: its lock was taken over")
            project.note(message, who=dead.who, host=dead.host, since=dead.since)
        yield


def write_anew(project: OpenProject, store: Store, writer: Writer, make: MakeWrite) -> int | None:
    """Write what `make` makes of the store as it is now; when somebody else was faster, read it again and make it anew.

    Returns how many operations are then open, None when `make` found nothing left to write. Raises like `Store.write`.
    """
    for _tried in range(_TRIES - 1):
        try:
            return _once(project, store, writer, make)
        except Refused:
            # A store of a newer format is refused again when it is read.
            continue
    return _once(project, store, writer, make)


def _once(project: OpenProject, store: Store, writer: Writer, make: MakeWrite) -> int | None:
    with write_lock(project, store, writer):
        # In this order: what moves between the two readings is refused by the serial of the first.
        state = store.read()
        made = make(state, store.ledger())
        return None if made is None else store.write(made)
