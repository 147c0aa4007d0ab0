"""Writing to the store: who writes, how long to wait, what to do when it moved; who holds the lock, and taking it away."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.app.project import OpenProject
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Locked, NoInput, Refused
from chorus_config.model.store_state import Ledger, Lock, StoreState, StoreWrite
from chorus_config.render.shared.dates import instant_text
from chorus_config.store.address import is_postgres
from chorus_config.workspace.git import user_name
from chorus_config.yamltext.characters import printable

if TYPE_CHECKING:
    from chorus_config.store.store import Store


_TRIES: Final = 5
# Makes what is to be written of the store as it is now, None for nothing.
MakeWrite = Callable[[StoreState, Ledger], StoreWrite | None]


def approved_state(project: OpenProject, trusted: Collection[str] = ()) -> StoreState:
    """Return what the store of a project holds, as `Store.read` does, without a library where it is a file as it should be."""
    from chorus_config.store.sqlite_reader import read_file  # noqa: PLC0415 - a state that is given needs no store

    found = read_file(project.config.store, project.root, project.say, trusted)
    return project.store().read(trusted) if found is None else found


def nothing_dropped(project: OpenProject) -> bool:
    """Tell whether it is sure that the store holds no operation that was dropped; else `Store.dropped` tells."""
    from chorus_config.store.sqlite_reader import has_dropped  # noqa: PLC0415 - as above

    return has_dropped(project.config.store, project.root, project.say) is False


class Writer(Struct, frozen=True):
    """Who writes to the store, for the history, and how long, in seconds, to wait while somebody else does.

    Without a name, that of `CHORUS_CONFIG_BY` counts, else git's user.name, else the login.
    """

    by: str | None = None
    lock_timeout: float = 10.0


@contextmanager
def write_lock(project: OpenProject, store: Store, writer: Writer) -> Iterator[None]:
    """Hold the store for one write; say whose lock was taken over. Raises Locked after the time of the writer."""
    with store.locked(writer.by or os.environ.get("CHORUS_CONFIG_BY", ""), writer.lock_timeout) as dead:
        if dead is not None:
            message = _("note: {who} on {host} died holding the store since {since}: its lock was taken over")
            project.note(message, who=dead.who, host=dead.host, since=instant_text(dead.since, project.say))
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
        return None if made is None else store.write(signed(project, writer, made))


def signed(project: OpenProject, writer: Writer, write: StoreWrite) -> StoreWrite:
    """Return a write with the name of who writes, and where the name comes from.

    The name that was given (`by`, `CHORUS_CONFIG_BY`), else git's user.name, else the login: somebody is always named.
    """
    from chorus_config.store.database import login  # noqa: PLC0415 - only what writes needs a database

    given = writer.by or os.environ.get("CHORUS_CONFIG_BY", "")
    by_git = "" if given else user_name(project.root)
    name, origin = (given, "given") if given else (by_git, "git") if by_git else (login(), "login")
    return replace(write, by=name, document={**write.document, "by_origin": origin})


def lock_list(project: OpenProject) -> tuple[Lock, ...]:
    """Return who holds the store for writing, or died holding it; there may be nobody."""
    return tuple(project.store().database.locks())


def _nobody(_lock: Lock) -> bool:
    """Cut nobody off who is alive."""
    return False


def lock_release(project: OpenProject, ident: str, cut_off: Callable[[Lock], bool] = _nobody) -> Lock:
    """Take a lock away, and return it. `cut_off` decides whether somebody alive loses theirs, which only a server can do.

    Raises NoInput for an unknown id, Locked for somebody alive on SQLite, Refused when `cut_off` declines.
    """
    store, say = project.store(), project.say
    lock = next((one for one in store.database.locks() if one.id == ident), None)
    if lock is None:
        raise _unknown(say, ident)
    if lock.alive:
        if not is_postgres(store.url):
            message = _(
                "{who} on {host} holds the store since {since} and is alive: wait for it to end, or end that program there"
            )
            raise Locked(say(message, who=printable(lock.who), host=printable(lock.host), since=instant_text(lock.since, say)))
        if not cut_off(lock):
            raise Refused(say(_("nothing was released: the answer was no")))
    if not store.database.release(ident):
        raise _unknown(say, ident)
    return lock


def _unknown(say: Translator, ident: str) -> NoInput:
    return NoInput(say(_("no lock {id}: `chorus-config lock list` shows those there are"), id=f'"{printable(ident)}"'))
