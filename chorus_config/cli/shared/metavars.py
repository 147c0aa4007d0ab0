"""What stands for a value in the help of a command (FILE, DIR), in the user's language; one word each, everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import click

from chorus_config.i18n.translator import Translator, _

WORDS: Final = {
    word: word
    for word in (
        _("ADDRESS"), _("ARGS"), _("COMMAND"), _("DAYS"), _("DIR"), _("FIELD"), _("FILE"), _("FROM"), _("KIND"), _("NAME"),
        _("NUMBERS"), _("PATH"), _("REASON"), _("RULE"), _("SECONDS"), _("SERIAL"), _("SNAPSHOT"), _("TEXT"), _("TO"),
        _("VALUE"),
    )
}  # fmt: skip


def in_language(params: Iterable[click.Parameter], say: Translator) -> list[click.Parameter]:
    """Return the same parameters, each showing what stands for its value in the user's language."""
    found = [*params]
    for param in found:
        if param.metavar is not None:
            param.metavar = metavar_text(param.metavar, say)
    return found


def metavar_text(metavar: str, say: Translator) -> str:
    """Return a metavar in the user's language: FILE.xlsx as FICHIER.xlsx; what is no word of ours stays."""
    return re.sub("[A-Z]+", lambda found: say(WORDS.get(found[0], found[0])), metavar)
