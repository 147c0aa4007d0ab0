"""What the checks of `doctor` look at: the options, the folder, and the project as far as it could be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct, field

from chorus_config.app.project import OpenOptions, OpenProject, open_project, project_place
from chorus_config.app.sources import Pace
from chorus_config.i18n.translator import Translator
from chorus_config.model.doctor import Check
from chorus_config.model.errors import ChorusConfigError
from chorus_config.workspace.journal import is_unfinished


class DoctorOptions(Struct, frozen=True):
    """What is to be looked at beside the project: sources over the network only when `online`, at a `pace`.

    `terminal` is the encoding of the terminal, "" where none is known.
    """

    online: bool = False
    pace: Pace = field(default_factory=Pace)
    terminal: str = ""


class Look(Struct, frozen=True):
    """One examination: `project` is None when it cannot be opened, and `fault` says why.

    `interrupted`: the journal of an import was there before the project was opened.
    """

    options: OpenOptions
    asked: DoctorOptions
    root: Path
    project: OpenProject | None = None
    fault: ChorusConfigError | None = None
    interrupted: bool = False

    @property
    def say(self) -> Translator:
        """The language, that of the project when it has one."""
        return self.options.say if self.project is None else self.project.say


# A check yields lines; none where there is nothing to look at.
Checker = Callable[[Look], Iterable[Check]]


def look_at(options: OpenOptions, asked: DoctorOptions) -> Look:
    """Open the project as far as that goes; never raises ChorusConfigError."""
    try:
        root, _name = project_place(options)
    except ChorusConfigError as fault:
        return Look(options, asked, options.directory, fault=fault)
    interrupted = is_unfinished(root)
    try:
        project = open_project(options)
    except ChorusConfigError as fault:
        return Look(options, asked, root, fault=fault, interrupted=interrupted)
    return Look(options, asked, project.root, project, interrupted=interrupted)
