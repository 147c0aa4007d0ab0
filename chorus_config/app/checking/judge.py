"""Checking files to what is remembered of them: the work of one process."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.checking.verdict import to_row, verdict_of
from chorus_config.model.project import TextFile
from chorus_config.workspace.files import read_text
from chorus_config.workspace.folder import Files, ProjectFiles
from chorus_config.workspace.verdict_cache import Look, Remembered, digest_of, look_of


def judged(files: Files, project: ProjectFiles, settings: CheckSettings) -> Iterator[Remembered]:
    """Check files, and yield what is to be remembered of each; its digest is "" when it could not be read."""
    folders: dict[str, bool] = {}
    for path, kind in files:
        # Looked at before it is read: should it change in between, it looks otherwise the next time.
        look = look_of(project.root, path)
        yield judged_text(read_text(project.root, path, kind, folders), look, settings)


def judged_text(text: TextFile, look: Look | None, settings: CheckSettings) -> Remembered:
    """Check the text of a file, which looked so before it was read."""
    row = to_row(verdict_of(check_file(text, settings), settings))
    return Remembered(text.path, look, "" if text.read_error else digest_of(text.raw), row)
