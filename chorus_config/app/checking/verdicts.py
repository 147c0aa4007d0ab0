"""The verdicts on many files: in one process or several, remembered or not, always the same and in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.checking.verdict import Verdict, from_row, verdict_of
from chorus_config.i18n.translator import _
from chorus_config.workspace.cache_folder import cache_folder
from chorus_config.workspace.folder import Files, read_files

if TYPE_CHECKING:
    from chorus_config.app.project import OpenProject
    from chorus_config.workspace.verdict_cache import Remembered

# Reading a cache, and starting processes, cost more than checking fewer files.
CACHE_FROM: Final = 200
PROCESSES_FROM: Final = 400
_CHUNK: Final = 64


class Effort(Struct, frozen=True):
    """How the checks of many files go about it: in how many processes at most, and the folder in which verdicts are remembered.

    Without a folder nothing is remembered. A program that asks for several processes must bear being started again
    (`if __name__ == "__main__":`) on systems other than Linux.
    """

    processes: int = 1
    cache: Path | None = None


# One process, and nothing remembered.
ALONE: Final = Effort()


def verdicts(project: OpenProject, files: Files, effort: Effort) -> Iterator[Verdict]:
    """Check files of a project, one at a time, in their order."""
    yield from project.events.track(_verdicts(project, files, effort), len(files), project.say(_("Checking")))


def _verdicts(project: OpenProject, files: Files, effort: Effort) -> Iterator[Verdict]:
    if effort.cache is not None and len(files) >= CACHE_FROM:
        from chorus_config.app.checking.remembered import remembered  # noqa: PLC0415 - few files pay nothing for it

        found = remembered(project, files, partial(_rows, project, effort.processes), effort.cache)
    elif _is_shared(files, effort.processes):
        found = _rows(project, effort.processes, files)
    else:
        settings = project.settings
        yield from (verdict_of(check_file(text, settings), settings) for text in read_files(project.files, files))
        return
    yield from (from_row(one.path, one.row) for one in found)


def _rows(project: OpenProject, processes: int, files: Files) -> Iterator[Remembered]:
    """Check files, in several processes when they are many, and yield what is to be remembered of each, in their order."""
    from chorus_config.app.checking.judge import Judging, checked_with, judged  # noqa: PLC0415 - few files pay nothing for it

    if not _is_shared(files, processes):
        return judged(files, project.files, project.settings)
    from chorus_config.app.checking.pool import in_processes  # noqa: PLC0415 - its imports cost 50 ms
    from chorus_config.workspace.verdict_cache import Remembered  # noqa: PLC0415 - as above

    rows = in_processes(files, Judging(checked_with(project.files, project.settings)), processes, _CHUNK)
    return (Remembered(path, *row) for (path, _kind), row in zip(files, rows, strict=True))


def _is_shared(files: Files, processes: int) -> bool:
    return processes > 1 and len(files) >= PROCESSES_FROM


def effort_of_user(processes: int, *, remember: bool) -> Effort:
    """Return an effort; what is remembered lies in the user's own cache folder, where there is one."""
    return Effort(processes, cache_folder() if remember else None)
