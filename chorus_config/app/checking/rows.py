"""Checking files to what is remembered of them, in this process or in several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chorus_config.app.checking.judge import Files, judged
from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.workspace.folder import ProjectFiles
from chorus_config.workspace.verdict_cache import Remembered

# Starting processes costs more than checking fewer files.
PROCESSES_FROM: Final = 400


def rows(files: Files, project: ProjectFiles, settings: CheckSettings, processes: int) -> Iterator[Remembered]:
    """Check files, in several processes when they are many, and yield what is to be remembered of each, in their order."""
    if processes > 1 and len(files) >= PROCESSES_FROM:
        from chorus_config.app.checking.pool import judged_in_processes  # noqa: PLC0415 - its imports cost 50 ms

        return judged_in_processes(files, project, settings, processes)
    return judged(files, project, settings)
