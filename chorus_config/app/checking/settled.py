"""The sheets of a plan: those that ask for nothing, as they were found before, need be neither read nor compared again.

What is remembered follows from the bytes of a sheet and the record that it was compared with; where one of them is another, or
anything else that a plan depends on, the sheet is checked and compared. An approval remembers nothing: it looks at everything.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from chorus_config.app.checking.remembered import Lines, unchanged, what_bears
from chorus_config.diff.expand import root_of
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.checking.verdict import holds_on
from chorus_config.engine.planning.settled import SettledSheet, from_row, to_row
from chorus_config.i18n.translator import _
from chorus_config.model.plan import Options
from chorus_config.model.project import FileKind
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import StoreState
from chorus_config.store.records import Records
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


class _Kept(Struct, frozen=True):
    """A sheet whose bytes are as they were, with the digests of the store's secret and of the record it was compared with."""

    sheet: SettledSheet
    secret: str
    record: str
    old: Remembered


class PlanMemory:
    """What is remembered of the sheets that asked for nothing when a plan was made."""

    def __init__(self, project: OpenProject, files: Files, folder: Path) -> None:
        self._project = project
        self._files = files
        self._path = cache_path(folder, project.root, f"plan {what_bears(project)}")
        self._kept: dict[str, _Kept] = {}
        # How many lines of the memory were read.
        self._count = 0
        self._seen: dict[str, tuple[Look | None, str]] = {}
        self._secret = ""

    def trusted(self) -> frozenset[str]:
        """Look at the files; return the digests of the records with which those that are as they were, were compared."""
        folders: dict[str, bool] = {}
        day, lines = self._project.settings.day.isoformat(), Lines(self._lines())
        for file in self._files:
            old = unchanged(self._project.files, file, lines.of(file[0]), folders)
            if old is not None and holds_on(old.row[2], day):
                secret, record, row = old.row
                # Of thousands of lines, what they say is held once, and the secret, which is that of all, once for all.
                known = Remembered(old.path, old.look, old.digest, (), old.line) if old.line else old
                self._kept[old.path] = _Kept(from_row(old.path, row), intern(secret), record, known)
        lines.close()
        return frozenset(one.record for one in self._kept.values())

    def _lines(self) -> Generator[Remembered]:
        for one in read_remembered(self._path):
            self._count += 1
            yield one

    def sheets(self, state: StoreState) -> Iterator[CheckedFile | SettledSheet]:
        """Yield the files of a plan against a state, in their order: settled or checked."""
        found = self._sheets(state)
        yield from self._project.events.track(found, len(self._files), self._project.say(_("Checking")))

    def _sheets(self, state: StoreState) -> Iterator[CheckedFile | SettledSheet]:
        self._secret = digest_of(state.secret or b"")
        files, kept = self._files, self._beside_the_same(state.snapshot.records)
        others = [file for file in files if file[0] not in kept]
        if len(others) * _FEW > len(files):
            kept = {}
        elif kept:
            named = set(self._roots(others))
            kept = {path: one for path, one in kept.items() if one.sheet.root not in named}
        self._kept = kept
        for file in files:
            yield kept[file[0]].sheet if file[0] in kept else self._checked(file)

    def _beside_the_same(self, records: Mapping[str, Record]) -> dict[str, _Kept]:
        """Return the sheets whose record is as it was, too; only what a store gave has digests of them."""
        if not isinstance(records, Records):
            return {}
        secret, digest_in = self._secret, records.digest_of
        return {
            path: one for path, one in self._kept.items() if one.secret == secret and one.record == digest_in(one.sheet.root)
        }

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
        records = state.snapshot.records
        if not isinstance(records, Records) or self._project.paths or options.targets:
            return
        if self._holds_still(sheets):
            CacheWriter(self._path).finish(changed=False)
            return
        with CacheWriter(self._path) as writer:
            for sheet in sorted(sheets, key=lambda one: one.path):
                found = self._kept.get(sheet.path)
                writer.add(self._new(sheet, records.digest_of(sheet.root)) if found is None else found.old)
            writer.finish(changed=True)

    def _holds_still(self, sheets: Sequence[SettledSheet]) -> bool:
        """Tell whether the memory says all this, and no more: a line that nobody asked for was counted, too."""
        kept = [self._kept.get(one.path) for one in sheets]
        return len(kept) == self._count and all(one is not None and one.old.line for one in kept)

    def _new(self, sheet: SettledSheet, record: str) -> Remembered:
        look, digest = self._seen[sheet.path]
        return Remembered(sheet.path, look, digest, [self._secret, record, to_row(sheet)])
