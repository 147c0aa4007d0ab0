"""The folder of the project: may it be written, is its file valid, is an import half done, are hooks and schemas current."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from chorus_config.app.doctor.look import Look
from chorus_config.i18n.translator import _
from chorus_config.model.doctor import Check
from chorus_config.model.errors import ProjectFault
from chorus_config.model.finding import Finding
from chorus_config.model.project import PROJECT_FILE
from chorus_config.schema.packaged import directory
from chorus_config.workspace.git import GitFault, ask
from chorus_config.workspace.journal import NAME, SCHEMAS, is_unfinished
from chorus_config.yamltext.characters import printable

_HOOKS: Final = ".pre-commit-config.yaml"
_OURS: Final = b"chorus-config"
_LEAST_FREE: Final = 100 * 1024 * 1024
_MOST: Final = 1024 * 1024


def check_folder(look: Look) -> Iterator[Check]:
    """Yield whether the folder can be written, and whether the disk has room."""
    say, name = look.say, printable(str(look.root))
    if not look.root.is_dir():
        yield Check("folder", "fault", say(_("there is no folder {path}"), path=name), say(_("name it with -C")))
        return
    if not os.access(look.root, os.R_OK | os.W_OK | os.X_OK):
        message = say(_("you may not write in {path}: sheets can be checked, nothing can be approved"), path=name)
        yield Check("folder", "fault", message, say(_("ask whoever owns the folder for the right to write, or work in a copy")))
        return
    free = shutil.disk_usage(look.root).free
    if free < _LEAST_FREE:
        message = say(_("{path}: only {n} MiB are free on the disk"), path=name, n=free // (1024 * 1024))
        yield Check("folder", "warning", message, say(_("make room before you approve or import")))
        return
    yield Check("folder", "ok", say(_("{path} can be written"), path=name))


def check_project(look: Look) -> Iterator[Check]:
    """Yield whether there is a project file, and whether it is valid."""
    say, fault = look.say, look.fault
    if fault is not None:
        told = [str(fault), *(f"{one.path}:{one.span.line}: {one.message}" for one in _findings(look)[:1])]
        remedy = say(_("mend it: chorus-config validate {file} shows every fault"), file=PROJECT_FILE)
        yield Check("project", "fault", say(_("; ")).join(told), remedy if isinstance(fault, ProjectFault) else "")
    elif look.project is None or look.project.files.file is None:
        message = say(_("there is no {file} here or above: the usual settings hold"), file=PROJECT_FILE)
        yield Check("project", "warning", message, say(_("go to the folder of the project, or name it with -C or --config")))
    else:
        message = say(_("{file} is valid; it says where the sheets are: {where}"),
                      file=printable(look.project.files.file), where=", ".join(look.project.config.structures))  # fmt: skip
        yield Check("project", "ok", message)


def check_interrupted(look: Look) -> Iterator[Check]:
    """Yield what became of an import that was interrupted; nothing where there was none."""
    if not look.interrupted:
        return
    say = look.say
    if not is_unfinished(look.root):
        message = _("an import had been interrupted: it is finished or undone now, as every command does")
        yield Check("interrupted", "warning", say(message), say(_("compare the sheets with git: git status, git diff")))
        return
    message = _("an import is at work in this project, or was interrupted and cannot be finished ({path})")
    remedy = _("wait until it ends; if nobody is at work, check that you may write here and compare the sheets with git")
    yield Check("interrupted", "fault", say(message, path=NAME), say(remedy))


def check_hooks(look: Look) -> Iterator[Check]:
    """Yield whether pre-commit checks the sheets before each commit; nothing outside of a repository."""
    say = look.say
    try:
        top = Path(os.fsdecode(ask(look.root, "rev-parse", "--show-toplevel")).rstrip("\n"))
        folder = Path(os.fsdecode(ask(top, "rev-parse", "--git-path", "hooks")).rstrip("\n"))
    except GitFault:
        return
    if _OURS not in _beginning(top / _HOOKS):
        message = say(_("no hook checks the sheets before a commit ({file} does not name chorus-config)"), file=_HOOKS)
        yield Check("hooks", "warning", message, say(_hooks_remedy(look, top)))
    elif b"pre-commit" not in _beginning(top / folder / "pre-commit"):
        message = say(_("{file} names the hooks of chorus-config, but they are not installed in this clone"), file=_HOOKS)
        yield Check("hooks", "warning", message, "pre-commit install")
    else:
        yield Check("hooks", "ok", say(_("the sheets are checked before each commit")))


def _hooks_remedy(look: Look, top: Path) -> str:
    """Return how the file of the hooks is had: init adds it where there is none, and leaves alone one that is there."""
    if top == look.root.resolve() and not (top / _HOOKS).exists():
        return _("`chorus-config init` writes this file and leaves the others as they are; then pre-commit install")
    return _("`chorus-config init` in an empty folder writes the hooks: copy them into this file; then pre-commit install")


def check_schemas(look: Look) -> Iterator[Check]:
    """Yield whether the schemas that editors read beside the sheets are those of this version; nothing without any."""
    say, folder = look.say, look.root / SCHEMAS
    here = sorted(folder.glob("*.schema.json")) if folder.is_dir() else []
    ours = {path.name: path for path in directory().glob("*.schema.json")}
    found = [path for path in here if path.name in ours]
    if not found:
        return
    old = [path.name for path in found if path.read_bytes() != ours[path.name].read_bytes()]
    if old:
        message = say(_("schemas of another version lie in {folder}: {names}"), folder=f"{SCHEMAS}/", names=", ".join(old))
        yield Check("schemas", "warning", message, "chorus-config schema --write")
    else:
        yield Check("schemas", "ok", say(_("the schemas in {folder} are those of this version"), folder=f"{SCHEMAS}/"))


def _findings(look: Look) -> tuple[Finding, ...]:
    return look.fault.findings if isinstance(look.fault, ProjectFault) else ()


def _beginning(path: Path) -> bytes:
    """Return the beginning of a file, nothing when there is none that can be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(_MOST)
    except OSError:
        return b""
