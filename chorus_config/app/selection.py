"""Which structures a source is asked for: by SIREN, by SIRET, by a list in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from chorus_config.app.project import OpenProject
from chorus_config.app.sources import text_of
from chorus_config.i18n.translator import _
from chorus_config.model.errors import UsageFault
from chorus_config.model.observed.source import Asked
from chorus_config.yamltext.characters import printable

_BLANKS: Final = re.compile(r"[\s.\u00a0\u202f]+")
_SIREN: Final = re.compile("[0-9]{9}")
_SIRET: Final = re.compile("[0-9]{14}")
_LIST_BYTES: Final = 16 * 1024 * 1024


def asked_for(
    project: OpenProject, sirens: Sequence[str] = (), sirets: Sequence[str] = (), list_file: str | None = None
) -> Asked:
    """Return what is asked for by name; all that a source knows when nothing is named.

    A list has one SIREN or SIRET a line; what follows `;`, `,` or a tab is left aside, as are empty lines, those that begin
    with `#`, and a first line without a digit. Raises UsageFault for what is neither, NoInput for a list that is missing.
    """
    units, identifiants = set(), set()
    for word in sirens:
        units.add(_number(word, _SIREN, project, _("--siren {word}: nine digits are expected")))
    for word in sirets:
        identifiants.add(_number(word, _SIRET, project, _("--siret {word}: fourteen digits are expected")))
    for place, word in _words(project, list_file):
        bare = _BLANKS.sub("", word)
        if _SIREN.fullmatch(bare):
            units.add(bare)
        elif _SIRET.fullmatch(bare):
            identifiants.add(bare)
        else:
            message = _("{place}: {word} is neither a SIREN (9 digits) nor a SIRET (14 digits)")
            raise UsageFault(project.say(message, place=place, word=f'"{printable(word)}"'))
    if list_file is not None and not (units or identifiants):
        # Nothing named is everything, and nobody who gives a list means that.
        raise UsageFault(
            project.say(_("{name} names nothing: one SIREN or SIRET a line is expected"), name=printable(list_file))
        )
    return Asked(frozenset(identifiants), frozenset(units))


def _number(word: str, form: re.Pattern[str], project: OpenProject, message: str) -> str:
    bare = _BLANKS.sub("", word)
    if form.fullmatch(bare) is None:
        raise UsageFault(project.say(message, word=f'"{printable(word)}"'))
    return bare


def _words(project: OpenProject, list_file: str | None) -> Iterator[tuple[str, str]]:
    """Yield the first column of a list, with the place of each in words."""
    if list_file is None:
        return
    text = text_of(project, list_file, _LIST_BYTES)
    for number, line in enumerate(_told(text.splitlines()), start=1):
        if line:
            yield f"{printable(list_file)}:{number}", line


def _told(lines: Iterable[str]) -> Iterator[str]:
    """Yield the first column of each line, "" for a line that says nothing."""
    for number, line in enumerate(lines):
        first = re.split("[;,\t]", line, maxsplit=1)[0].strip().strip('"')
        heading = number == 0 and not any(character.isdigit() for character in first)
        yield "" if heading or first.startswith("#") else first
