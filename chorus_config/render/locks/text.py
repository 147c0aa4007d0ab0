"""Who holds a store, for people."""

from __future__ import annotations

from collections.abc import Sequence

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.store_state import Lock
from chorus_config.yamltext.characters import printable


def locks_text(locks: Sequence[Lock], say: Translator) -> str:
    """Return one line a lock; what died holding it is taken over by the next who writes."""
    lines = [_line(lock, say) for lock in locks]
    return "\n".join(lines or [say(_("Nobody holds the store."))]) + "\n"


def _line(lock: Lock, say: Translator) -> str:
    if lock.alive:
        message = _("{id}  {who} on {host}, since {since}: alive")
    else:
        message = _("{id}  {who} on {host}, since {since}: dead, the next who writes takes over")
    return say(message, id=printable(lock.id), who=printable(lock.who), host=printable(lock.host), since=printable(lock.since))
