"""Who approved and entered what, when, from which plan."""

from __future__ import annotations

from dataclasses import dataclass

from chorus_config.app.project import OpenProject
from chorus_config.i18n.translator import _
from chorus_config.model.errors import NoInput
from chorus_config.render.history.view import ShownWrite, entries, entries_of


@dataclass(frozen=True, slots=True)
class History:
    """The writes of a store, the oldest first; `ident` is what they were narrowed to."""

    source: str
    writes: tuple[ShownWrite, ...]
    ident: str | None = None


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
    return History(source, found, ident)
