"""The word that names a source: how it is repeated, and what was probably meant by one that is none."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import UsageFault
from chorus_config.yamltext.characters import printable

SCHEME: Final = re.compile(r"([a-z]{2,}(?:\+[a-z0-9]+)?):(.*)", re.DOTALL)
# A scheme as a hurry types it; a single letter is a drive.
_NEARLY: Final = re.compile(r"([A-Za-z]{3,})\s*[:;]\s*(.*)", re.DOTALL)
# Where the next of several sources begins: `https://… + https://…`.
_NEXT: Final = re.compile(r" \+ (?=[a-z0-9+]+://)")
_LISTS: Final = (".csv", ".zip", ".xlsx")


def without_credentials(source: str) -> str:
    """Return the word for a source as it may be repeated: without the user and password between `//` and `@`."""
    return " + ".join(map(_bare, _NEXT.split(source)))


def _bare(source: str) -> str:
    """Return one source so: a password may hold any sign, and all up to the last @ goes."""
    begin, slashes, rest = source.partition("//")
    return begin + slashes + rest.rpartition("@")[2]


def refuse_mistyped(source: str, schemes: Collection[str], directory: Path, say: Translator) -> None:
    """Raise UsageFault for a word that is neither a snapshot file nor a source, and say which source was probably meant.

    `schemes` are those of sources, `directory` is where a file is looked for.
    """
    is_there = os.path.lexists(directory / source)
    meant = _list_meant(source, directory) if is_there else _scheme_meant(source, schemes)
    if meant:
        message = _("{source} is no snapshot file: did you mean {meant}?")
        name, meant = (printable(without_credentials(word)) for word in (source, meant))
        raise UsageFault(say(message, source=name, meant=meant))
    if not is_there and (without_credentials(source) != source or "://" in source):
        refuse_address(source, schemes, say)


def _list_meant(path: str, directory: Path) -> str:
    is_list = path.lower().endswith(_LISTS) or (directory / path).is_dir()
    return f"annuaire:{path}" if is_list else ""


def _scheme_meant(source: str, schemes: Collection[str]) -> str:
    from chorus_config.schema.lookup import nearest  # noqa: PLC0415 - only a slip pays for it

    named = _NEARLY.fullmatch(source)
    close = nearest(named[1], schemes, 0.75) if named is not None else ""
    return f"{close}:{named[2]}" if named is not None and close else ""


def refuse_address(source: str, schemes: Collection[str], say: Translator) -> None:
    """Raise UsageFault for the address of something that is not read as a source."""
    message = _("{source} cannot be read as a source: a snapshot file, {schemes} are expected")
    names = ", ".join(f"{scheme}:…" for scheme in reversed([*schemes]))
    raise UsageFault(say(message, source=printable(without_credentials(source)), schemes=names))
