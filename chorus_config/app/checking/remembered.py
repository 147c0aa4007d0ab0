"""Verdicts from the cache where files did not change, and new ones for the others; then what is known now is remembered."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from chorus_config.app.project import today
from chorus_config.engine.checking.verdict import holds_on
from chorus_config.model.project import FileKind
from chorus_config.workspace.files import leads_outside, read_text
from chorus_config.workspace.folder import Files, ProjectFiles
from chorus_config.workspace.verdict_cache import (
    CacheWriter,
    Remembered,
    cache_path,
    digest_of,
    look_of,
    program_digest,
    read_remembered,
)

if TYPE_CHECKING:
    from chorus_config.app.project import OpenProject

# Checks files, and yields what is to be remembered of each, in their order.
Check = Callable[[Files], Iterator[Remembered]]
# So many files are looked at together: those that changed are then checked in several processes. As long as none did, fewer
# are: nobody holds what is remembered of them.
_WINDOW: Final = 8_192
_UNCHANGED: Final = 64


def remembered(project: OpenProject, files: Files, check: Check, folder: Path) -> Iterator[Remembered]:
    """Yield what is known of files, in their order; those that did not change since an earlier run are not checked again.

    Only a run about the whole project writes: one about some of its files would forget the others.
    """
    path = cache_path(folder, project.root, what_bears(project))
    lines = Lines(read_remembered(path))
    known = _known(project, files, check, lines)
    if project.paths:
        yield from known
        return
    with CacheWriter(path) as writer:
        for one in known:
            writer.add(one)
            yield one
        lines.close()
        writer.finish(changed=writer.is_new or lines.is_other)


def what_bears(project: OpenProject) -> str:
    """Return all that a verdict depends on beside the path and the bytes of its file, and the days on which it holds."""
    settings, config = project.settings, project.config
    bears = settings.project
    said = (
        program_digest(), settings.say.language, settings.ready, project.files.file,
        config.structures, config.accounts, bears.environment, dict(bears.levels), bears.waivers,
    )  # fmt: skip
    return f"{_chosen_day(project)} {said!r}"


def _chosen_day(project: OpenProject) -> str:
    """Return the day whose rules were asked for, "" for today: what is remembered goes on from day to day.

    Each verdict says on which days it holds: a day of its own has but the sense that no other one overwrites it.
    """
    day = project.settings.day
    return "" if day == today() else day.isoformat()


def _known(project: OpenProject, files: Files, check: Check, lines: Lines) -> Iterator[Remembered]:
    if lines.is_empty:
        yield from check(files)
        return
    folders: dict[str, bool] = {}
    day = project.settings.day.isoformat()
    kept: list[Remembered | None] = []
    missing: list[tuple[str, FileKind]] = []
    for file in files:
        one = unchanged(project.files, file, _holding(lines.of(file[0]), day), folders)
        kept.append(one)
        if one is None:
            missing.append(file)
        if len(kept) >= (_WINDOW if missing else _UNCHANGED):
            yield from _in_turn(kept, check(missing) if missing else iter(()))
            kept, missing = [], []
    yield from _in_turn(kept, check(missing) if missing else iter(()))


def _in_turn(kept: Sequence[Remembered | None], new: Iterator[Remembered]) -> Iterator[Remembered]:
    for one in kept:
        yield next(new) if one is None else one


def _holding(old: Remembered | None, day: str) -> Remembered | None:
    return old if old is not None and holds_on(old.row, day) else None


def unchanged(
    project: ProjectFiles, file: tuple[str, FileKind], old: Remembered | None, folders: dict[str, bool]
) -> Remembered | None:
    """Return what is remembered of a file that did not change since, None for any other."""
    if old is None or not old.digest:
        return None
    look = look_of(project.root, file[0])
    if look is not None and look == old.look and not leads_outside(project.root, file[0], folders):
        return old
    text = read_text(project.root, *file, folders)
    if text.read_error or digest_of(text.raw) != old.digest:
        return None
    return old if look == old.look else replace(old, look=look, line=b"")


class Lines:
    """The lines of a cache, which come in the order of their paths, as files do."""

    def __init__(self, lines: Generator[Remembered]) -> None:
        self._lines = lines
        self._next = next(lines, None)
        self._other = False

    def close(self) -> None:
        """Ask for nothing more: a file that is still read cannot be replaced everywhere."""
        self._lines.close()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is remembered, or all has been asked for."""
        return self._next is None

    @property
    def is_other(self) -> bool:
        """Whether something is remembered of files that nobody asked for."""
        return self._other or self._next is not None

    def of(self, path: str) -> Remembered | None:
        """Return what is remembered of a path, None for nothing; paths are asked for in their order."""
        while self._next is not None and self._next.path < path:
            self._next, self._other = next(self._lines, None), True
        found = self._next
        if found is None or found.path != path:
            return None
        self._next = next(self._lines, None)
        return found
