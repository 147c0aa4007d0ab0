"""Which files a command is about: the project's own, or those that somebody names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chorus_config.model.project_config import PROJECT_FILE, ProjectConfig
from chorus_config.model.text_file import FileKind, TextFile
from chorus_config.workspace.files import read_text
from chorus_config.workspace.globs import found, matches, misnamed

_OURS: Final = re.compile(rb"^type:[ \t]*[\"']?(fiche-structure|compte-utilisateur|projet)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """A project: its folder, its file when there is one (relative to the folder), what the file says, and its text."""

    root: Path
    file: str | None
    project: ProjectConfig
    text: TextFile | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The files to check, sorted, each with the kind that its place suggests; what was named and is missing or skipped."""

    files: tuple[tuple[str, FileKind], ...]
    missing: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def locate(start: Path) -> Path | None:
    """Return the nearest project file at or above a folder, not leaving its git repository."""
    for folder in (start, *start.parents):
        # Whatever bears the name is the project file: a folder or a broken link there is told, not passed over.
        if os.path.lexists(folder / PROJECT_FILE):
            return folder / PROJECT_FILE
        if (folder / ".git").exists():
            return None
    return None


def all_files(home: ProjectFiles) -> Selection:
    """Select what the project's globs name, and the project file."""
    paths = {path: _kind(path, home) for path in found(home.root, (*home.project.structures, *home.project.accounts))}
    if home.file is not None:
        paths[home.file] = "projet"
    return Selection(tuple(sorted(paths.items())))


def misnamed_files(home: ProjectFiles) -> tuple[str, ...]:
    """Return the files that stand where sheets are looked for, under a name that no glob takes."""
    return tuple(sorted({*misnamed(home.root, (*home.project.structures, *home.project.accounts))}))


def among(home: ProjectFiles, paths: Iterable[str]) -> Selection:
    """Select, of these paths relative to the project, what its globs name, and the project file."""
    return Selection(tuple(sorted((path, _kind(path, home)) for path in paths if _belongs(path, home))))


def named_files(home: ProjectFiles, names: Sequence[str], base: Path, *, force_exclude: bool) -> Selection:
    """Select named files and folders. A named file is always checked, unless `force_exclude` and it is no file of ours."""
    paths: dict[str, FileKind] = {}
    missing: list[str] = []
    skipped: list[str] = []
    for name in names:
        whole = base / name
        if not os.path.lexists(whole):
            missing.append(name)
        elif whole.is_dir() and not _belongs(_relative(whole, home), home):
            paths.update((path, _kind(path, home)) for path in _under(whole, home))
        elif force_exclude and not _is_ours(whole, home):
            skipped.append(name)
        else:
            paths[_relative(whole, home)] = _kind(_relative(whole, home), home)
    return Selection(tuple(sorted(paths.items())), tuple(missing), tuple(skipped))


def read_files(home: ProjectFiles, files: Iterable[tuple[str, FileKind]]) -> Iterator[TextFile]:
    """Read the selected files, one at a time."""
    folders: dict[str, bool] = {}
    for path, kind in files:
        yield read_text(home.root, path, kind, folders)


def _under(folder: Path, home: ProjectFiles) -> Iterator[str]:
    for at, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (*files, *folders):
            whole = Path(at) / name
            linked = name in folders and whole.is_symlink()
            if linked or (name.endswith((".yaml", ".yml")) and _is_ours(whole, home)):
                yield _relative(whole, home)


def _is_ours(whole: Path, home: ProjectFiles) -> bool:
    """A file of ours stands where the project looks for one, or says what it is."""
    path = _relative(whole, home)
    return _belongs(path, home) or _OURS.search(read_text(home.root, path, "fiche-structure").raw) is not None


def _belongs(path: str, home: ProjectFiles) -> bool:
    return path == home.file or matches(path, (*home.project.structures, *home.project.accounts))


def _kind(path: str, home: ProjectFiles) -> FileKind:
    if path == home.file:
        return "projet"
    return "compte-utilisateur" if matches(path, home.project.accounts) else "fiche-structure"


def _relative(whole: Path, home: ProjectFiles) -> str:
    return Path(os.path.relpath(whole, home.root)).as_posix()
