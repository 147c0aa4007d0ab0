"""What mending files comes to: what was mended, what is left, and the bytes of each file before and after."""

from __future__ import annotations

from msgspec import Struct

from chorus_config.model.finding import Finding
from chorus_config.model.project import FileKind


class FileChange(Struct, frozen=True):
    """One file: its path relative to the project, its bytes before and after. `renamed`: its path after, "" for the same."""

    path: str
    kind: FileKind
    old: bytes
    new: bytes
    renamed: str = ""

    @property
    def is_one(self) -> bool:
        """Whether anything changes."""
        return self.old != self.new or bool(self.renamed)


class RefusedFix(Struct, frozen=True):
    """A finding whose fix was not made, and the rules (id, title) that stopped it: its own where it would stay, those of errors
    that would come; none where something else would have changed as well.
    """

    finding: Finding
    stopped_by: tuple[tuple[str, str], ...] = ()


class MendedText(Struct, frozen=True):
    """What a text became: the findings that were mended, each with its fix, in the order in which they were.

    `left` are the errors and warnings that stand after that; those that only `--unsafe` mends have a fix, the others none.
    `refused` are those whose fix was not made, though a program knows one: they are in `left` too.
    """

    raw: bytes
    done: tuple[Finding, ...] = ()
    left: tuple[Finding, ...] = ()
    refused: tuple[RefusedFix, ...] = ()


class MendedFile(Struct, frozen=True):
    """One file that was looked at: how it changes, what was mended in it, and what is left.

    `unread`: nobody can tell what stands in it, so that what is left is only what keeps it from being read.
    """

    change: FileChange
    mended: MendedText
    encoding: str = ""
    unread: bool = False


class FixRun(Struct, frozen=True):
    """What mending came to. `written`: the files are as the changes say; else nothing was written."""

    files: tuple[MendedFile, ...]
    written: bool = False

    @property
    def changed(self) -> tuple[MendedFile, ...]:
        """The files that change."""
        return tuple(file for file in self.files if file.change.is_one)

    @property
    def unread(self) -> tuple[str, ...]:
        """The paths of the files that cannot be read."""
        return tuple(file.change.path for file in self.files if file.unread)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many findings are mended, how many `--unsafe` would mend, how many people mend by hand."""
        mended = sum(len(file.mended.done) + bool(file.change.renamed) + bool(file.encoding) for file in self.files)
        unsafe = sum(one.fix is not None for file in self.files for one in file.mended.left)
        return mended, unsafe, sum(len(file.mended.left) for file in self.files) - unsafe


class SetRun(Struct, frozen=True):
    """What setting fields comes to: each file that was named, changed or not; `without` are (path, field) of those that have no
    place for a field, since the entry of the list that it names is not there. `warnings` are those that the change brings.
    `written`: the files are as the changes say.
    """

    files: tuple[FileChange, ...]
    without: tuple[tuple[str, str], ...] = ()
    warnings: tuple[Finding, ...] = ()
    written: bool = False

    @property
    def changed(self) -> tuple[FileChange, ...]:
        """The files that change."""
        return tuple(change for change in self.files if change.is_one)

    @property
    def unchanged(self) -> int:
        """How many files say it already."""
        lacking = {path for path, _field in self.without}
        return sum(not change.is_one and change.path not in lacking for change in self.files)
