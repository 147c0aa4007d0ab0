"""The structures that a project describes, as a shell completes them: quickly, and without a word about what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from chorus_config.app.project import OpenOptions, open_project
from chorus_config.model.errors import ChorusConfigError
from chorus_config.schema.lookup import plain
from chorus_config.workspace.folder import all_files, read_files
from chorus_config.yamltext.characters import printable

# More than a person reads.
_MOST: Final = 200
# A sheet is not parsed for this: these two lines are where people write them.
_LINE: Final = r'^[ ]+{key}:[ ]*(?:"([^"\n]*)"|\'([^\'\n]*)\'|([^#"\'\n]+))'
_IDENTIFIANT: Final = re.compile(_LINE.format(key="identifiant"), re.MULTILINE)
_LIBELLE: Final = re.compile(_LINE.format(key="libelle"), re.MULTILINE)


def known_targets(directory: Path, begins: str = "", *, config: str | None = None) -> list[tuple[str, str]]:
    """Return identifiants that begin so, with their libellé ("" for none), sorted; at most 200. Nothing is ever raised."""
    try:
        project = open_project(OpenOptions(directory, config))
        files = [file for file in all_files(project.files).files if file[1] == "fiche-structure"]
        found: dict[str, str] = {}
        for text in read_files(project.files, files):
            found |= dict(_named(text.raw.decode("utf-8", "replace"), begins))
            if len(found) >= _MOST:
                break
    except (ChorusConfigError, OSError):
        return []
    return sorted(found.items())[:_MOST]


def known_members(directory: Path, begins: str = "", *, config: str | None = None) -> list[tuple[str, str]]:
    """Return the SIRENs of the members whose SIREN or name begins so, each with the name; nothing is ever raised."""
    try:
        members = open_project(OpenOptions(directory, config)).config.members
    except (ChorusConfigError, OSError):
        return []
    known = {
        one.siren: one.name for one in members if one.siren.startswith(begins) or plain(one.name).startswith(plain(begins))
    }
    return [(printable(siren), printable(name)) for siren, name in known.items()][:_MOST]


def _named(text: str, begins: str) -> Iterator[tuple[str, str]]:
    root = _value(_IDENTIFIANT, text)
    if root and root.startswith(begins):
        yield printable(root), printable(_value(_LIBELLE, text))


def _value(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return next((group.strip() for group in found.groups() if group), "") if found else ""
