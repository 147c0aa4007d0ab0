"""Which files a command is about: the project's own, or those that somebody names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from chorus_config.model.project import PROJECT_FILE, FileKind, ProjectConfig, TextFile
from chorus_config.workspace.files import read_text

# Files by their paths relative to the project, each with the kind that its place suggests.
Files = Sequence[tuple[str, FileKind]]


@cache
def pattern(glob: str) -> re.Pattern[str]:
    """Return the expression that a glob means: `*` and `?` stay inside one name, `**/` is any number of folders."""
    parts = re.split(r"(\*\*/|\*|\?)", glob.removeprefix("./"))
    meaning = {"**/": r"(?:[^/]+/)*", "*": r"[^/]*", "?": r"[^/]"}
    return re.compile("".join(meaning.get(part, re.escape(part)) for part in parts))


def matches(path: str, globs: Iterable[str]) -> bool:
    """Tell whether a path relative to the project is named by any of its globs."""
    return any(pattern(glob).fullmatch(path) for glob in globs)


def found(root: Path, globs: Iterable[str]) -> Iterator[str]:
    """Yield every path under `root` that a glob names, folders and links to folders included: the reader says what is wrong.

    Links to folders are not followed; one that stands where sheets are looked for is yielded, so that nothing vanishes unseen.
    """
    for glob in globs:
        start = root / re.split(r"[*?]", glob.removeprefix("./"))[0].rpartition("/")[0]
        if start.is_symlink():
            yield start.relative_to(root).as_posix()
            continue
        closed: list[OSError] = []
        is_named = pattern(glob).fullmatch
        for folder, folders, files in os.walk(start, onerror=closed.append):
            base = Path(folder).relative_to(root)
            prefix = f"{base.as_posix()}/" if base.parts else ""
            named = [prefix + name for name in files if is_named(prefix + name)]
            named += [prefix + n for n in folders if is_named(prefix + n) or (root / (prefix + n)).is_symlink()]
            yield from named
        # A folder that cannot be listed may hold anything: the reader will say that it is unreadable.
        yield from (Path(e.filename).relative_to(root).as_posix() for e in closed if os.path.lexists(e.filename))


# What a file of ours says of itself; a byte order mark may stand before it.
SAYS_ITS_TYPE: Final = re.compile(
    rb"^(?:\xef\xbb\xbf)?type:[ \t]*[\"']?(fiche-structure|compte-utilisateur|projet)\b", re.MULTILINE
)


class ProjectFiles(Struct, frozen=True):
    """A project: its folder, its file when there is one (relative to the folder), what the file says, and its text."""

    root: Path
    file: str | None
    config: ProjectConfig
    text: TextFile | None = None


class Selection(Struct, frozen=True):
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


def all_files(project: ProjectFiles) -> Selection:
    """Select what the project's globs name, and the project file."""
    accounts, paths = tuple(map(pattern, project.config.accounts)), dict[str, FileKind]()
    for path in found(project.root, (*project.config.structures, *project.config.accounts)):
        paths[path] = "fiche-structure"
        for account in accounts:
            if account.fullmatch(path):
                paths[path] = "compte-utilisateur"
    if project.file is not None:
        paths[project.file] = "projet"
    return Selection(tuple(sorted(paths.items())))


def among(project: ProjectFiles, paths: Iterable[str]) -> Selection:
    """Select, of these paths relative to the project, what its globs name, and the project file."""
    return Selection(tuple(sorted((path, _kind(path, project)) for path in paths if _belongs(path, project))))


def named_files(project: ProjectFiles, names: Sequence[str], base: Path, *, force_exclude: bool) -> Selection:
    """Select named files and folders. A named file is always checked, unless `force_exclude` and it is no file of ours."""
    paths: dict[str, FileKind] = {}
    missing: list[str] = []
    skipped: list[str] = []
    for name in names:
        whole = base / name
        if not os.path.lexists(whole):
            missing.append(name)
        elif whole.is_dir() and not _belongs(_relative(whole, project), project):
            paths.update((path, _kind(path, project)) for path in _under(whole, project))
        elif force_exclude and not _is_ours(whole, project):
            skipped.append(name)
        else:
            paths[_relative(whole, project)] = _kind(_relative(whole, project), project)
    return Selection(tuple(sorted(paths.items())), tuple(missing), tuple(skipped))


def read_files(project: ProjectFiles, files: Iterable[tuple[str, FileKind]]) -> Iterator[TextFile]:
    """Read the selected files, one at a time."""
    folders: dict[str, bool] = {}
    for path, kind in files:
        yield read_text(project.root, path, kind, folders)


def _under(folder: Path, project: ProjectFiles) -> Iterator[str]:
    for at, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (*files, *folders):
            whole = Path(at) / name
            linked = name in folders and whole.is_symlink()
            if linked or (name.endswith((".yaml", ".yml")) and _is_ours(whole, project)):
                yield _relative(whole, project)


def _is_ours(whole: Path, project: ProjectFiles) -> bool:
    """A file of ours stands where the project looks for one, or says what it is."""
    path = _relative(whole, project)
    return _belongs(path, project) or SAYS_ITS_TYPE.search(read_text(project.root, path, "fiche-structure").raw) is not None


def _belongs(path: str, project: ProjectFiles) -> bool:
    return path == project.file or matches(path, (*project.config.structures, *project.config.accounts))


def _kind(path: str, project: ProjectFiles) -> FileKind:
    if path == project.file:
        return "projet"
    return "compte-utilisateur" if matches(path, project.config.accounts) else "fiche-structure"


def _relative(whole: Path, project: ProjectFiles) -> str:
    return Path(os.path.relpath(whole, project.root)).as_posix()
