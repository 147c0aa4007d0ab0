"""`.gitignore` of a new project: what holds bank details or persons stays out of git."""

from __future__ import annotations

from chorus_config.engine.scaffold.comments import comment
from chorus_config.i18n.translator import Translator, _


def ignored_text(say: Translator) -> str:
    """Return the text of `.gitignore`."""
    lines = [
        *comment(say(_("The store of what is approved: it holds bank details in clear, and belongs to this machine."))),
        ".chorus-config/",
        *comment(say(_("A saved plan is read, approved, and then of no use."))),
        "plan*.json",
        *comment(
            say(
                _(
                    "What is to be entered, letters, pages made of the sheets: they name persons and are made anew. A page "
                    "that is to be kept is added by `git add --force`."
                )
            )
        ),
        "saisie*",
        "courriers*",
        "*.html",
        *comment(
            say(
                _(
                    "Backups of the store and workbooks hold names, e-mail addresses, perhaps bank details. A public list in "
                    "XLSX is added by `git add --force`."
                )
            )
        ),
        "*.sauvegarde",
        "*.xlsx",
    ]
    return "".join(f"{line}\n" for line in lines)
