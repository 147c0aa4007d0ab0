"""Checking files to what is remembered of them: the work of one process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.checking.verdict import to_row, verdict_of
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import TrackedDay
from chorus_config.model.project import ProjectConfig, TextFile
from chorus_config.workspace.files import read_text
from chorus_config.workspace.folder import Files, ProjectFiles
from chorus_config.workspace.verdict_cache import Look, Remembered, digest_of, look_of


class CheckedWith(Struct, frozen=True):
    """What files are checked with, as plain data."""

    files: ProjectFiles
    day: date
    language: Language
    config: ProjectConfig
    ready: bool

    @property
    def settings(self) -> CheckSettings:
        """What checks are judged by."""
        return CheckSettings(TrackedDay(self.day), translator_for(self.language), self.config, self.ready)


def checked_with(project: ProjectFiles, settings: CheckSettings) -> CheckedWith:
    """Return what the files of a project are checked with."""
    return CheckedWith(project, settings.day, settings.say.language, settings.project, settings.ready)


class Judging(Struct, frozen=True):
    """The work of checking files, for one process of several."""

    given: CheckedWith

    def results(self, files: Files) -> Iterator[tuple[Any, ...]]:
        """Yield what is to be remembered of each, without its path, which is known already."""
        for one in judged(files, self.given.files, self.given.settings):
            yield one.look, one.digest, one.row


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
