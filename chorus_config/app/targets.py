"""The structures that a project describes, and the fields of their sheets, as a shell completes them: quickly and silently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from chorus_config.app.project import OpenOptions, open_project, today
from chorus_config.diff.expand import root_of
from chorus_config.engine.drift.compare import matches_target
from chorus_config.engine.fixing.assignment import entries_in, settable
from chorus_config.model.address import KINDS
from chorus_config.model.errors import ChorusConfigError
from chorus_config.model.project import FileKind
from chorus_config.schema.lookup import plain
from chorus_config.workspace.folder import all_files, read_files
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.parse import parse

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


def known_fields(
    directory: Path, begins: str, targets: Sequence[str] = (), *, config: str | None = None
) -> list[tuple[str, str]]:
    """Return the fields that `set` takes and that begin so, with their labels: `FIELD=`, or `FIELD=VALUE` where values are few.

    The entries of a list are those of the sheets that `targets` name, all without. Nothing is ever raised.
    """
    kind: FileKind = "compte-utilisateur" if targets and all(map(_is_account, targets)) else "fiche-structure"
    group = begins.partition("[")[0] if "[" in begins else ""
    names = _entries(directory, group, targets, config) if group in KINDS else []
    found: dict[str, str] = {}
    for field, label, values in settable(kind, today()):
        found |= dict.fromkeys(_assignments(field, values, group, names), label)
    return [(word, found[word]) for word in found if word.startswith(begins)][:_MOST]


def _is_account(target: str) -> bool:
    return target.startswith("comptes/")


def _assignments(field: str, values: Sequence[str], group: str, names: Sequence[str]) -> Iterator[str]:
    """Yield a field with its values, for each entry of the list at hand, of another list one word."""
    listed, entry, key = field.partition("[]")
    if entry and listed != group:
        yield f"{listed}["
        return
    for one in [f"{group}[{name}]{key}" for name in names] if entry else [field]:
        yield from (f"{one}={value}" for value in values or ("",))


def _entries(directory: Path, group: str, targets: Sequence[str], config: str | None) -> list[str]:
    """Return the names of the entries of a list in the first sheets that are named, each once."""
    try:
        project = open_project(OpenOptions(directory, config))
        files = [file for file in all_files(project.files).files if file[1] == "fiche-structure"]
        bodies = [parse(text.raw).data for text in read_files(project.files, files[:_MOST])]
    except (ChorusConfigError, OSError):
        return []
    meant = [body for body in bodies if isinstance(body, dict) and matches_target(str(root_of(body) or ""), targets)]
    return [printable(name) for name in dict.fromkeys(name for body in meant for name in entries_in(body, group))]


def _named(text: str, begins: str) -> Iterator[tuple[str, str]]:
    root = _value(_IDENTIFIANT, text)
    if root and root.startswith(begins):
        yield printable(root), printable(_value(_LIBELLE, text))


def _value(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return next((group.strip() for group in found.groups() if group), "") if found else ""
