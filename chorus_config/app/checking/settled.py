"""The sheets of a plan: those that ask for nothing, as they were found before, need be neither read nor compared again.

What is remembered follows from the bytes of a sheet and the record that it was compared with; where one of them is another, or
anything else that a plan depends on, the sheet is checked and compared. An approval remembers nothing: it looks at everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from chorus_config.app.checking.remembered import Lines, unchanged, what_bears
from chorus_config.diff.expand import root_of
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.planning.settled import SettledSheet, from_row, to_row
from chorus_config.i18n.translator import _
from chorus_config.model.plan import Options
from chorus_config.model.project import FileKind
from chorus_config.model.store_state import StoreState
from chorus_config.workspace.files import read_text
from chorus_config.workspace.folder import Files
from chorus_config.workspace.verdict_cache import (
    CacheWriter,
    Look,
    Remembered,
    cache_path,
    digest_of,
    look_of,
    read_remembered,
)
from chorus_config.yamltext.parse import parse

if TYPE_CHECKING:
    from chorus_config.app.project import OpenProject

# Where more of the files than one in so many changed, nothing is gained by remembering the others.
_FEW: Final = 4


class PlanMemory:
    """What is remembered of the sheets that asked for nothing when a plan was made."""

    def __init__(self, project: OpenProject, folder: Path) -> None:
        self._project = project
        self._path = cache_path(folder, project.root, f"plan {what_bears(project)}")
        # Of thousands of lines, what they say is held when its turn comes.
        self._records = [one.row[1] for one in read_remembered(self._path)]
        self._kept: dict[str, Remembered] = {}
        self._seen: dict[str, tuple[Look | None, str]] = {}
        self._secret = ""

    @property
    def trusted(self) -> frozenset[str]:
        """The digests of the records that were found whole then."""
        return frozenset(self._records)

    def sheets(self, files: Files, state: StoreState) -> Iterator[CheckedFile | SettledSheet]:
        """Yield the files of a plan against a state, in their order: settled or checked."""
        project = self._project
        found = self._sheets(files, state)
        yield from project.events.track(found, len(files), project.say(_("Checking")))

    def _sheets(self, files: Files, state: StoreState) -> Iterator[CheckedFile | SettledSheet]:
        self._secret = digest_of(state.secret or b"")
        settled = {one.path: one for one in self._settled(files, state)}
        others = [file for file in files if file[0] not in settled]
        if len(others) * _FEW > len(files):
            settled = {}
        elif settled:
            named = set(self._roots(others))
            settled = {path: one for path, one in settled.items() if one.root not in named}
        self._kept = {path: one for path, one in self._kept.items() if path in settled}
        for file in files:
            yield settled.get(file[0]) or self._checked(file)

    def _settled(self, files: Files, state: StoreState) -> Iterator[SettledSheet]:
        """Yield the sheets that are as they were, beside a record that is as it was."""
        folders: dict[str, bool] = {}
        lines = Lines(read_remembered(self._path))
        # Only what a store gave has such a digest.
        digest_in: Any = getattr(state.snapshot.records, "digest_of", None)
        for file in files if digest_in is not None else ():
            old = unchanged(self._project.files, file, lines.of(file[0]), folders)
            if old is None or old.row[0] != self._secret or old.row[1] != digest_in(old.row[2][0]):
                continue
            self._kept[old.path] = replace(old, row=()) if old.line else old
            yield from_row(old.path, old.row[2])
        lines.close()

    def _roots(self, files: Files) -> Iterator[str]:
        """Yield the names of what other files are about: should one be that of a settled sheet, both are looked at."""
        folders: dict[str, bool] = {}
        for path, kind in files:
            data: Any = parse(read_text(self._project.root, path, kind, folders).raw).data
            root = root_of(data) if isinstance(data, dict) else None
            yield from () if root is None else (str(root),)

    def _checked(self, file: tuple[str, FileKind]) -> CheckedFile:
        # Looked at before it is read: should it change in between, it looks otherwise the next time.
        look = look_of(self._project.root, file[0])
        text = read_text(self._project.root, *file)
        self._seen[text.path] = look, "" if text.read_error else digest_of(text.raw)
        return check_file(text, self._project.settings)

    def remember(self, sheets: tuple[SettledSheet, ...], state: StoreState, options: Options) -> None:
        """Remember the sheets that ask for nothing now. Of a plan about some of the sheets, nothing is remembered."""
        digest_in: Any = getattr(state.snapshot.records, "digest_of", None)
        if digest_in is None or self._project.paths or options.targets:
            return
        with CacheWriter(self._path) as writer:
            for sheet in sorted(sheets, key=lambda one: one.path):
                writer.add(self._kept.get(sheet.path) or self._new(sheet, digest_in(sheet.root)))
            writer.finish(changed=writer.is_new or len(sheets) != len(self._records))

    def _new(self, sheet: SettledSheet, record: str) -> Remembered:
        look, digest = self._seen[sheet.path]
        return Remembered(sheet.path, look, digest, [self._secret, record, to_row(sheet)])
