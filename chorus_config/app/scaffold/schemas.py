"""The schemas for editors: where they lie, whether the files of a project lead to them, and fresh copies of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from chorus_config.app.project import OpenProject
from chorus_config.engine.scaffold.modelines import modeline_fault
from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Unavailable, UsageFault
from chorus_config.model.modeline import ModelineFault
from chorus_config.schema.lookup import nearest
from chorus_config.schema.packaged import NAMES, STRICT, directory
from chorus_config.workspace.folder import read_files
from chorus_config.yamltext.characters import printable, shown

# A schema that somebody put there in the place of ours may be of any size.
_MOST: Final = 4 * 1024 * 1024


def schema_file(name: str, say: Translator) -> Path:
    """Return where a packaged schema lies. Raises UsageFault, with the nearest name, for one that there is not."""
    if name in NAMES:
        return directory() / f"{name}.schema.json"
    close = nearest(name, NAMES)
    message = (
        _("there is no schema {word}; the nearest is {close}") if close else _("there is no schema {word}; there are: {known}")
    )
    raise UsageFault(say(message, word=shown(name), close=close, known=", ".join(NAMES)))


def check_modelines(project: OpenProject) -> tuple[tuple[ModelineFault, ...], int]:
    """Return what is wrong with the modelines of the files that are named, all without, and how many files were read.

    Raises NoInput when a named file is missing, or when there is none.
    """
    files = project.select().files
    if not files:
        raise NoInput(project.say(_("no sheet was found: chorus-config init begins a project")))
    texts = [one for one in read_files(project.files, files) if not one.read_error]
    found = (modeline_fault(one, lambda path: _read(project.root / path)) for one in texts)
    return tuple(one for one in found if one is not None), len(texts)


def write_schemas(root: Path, say: Translator) -> tuple[str, ...]:
    """Write the schemas that sheets, accounts and the project file need into `schemas/` of a folder, all or none.

    Returns the paths of those that were not there as they are now. Raises NoInput for a missing folder, Unavailable, Locked.
    """
    from chorus_config.workspace.journal import SCHEMAS  # noqa: PLC0415 - showing a schema writes nothing
    from chorus_config.workspace.replace import Replacement, replace_all  # noqa: PLC0415 - see above

    if not root.is_dir():
        raise NoInput(say(_("no such folder: {name}"), name=root))
    home, wanted = Path(os.path.realpath(root)), []
    for name in STRICT.values():
        path, new = home / SCHEMAS / f"{name}.schema.json", (directory() / f"{name}.schema.json").read_bytes()
        real = Path(os.path.realpath(path))
        try:
            old = path.read_bytes() if os.path.lexists(path) else None
        except OSError as error:
            message = _("nothing was written: {path} cannot be written: {why}")
            raise Unavailable(say(message, path=printable(str(path)), why=os_reason(error, say))) from error
        if old != new:
            wanted.append(Replacement(real, old, new))
    replace_all(wanted, home, say)
    return tuple(os.path.relpath(one.path, home) for one in wanted)


def _read(path: Path) -> bytes | None:
    """Return a regular file, None for anything else; of one that is too long, a part, which is no schema of ours."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(_MOST)
    except OSError:
        return None
