"""What every write ends by saying: how much is left to enter by hand, and that nothing was changed in Chorus Pro."""

from __future__ import annotations

from chorus_config.texts.mark import _
from chorus_config.texts.translator import Texts


def remaining(left: int, say: Texts) -> str:
    """Return how many operations remain to be entered."""
    told = _("{n} operation remains to be entered in Chorus Pro."), _("{n} operations remain to be entered in Chorus Pro.")
    return say.count(*told, left)


def ending(left: int, say: Texts) -> list[str]:
    """Return the last lines of what approves or records."""
    return [remaining(left, say), say(_("Nothing was changed in Chorus Pro: this program never writes there."))]
