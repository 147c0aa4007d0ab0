"""The verdicts on many files: in one process or several, remembered or not, always the same and in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.checking.verdict import Verdict, from_row, verdict_of
from chorus_config.i18n.translator import _
from chorus_config.model.project import FileKind
from chorus_config.workspace.cache_folder import cache_folder
from chorus_config.workspace.folder import read_files

if TYPE_CHECKING:
    from chorus_config.app.project import OpenProject

# Reading a cache costs more than checking fewer files.
CACHE_FROM: Final = 200
Files = Sequence[tuple[str, FileKind]]


@dataclass(frozen=True, slots=True)
class Effort:
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

        found = remembered(project, files, effort.processes, effort.cache)
    elif effort.processes > 1 and len(files) >= CACHE_FROM:
        from chorus_config.app.checking.rows import rows  # noqa: PLC0415 - few files pay nothing for it

        found = rows(files, project.files, project.settings, effort.processes)
    else:
        settings = project.settings
        yield from (verdict_of(check_file(text, settings), settings) for text in read_files(project.files, files))
        return
    yield from (from_row(one.path, one.row) for one in found)


def effort_of_user(processes: int, *, remember: bool) -> Effort:
    """Return an effort; what is remembered lies in the user's own cache folder, where there is one."""
    return Effort(processes, cache_folder() if remember else None)
