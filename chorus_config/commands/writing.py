"""What the commands that write to the store share: who writes, and how long to wait for the lock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from chorus_config.commands.session import Session
from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts
from chorus_config.world.store.store import Store


def by_option(say: Texts) -> click.Option:
    """Return the `--by` option: the person, and perhaps the pull request, that the history names."""
    return click.Option(
        ["--by"], metavar="NAME", envvar="CHORUS_CONFIG_BY",
        help=say(_("Who approves (and which pull request), for the history.")),
    )  # fmt: skip


def lock_timeout_option(say: Texts) -> click.Option:
    """Return the `--lock-timeout` option, in seconds."""
    return click.Option(
        ["--lock-timeout"], type=click.FloatRange(0, 86_400), default=10.0, show_default=True, metavar="SECONDS",
        envvar="CHORUS_CONFIG_LOCK_TIMEOUT", help=say(_("How long to wait while somebody else writes to the store.")),
    )  # fmt: skip


@contextmanager
def held_for_write(session: Session, store: Store) -> Iterator[None]:
    """Hold the store for one write; say whose lock was taken over. Raises Locked after `--lock-timeout`."""
    own = session.request.own
    with store.locked(own.get("by") or os.environ.get("CHORUS_CONFIG_BY", ""), own["lock_timeout"]) as dead:
        if dead is not None:
            told = _("note: {who} on {host} died holding the store since {since}: its lock was taken over")
            session.note(told, who=dead.who, host=dead.host, since=dead.since)
        yield
