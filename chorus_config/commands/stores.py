"""The store of a project, opened where the project says."""

from __future__ import annotations

from chorus_config.commands.session import Session
from chorus_config.world.store.store import Store


def store_of(session: Session) -> Store:
    """Return the store of a project, which need not exist yet. Raises ProjectFault for an address that is none."""
    return Store(session.home.project.store, session.home.root, session.setting.say)
