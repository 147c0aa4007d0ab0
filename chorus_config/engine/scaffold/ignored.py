"""`.gitignore` of a new project: the store stays out of git."""

from __future__ import annotations

from chorus_config.engine.scaffold.comments import comment
from chorus_config.i18n.translator import Translator, _


def ignored_text(say: Translator) -> str:
    """Return the text of `.gitignore`."""
    lines = [
        *comment(say(_("The store of what is approved: it holds bank details in clear, and belongs to this machine."))),
        ".chorus-config/",
        *comment(say(_("A saved plan is read, approved, and then of no use."))),
        "plan.json",
    ]
    return "".join(f"{line}\n" for line in lines)
