"""The sheets of a first plan, judged in several processes: nothing is approved yet, and none of them depends on another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from chorus_config.app.checking.judge import CheckedWith, checked_with
from chorus_config.app.checking.pool import in_processes
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.planning.desired_sheet import DesiredSheet
from chorus_config.engine.planning.draft import first_judge
from chorus_config.engine.planning.inputs import PlanningInputs
from chorus_config.engine.planning.one_sheet import SheetInputs, judged_at_once
from chorus_config.i18n.translator import _
from chorus_config.model.snapshot import Snapshot
from chorus_config.workspace.folder import Files, read_files

if TYPE_CHECKING:
    from chorus_config.app.project import OpenProject


# Judging a sheet that is new costs ten times what checking it does.
_CHUNK: Final = 16


class Planning(Struct, frozen=True):
    """The work of judging the sheets of a first plan, for one process of several."""

    given: CheckedWith
    inputs: PlanningInputs

    def results(self, files: Files) -> Iterator[CheckedFile | DesiredSheet]:
        """Yield what each file asks for; a file that names nobody, or is out of scope, as it was checked."""
        settings = self.given.settings
        inputs, judge = SheetInputs(Snapshot(), self.inputs, settings), first_judge(self.inputs, settings)
        for text in read_files(self.given.files, files):
            yield judged_at_once(check_file(text, settings), inputs, judge)


def judged_in_processes(
    project: OpenProject, files: Files, inputs: PlanningInputs, processes: int
) -> Iterator[CheckedFile | DesiredSheet]:
    """Yield what the files of a first plan ask for, in their order."""
    work = Planning(checked_with(project.files, project.settings), inputs)
    yield from project.events.track(in_processes(files, work, processes, _CHUNK), len(files), project.say(_("Checking")))
