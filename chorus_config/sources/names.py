"""Names in a note: the first ones of many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.yamltext.characters import printable

# A note names so many structures, and counts the others.
_MOST: Final = 10


def listed(names: Iterable[str], say: Translator) -> str:
    """Return names in order, each once, the first ones of many."""
    found = sorted(set(names))
    shown = ", ".join(map(printable, found[:_MOST]))
    return shown if len(found) <= _MOST else say(_("{names} and {n} more"), names=shown, n=len(found) - _MOST)
