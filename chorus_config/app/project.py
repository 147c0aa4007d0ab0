"""What nearly every command begins with: the project it is about, its language, its day, the files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from chorus_config.app.language import language
from chorus_config.cli.shared.options import Request
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.checking.project_file import read_project
from chorus_config.engine.checking.settings import CheckSettings
from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import NoInput, ProjectFault
from chorus_config.model.finding import Finding
from chorus_config.model.project_config import PROJECT_FILE, ProjectConfig
from chorus_config.model.text_file import FileKind, TextFile
from chorus_config.store.address import refuse_password
from chorus_config.store.store import Store
from chorus_config.workspace.files import read_text
from chorus_config.workspace.folder import (
    ProjectFiles,
    Selection,
    all_files,
    locate,
    misnamed_files,
    named_files,
    read_files,
)
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.parse import parse

_PROGRESS_FROM = 400


@dataclass(frozen=True, slots=True)
class OpenProject:
    """A command at work on a project."""

    request: Request
    home: ProjectFiles
    setting: CheckSettings

    def select(self, *, force_exclude: bool = False) -> Selection:
        """Return the files that the command is about. Raises NoInput when a named one is missing."""
        if not self.request.paths:
            for name in misnamed_files(self.home):
                self.note(_("note: {name} is not read, since its name does not end in .yaml"), name=printable(name))
            return all_files(self.home)
        chosen = named_files(self.home, self.request.paths, self.request.directory, force_exclude=force_exclude)
        if chosen.missing:
            raise NoInput(self.setting.say(_("no such file: {names}"), names=", ".join(chosen.missing)))
        return chosen

    def check(self, files: Sequence[tuple[str, FileKind]]) -> Iterator[CheckedFile]:
        """Check files one at a time, with progress on a terminal when they are many."""
        return self.check_texts(read_files(self.home, files), len(files))

    def check_texts(self, work: Iterable[TextFile], count: int) -> Iterator[CheckedFile]:
        """Check so many texts one at a time, with progress on a terminal when they are many."""
        if count < _PROGRESS_FROM or self.request.quiet or os.environ.get("CI"):
            for text in work:
                yield check_file(text, self.setting)
            return
        label = self.setting.say(_("Checking"))
        with click.progressbar(work, length=count, label=label, file=sys.stderr) as shown:
            for text in shown:
                yield check_file(text, self.setting)

    def note(self, message: str, **places: object) -> None:
        """Say something on the side, on stderr."""
        if not self.request.quiet:
            click.echo(self.setting.say(message, **places), err=True)


# Reads the project file of this name from elsewhere than the disk; None when it is not there.
ReadProject = Callable[[str], TextFile | None]


def project_place(request: Request) -> tuple[Path, str | None]:
    """Return the folder of the project and the name of its file, None without one. Raises NoInput for a missing `--config`."""
    if not request.directory.is_dir():
        raise NoInput(request.say(_("no such folder: {name}"), name=request.directory))
    file = _project_file(request)
    return (_bare_root(request), None) if file is None else (file.parent, file.name)


def open_project(request: Request, *, ready: bool = False, read: ReadProject | None = None) -> OpenProject:
    """Find and read the project. Raises NoInput for a missing `--config`, ProjectFault for an invalid project file.

    With `read`, the project file is taken from a git revision: it may be there without being on the disk.
    """
    root, name = project_place(request)
    from_disk = read_text(root, name, "projet") if name is not None and read is None else None
    text = from_disk if read is None else read(name or PROJECT_FILE)
    if text is None:
        setting = CheckSettings(request.as_of or today(), translator_for(language(request.lang)), ready=ready)
        return OpenProject(request, ProjectFiles(root, None, ProjectConfig()), setting)
    return _on_project(request, root, text, ready=ready)


def _on_project(request: Request, root: Path, text: TextFile, *, ready: bool) -> OpenProject:
    data: Any = parse(text.raw).data
    said = data.get("langue") if isinstance(data, dict) else ""
    say = translator_for(language(request.lang, str(said)))
    project, findings = read_project(text, CheckSettings(request.as_of or today(), say))
    if project is None:
        told = say(_("the project file {path} is invalid: nothing else was read"), path=text.path)
        raise ProjectFault(told, seen_from(request.directory, root, findings))
    refuse_password(project.store, say)
    day = request.as_of or project.reference_date or today()
    home = ProjectFiles(root, text.path, project, text)
    return OpenProject(_on_the_whole(request, home), home, CheckSettings(day, say, project, ready))


def seen_from(directory: Path, root: Path, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with their paths as seen from where the command was started, where editors and CI look for them."""
    prefix = os.path.relpath(root, directory)
    if prefix == ".":
        return tuple(findings)

    def _seen(path: str) -> str:
        return os.path.relpath(root / path, directory).replace(os.sep, "/")

    return tuple(
        replace(one, path=_seen(one.path), related=tuple(replace(o, path=_seen(o.path)) for o in one.related))
        for one in findings
    )


def today() -> date:
    """Return the day here and now."""
    return datetime.now(UTC).astimezone().date()


def now() -> str:
    """Return the instant, RFC 3339 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _on_the_whole(request: Request, home: ProjectFiles) -> Request:
    """Naming the project's own folder narrows nothing."""
    if all(_whole(request.directory / path) != home.root for path in request.paths):
        return request
    return replace(request, own={**request.own, "paths": ()})


def _project_file(request: Request) -> Path | None:
    if request.config is not None:
        file = request.directory / request.config
        if not os.path.lexists(file):
            raise NoInput(request.say(_("no such file: {names}"), names=request.config))
        return _whole(file)
    start = _first_folder(request)
    return locate(_whole(start)) if start.is_dir() else None


def _whole(path: Path) -> Path:
    """Return a path from the root of the disk, as written: following links could leave the project before it is found."""
    return Path(os.path.normpath(Path.cwd() / path))


def _first_folder(request: Request) -> Path:
    if not request.paths:
        return request.directory
    first = request.directory / request.paths[0]
    return first if first.is_dir() else first.parent


def _bare_root(request: Request) -> Path:
    """Without a project file, the folder itself is the project; what is named elsewhere brings its own."""
    here, start = _whole(request.directory), _whole(_first_folder(request))
    return here if start.is_relative_to(here) else start


def store_of(session: OpenProject) -> Store:
    """Return the store of a project, which need not exist yet. Raises ProjectFault for an address that is none."""
    return Store(session.home.project.store, session.home.root, session.setting.say)
