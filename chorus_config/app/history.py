"""Who approved and entered what, when, from which plan."""

from __future__ import annotations

from collections.abc import Iterable

from chorus_config.app.names import known_names
from chorus_config.app.project import OpenProject
from chorus_config.i18n.translator import _
from chorus_config.model.address import parse_address
from chorus_config.model.errors import NoInput
from chorus_config.model.snapshot import Snapshot
from chorus_config.render.history.view import History, ShownWrite, entries, entries_of


def read_history(project: OpenProject, ident: str | None = None) -> History:
    """Return every write, or those that an id names: a serial, the beginning of a plan's digest, an identifiant or address.

    Raises NoInput for an id that names nothing.
    """
    store = project.store()
    source, past = store.database.name or store.url, store.history()
    found = entries(past) if ident is None else entries_of(past, ident)
    if ident is not None and not found:
        message = _(
            "{id} names nothing in the history: give the number of a write, six signs of a plan's digest, or an address"
        )
        raise NoInput(project.say(message, id=f'"{ident}"'))
    return History(source, found, ident, _names(project, found, store.read().snapshot))


def _names(project: OpenProject, writes: Iterable[ShownWrite], approved: Snapshot) -> dict[str, str]:
    """Return what people call what the writes are about: as they are approved now, else as the last write knew them."""
    noted: dict[str, str] = {}
    addresses: set[str] = set()
    for write in writes:
        noted |= write.names
        addresses |= write.addresses
    return noted | known_names(project, map(parse_address, addresses), approved)
