"""Opening a project: its language, its day, its paths, what is said on the side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from chorus_config.app import Events, OpenOptions, OpenProject, open_project, validate_project
from chorus_config.model.errors import Exit, NoInput, ProjectFault
from tests.app.conftest import Open
from tests.cli.desk import SHEET, SIRET

Item = TypeVar("Item")


def test_a_project_says_what_its_file_says(opened: Open, folder: Path) -> None:
    project = opened()
    assert isinstance(project, OpenProject)
    assert (project.root, project.files.file) == (folder, "chorus-config.yaml")
    assert project.config.budgets[0] == SIRET
    assert project.say.language == "en"
    assert [path for path, _kind in project.select().files if SIRET in path] == [SHEET]


def test_language_and_day_of_the_caller_win(folder: Path) -> None:
    (folder / "chorus-config.yaml").write_text('type: projet\nversion: 1\nlangue: en\ndate_de_reference: "2016-10-01"\n')
    project = open_project(OpenOptions(folder))
    assert (project.say.language, project.settings.day) == ("en", date(2016, 10, 1))
    project = open_project(OpenOptions(folder, language="fr", day=date(2020, 1, 1)))
    assert (project.say.language, project.settings.day) == ("fr", date(2020, 1, 1))


def test_naming_the_folder_itself_narrows_nothing(opened: Open, folder: Path) -> None:
    assert opened(paths=(str(folder),)).paths == ()
    assert opened(paths=(str(folder / SHEET),)).select().files == ((SHEET, "fiche-structure"),)


def test_what_is_missing_or_invalid_is_an_error_with_its_exit_code(opened: Open, folder: Path) -> None:
    with pytest.raises(NoInput) as missing:
        opened(config="autre.yaml")
    assert missing.value.code == Exit.NO_INPUT
    (folder / "chorus-config.yaml").write_text("type: projet\nversion: 2\n")
    with pytest.raises(ProjectFault) as invalid:
        opened()
    assert [finding.rule for finding in invalid.value.findings] == ["CP009"]


def test_notes_and_progress_reach_whoever_listens(opened: Open, folder: Path) -> None:
    (folder / "structures" / "eau.yml").write_text("")
    notes: list[str] = []
    followed: list[tuple[str, int | None, str]] = []

    def _track(texts: Iterable[Item], count: int | None, label: str) -> Iterable[Item]:
        for text in texts:
            followed.append((getattr(text, "path", ""), count, label))
            yield text

    validate_project(opened(events=Events(notes.append, _track)))
    assert len(notes) == 1
    assert "eau.yml" in notes[0]
    assert (SHEET, len(followed), "Checking") in followed
