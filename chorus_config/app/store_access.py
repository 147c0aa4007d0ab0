"""What the commands that write to the store share: who writes, how long to wait for the lock, what to do when it moved."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

from chorus_config.app.project import OpenProject
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import Refused
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite
from chorus_config.store.store import Store

_TRIES: Final = 5


def by_option(say: Translator) -> click.Option:
    """Return the `--by` option: the person, and perhaps the pull request, that the history names."""
    return click.Option(
        ["--by"], metavar="NAME", envvar="CHORUS_CONFIG_BY",
        help=say(_("Who approves (and which pull request), for the history.")),
    )  # fmt: skip


def lock_timeout_option(say: Translator) -> click.Option:
    """Return the `--lock-timeout` option, in seconds."""
    return click.Option(
        ["--lock-timeout"], type=click.FloatRange(0, 86_400), default=10.0, show_default=True, metavar="SECONDS",
        envvar="CHORUS_CONFIG_LOCK_TIMEOUT", help=say(_("How long to wait while somebody else writes to the store.")),
    )  # fmt: skip


@contextmanager
def held_for_write(session: OpenProject, store: Store) -> Iterator[None]:
    """Hold the store for one write; say whose lock was taken over. Raises Locked after `--lock-timeout`."""
    own = session.request.own
    with store.locked(own.get("by") or os.environ.get("CHORUS_CONFIG_BY", ""), own["lock_timeout"]) as dead:
        if dead is not None:
            told = _("note: {who} on {host} died holding the store since {since}: its lock was taken over")
            session.note(told, who=dead.who, host=dead.host, since=dead.since)
        yield


def rewritten(session: OpenProject, store: Store, make: Callable[[StoreState, Ledger], StoreWrite | None]) -> int | None:
    """Write what `make` makes of the store as it is now; when somebody else was faster, read it again and make it anew.

    Returns how many operations are then open, None when `make` found nothing left to write. Raises like `Store.write`.
    """
    for _tried in range(_TRIES - 1):
        try:
            return _once(session, store, make)
        except Refused:
            # A store of a newer format is refused again when it is read.
            continue
    return _once(session, store, make)


def _once(session: OpenProject, store: Store, make: Callable[[StoreState, Ledger], StoreWrite | None]) -> int | None:
    with held_for_write(session, store):
        # In this order: what moves between the two readings is refused by the serial of the first.
        held = store.read()
        wanted = make(held, store.ledger())
        return None if wanted is None else store.write(wanted)
