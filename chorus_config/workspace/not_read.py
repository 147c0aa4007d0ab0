"""Files that are plainly meant as ours and that nobody reads: a wrong ending, a folder of nearly the right name."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from chorus_config.model.project import PROJECT_FILE
from chorus_config.rules.judges.names import are_near
from chorus_config.workspace.files import read_text
from chorus_config.workspace.folder import SAYS_ITS_TYPE, ProjectFiles, matches

# What editors and people make of `.yaml`; a copy for safety (`.bak`, `~`) is not meant to be read.
_ENDING: Final = re.compile(r"(?:[.]ya?ml)+(?:[.]txt)?$|[.]txt$", re.IGNORECASE)
_YAML: Final = re.compile(r"(?:[.]ya?ml)+(?:[.]txt)?$", re.IGNORECASE)
_MOST_ENTRIES: Final = 10_000
# How deep a file may lie in a project and be taken for ours wherever it is.
_FLOORS: Final = 2

# Why nobody reads a file: its name does not end so, it lies where nobody looks, or it is nearly called like the project file.
Reason = Literal["ending", "place", "project"]


class NotRead(Struct, frozen=True):
    """A file that is plainly meant as ours, relative to the project, and why nobody reads it."""

    path: str
    reason: Reason


# Reads the first bytes of a file of the project.
ReadRaw = Callable[[str], bytes]


def not_read(project: ProjectFiles) -> tuple[NotRead, ...]:
    """Return the files on the disk that are meant as ours and that no glob takes, sorted."""
    return _told(_candidates(project), project, lambda path: read_text(project.root, path, "fiche-structure").raw)


def not_read_among(paths: Iterable[str], project: ProjectFiles, read: ReadRaw) -> tuple[NotRead, ...]:
    """Return, of the files of a revision, those that are meant as ours and that no glob takes, sorted."""
    starts = _starts(project)
    return _told((path for path in paths if path.count("/") < _FLOORS or _is_below(path, starts)), project, read)


def _told(paths: Iterable[str], project: ProjectFiles, read: ReadRaw) -> tuple[NotRead, ...]:
    found = {}
    for path in paths:
        reason = _reason(path, project)
        if reason is not None and (reason != "place" or SAYS_ITS_TYPE.search(read(path))):
            found[path] = NotRead(path, reason)
    return tuple(found[path] for path in sorted(found))


def _starts(project: ProjectFiles) -> frozenset[str]:
    """Return the folders in which the globs of a project begin, "" for the project's own."""
    globs = (*project.config.structures, *project.config.accounts)
    return frozenset(re.split(r"[*?]", glob.removeprefix("./"))[0].rpartition("/")[0] for glob in globs)


def _is_below(path: str, starts: Iterable[str]) -> bool:
    """Tell whether a file lies in a folder where sheets are looked for, or in one beside it that is called nearly so."""
    for start in starts:
        depth = start.count("/") + 1 if start else 0
        parts = path.split("/")
        folder = "/".join(parts[:depth])
        if len(parts) > depth and (folder == start or _is_beside(folder, start)):
            return True
    return False


def _is_beside(folder: str, start: str) -> bool:
    parent, _slash, name = folder.rpartition("/")
    wanted_parent, _slash, wanted = start.rpartition("/")
    return parent == wanted_parent and name != wanted and are_near(name, wanted)


def misnamed_project_files(names: Iterable[str], but: str | None = None) -> tuple[str, ...]:
    """Return, of the names of files in one folder, those that were meant as the project file; `but` is the one that is read."""
    wanted = PROJECT_FILE.rpartition(".")[0]
    return tuple(
        sorted(
            name
            for name in names
            if name not in (but, PROJECT_FILE) and _ENDING.search(name) and are_near(_ENDING.sub("", name), wanted)
        )
    )


def misnamed_project_file(start: Path) -> Path | None:
    """Return the nearest file at or above a folder that was meant as the project file, not leaving the git repository.

    In the folder itself, a file that says to be one is one, however it is called.
    """
    for folder in (start, *start.parents):
        names = _names(folder)
        found = misnamed_project_files(names)
        if not found and folder == start:
            found = tuple(sorted(name for name in names if _YAML.search(name) and _says_project(folder, name)))
        if found:
            return folder / found[0]
        if (folder / ".git").exists():
            return None
    return None


def _says_project(folder: Path, name: str) -> bool:
    found = SAYS_ITS_TYPE.search(read_text(folder, name, "projet").raw)
    return found is not None and found[1] == b"projet"


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.is_file()]
    except OSError:
        return []


def _reason(path: str, project: ProjectFiles) -> Reason | None:
    """Return why nobody reads a file that may be ours, None for one that is read or bears another kind of name."""
    globs = (*project.config.structures, *project.config.accounts)
    name = path.rpartition("/")[2]
    if name.startswith(".") or path == project.file or not _ENDING.search(name) or matches(path, globs):
        return None
    if "/" not in path and misnamed_project_files([name]):
        return None if _is_same(project, name) else "project"
    if _YAML.search(name) and matches(_YAML.sub(".yaml", path), globs):
        return "ending"
    return "place"


def _is_same(project: ProjectFiles, name: str) -> bool:
    """Tell whether a name is another spelling of the project file that is read, on a disk that ignores case."""
    try:
        return project.file is not None and (project.root / name).samefile(project.root / project.file)
    except OSError:
        return False


def _candidates(project: ProjectFiles) -> Iterator[str]:
    """Yield the files where sheets are looked for, in folders called nearly so, and on the upper floors of the project."""
    root, starts = project.root, _starts(project)
    globs = {*project.config.structures, *project.config.accounts}
    for start in starts:
        # Of thousands of sheets, those that a usual glob takes are known by their ending.
        yield from _below(root, start, taken=f"{start}/**/*.yaml".lstrip("/") in globs)
        parent = start.rpartition("/")[0]
        for name, is_folder in _entries(root / parent) if start else ():
            folder = f"{parent}/{name}" if parent else name
            if is_folder and folder not in starts and _is_beside(folder, start):
                yield from _below(root, folder)
    if "" not in starts:
        yield from _upper_floors(root, starts)


def _upper_floors(root: Path, starts: Collection[str]) -> Iterator[str]:
    """Yield the files of a folder and of the folders in it, but for those that are projects of their own."""
    for name, is_folder in _entries(root):
        if not is_folder:
            yield name
        elif not any(f"{start}/".startswith(f"{name}/") for start in starts):
            inner = _entries(root / name)
            if (PROJECT_FILE, False) not in inner:
                yield from (f"{name}/{child}" for child, child_is_folder in inner if not child_is_folder)


def _below(root: Path, start: str, *, taken: bool = False) -> Iterator[str]:
    """Yield the files below a folder; without those that end in `.yaml` when a glob takes them all."""
    for folder, folders, files in os.walk(root / start):
        folders[:] = [name for name in folders if not name.startswith(".")]
        base = Path(folder).relative_to(root)
        prefix = f"{base.as_posix()}/" if base.parts else ""
        yield from (prefix + name for name in files if not (taken and name.endswith(".yaml")))


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """Return the names in a folder that are not hidden, and which of them are folders; none of one that holds too many."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries if entry.name[0] != "."]
    except OSError:
        return []
    return found if len(found) <= _MOST_ENTRIES else []
