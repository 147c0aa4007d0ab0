"""Who holds the store for writing, and taking a lock away."""

from __future__ import annotations

from collections.abc import Callable

from chorus_config.app.project import OpenProject
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import Locked, NoInput, Refused
from chorus_config.model.store_state import Lock
from chorus_config.store.address import is_postgres
from chorus_config.yamltext.characters import printable


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
            raise Locked(say(message, who=printable(lock.who), host=printable(lock.host), since=printable(lock.since)))
        if not cut_off(lock):
            raise Refused(say(_("nothing was released: the answer was no")))
    if not store.database.release(ident):
        raise _unknown(say, ident)
    return lock


def _unknown(say: Translator, ident: str) -> NoInput:
    return NoInput(say(_("no lock {id}: `chorus-config lock list` shows those there are"), id=f'"{printable(ident)}"'))
