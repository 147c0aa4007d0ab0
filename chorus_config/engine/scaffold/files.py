"""All files of a new project, in the order in which somebody reads them, and what each is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from chorus_config.engine.scaffold import github, gitlab
from chorus_config.engine.scaffold.ignored import ignored_text
from chorus_config.engine.scaffold.pre_commit import pre_commit_text
from chorus_config.engine.scaffold.project_file import project_file_of
from chorus_config.engine.scaffold.sheet import sheet_path, sheet_text
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.project import PROJECT_FILE
from chorus_config.model.scaffold import Answers, Ci, Origin

# What each file is for, by the beginning of its path.
ABOUT: Final = {
    PROJECT_FILE: _("the project: its language, its budgets"),
    "structures/": _("the sheet, field by field"),
    "schemas/": _("what editors complete and check the files with"),
    ".gitignore": _("what git leaves aside: the store"),
    ".pre-commit-config.yaml": _("the checks before each commit and push"),
    github.PATH: _("the checks of each pull request"),
    gitlab.PATH: _("the checks of each merge request"),
}


class MadeFile(Struct, frozen=True):
    """A file of a new project: its path in the project, its bytes."""

    path: str
    raw: bytes


def files_of_sheet(answers: Answers, day: date, say: Translator) -> Iterator[MadeFile]:
    """Yield the project file of one budget, and its sheet."""
    label = answers.label or answers.name
    yield MadeFile(PROJECT_FILE, project_file_of([(answers.siret, label)], day, say, label))
    yield MadeFile(sheet_path(answers), sheet_text(answers, say).encode())


def files_around(ci: Ci, origin: Origin | None, say: Translator, *, top: bool = True) -> Iterator[MadeFile]:
    """Yield what stands around the sheets: what git, pre-commit and CI read. The last two are read at the `top` of git only."""
    yield MadeFile(".gitignore", ignored_text(say).encode())
    if not top:
        return
    yield MadeFile(".pre-commit-config.yaml", pre_commit_text(origin, say).encode())
    if ci == "github":
        yield MadeFile(github.PATH, github.github_text(origin, say).encode())
    elif ci == "gitlab":
        yield MadeFile(gitlab.PATH, gitlab.gitlab_text(origin, say).encode())


def about(path: str, say: Translator) -> str:
    """Return what a file is for."""
    return next((say(text) for start, text in ABOUT.items() if path.startswith(start)), "")
