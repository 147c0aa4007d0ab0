"""The files of a git revision, of the index or of the working tree, read alike."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chorus_config.words.document import Kind, Text
from chorus_config.world.files import read_text
from chorus_config.world.folder import Home, Selection, among, everything
from chorus_config.world.git import LINK, Entry, GitFault, contents, listing, staged
from chorus_config.yamltext.parse import MAX_BYTES

_FILES = frozenset({"100644", "100755", LINK})


@dataclass(frozen=True, slots=True)
class Side:
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

    def select(self, home: Home) -> Selection:
        """Return the files of this side that a project names."""
        return everything(home) if self.is_disk else among(home, self.entries)

    def read(self, files: Sequence[tuple[str, Kind]]) -> list[Text]:
        """Read files, whose kinds their places suggest. Raises GitFault when the clone lacks what they hold."""
        if self.is_disk:
            folders: dict[str, bool] = {}
            return [read_text(self.root, path, kind, folders) for path, kind in files]
        found = {path: self._entry(path) for path, _kind in files}
        held = contents(self.root, [entry.blob for entry in found.values() if entry is not None], MAX_BYTES)
        return [_text(path, kind, found[path], held) for path, kind in files]

    def read_project(self, name: str) -> Text | None:
        """Read the project file of a git side; None when it has none."""
        return self.read([(name, "projet")])[0] if name in self.entries else None

    def _entry(self, path: str) -> Entry | None:
        """Return where the content of a file is; a link leads to another file of the same revision, or nowhere."""
        entry = self.entries[path]
        if entry.mode != LINK:
            return entry if entry.mode in _FILES else None
        target = contents(self.root, [entry.blob], MAX_BYTES).get(entry.blob, b"").decode(errors="surrogateescape")
        other = self.entries.get(posixpath.normpath(posixpath.join(posixpath.dirname(path), target)))
        return other if other is not None and other.mode in _FILES - {LINK} else None


def of_commit(root: Path, commit: str) -> Side:
    """Return the side of a commit. Raises GitFault."""
    return Side(root, commit, listing(root, commit))


def of_index(root: Path) -> Side:
    """Return the side of what is staged. Raises GitFault."""
    return Side(root, "index", *staged(root))


def of_disk(root: Path) -> Side:
    """Return the side of the working tree."""
    return Side(root, "", {})


def _text(path: str, kind: Kind, entry: Entry | None, held: Mapping[str, bytes]) -> Text:
    if entry is None:
        return Text(path, b"", kind, "outside")
    if entry.blob not in held:
        raise GitFault(path)
    return Text(path, held[entry.blob], kind)
