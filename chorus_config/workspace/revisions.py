"""The files of a git revision, of the index or of the working tree, read alike."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from chorus_config.model.project import FileKind, TextFile
from chorus_config.workspace.files import is_utf8, read_text
from chorus_config.workspace.folder import ProjectFiles, Selection, all_files, among
from chorus_config.workspace.git import LINK, Entry, contents, listing, staged
from chorus_config.yamltext.parse import MAX_BYTES

_FILES: Final = frozenset({"100644", "100755"})
# More links in a row than this are a ring.
_MOST_LINKS: Final = 8


class Revision(Struct, frozen=True):
    """One side of a comparison: `name` is a commit, `index`, or "" for the working tree, whose files stand on the disk.

    `entries` are the files that git holds for it, by path relative to `root`; `conflicts` those that a merge left undecided.
    """

    root: Path
    name: str
    entries: Mapping[str, Entry]
    conflicts: tuple[str, ...] = ()

    @property
    def is_disk(self) -> bool:
        """Whether the files are read from the disk."""
        return not self.name

    def select(self, project: ProjectFiles) -> Selection:
        """Return the files of this side that a project names."""
        return all_files(project) if self.is_disk else among(project, self.entries)

    def read(self, files: Sequence[tuple[str, FileKind]]) -> list[TextFile]:
        """Read files, whose kinds their places suggest. Raises GitFault, Lacking for what the clone does not hold."""
        if self.is_disk:
            folders: dict[str, bool] = {}
            return [read_text(self.root, path, kind, folders) for path, kind in files]
        found = self._followed([path for path, _kind in files])
        held = contents(self.root, [entry.blob for entry in found.values()], MAX_BYTES)
        return [_text(path, kind, found.get(path), held) for path, kind in files]

    def links(self) -> frozenset[str]:
        """Return the links that git holds: what they lead to may differ when they do not."""
        return frozenset(path for path, entry in self.entries.items() if entry.mode == LINK)

    def read_project(self, name: str) -> TextFile | None:
        """Read the project file of a git side; None when it has none."""
        return self.read([(name, "projet")])[0] if name in self.entries else None

    def _followed(self, paths: Sequence[str]) -> Mapping[str, Entry]:
        """Return where the content of each file is; a link leads to another file of the same revision, or nowhere."""
        at = {path: path for path in paths}
        for _step in range(_MOST_LINKS):
            linked = [path for path, place in at.items() if self._mode(place) == LINK]
            if not linked:
                break
            targets = contents(self.root, [self.entries[at[path]].blob for path in linked], MAX_BYTES)
            at |= {path: _led(at[path], targets[self.entries[at[path]].blob]) for path in linked}
        return {path: self.entries[place] for path, place in at.items() if self._mode(place) in _FILES}

    def _mode(self, path: str) -> str:
        return self.entries[path].mode if path in self.entries else ""


def _led(path: str, target: bytes) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target.decode(errors="surrogateescape")))


def of_commit(root: Path, commit: str) -> Revision:
    """Return the side of a commit. Raises GitFault."""
    return Revision(root, commit, listing(root, commit))


def of_index(root: Path) -> Revision:
    """Return the side of what is staged. Raises GitFault."""
    return Revision(root, "index", *staged(root))


def of_disk(root: Path) -> Revision:
    """Return the side of the working tree."""
    return Revision(root, "", {})


def _text(path: str, kind: FileKind, entry: Entry | None, held: Mapping[str, bytes]) -> TextFile:
    if not is_utf8(path):
        return TextFile(path, b"", kind, "name")
    if entry is None:
        return TextFile(path, b"", kind, "outside")
    return TextFile(path, held[entry.blob], kind)
