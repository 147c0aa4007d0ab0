"""Opening a project: its file, its language, its day, its sheets, its store. Nearly every action begins here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.checking.project import read_project
from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import LANGUAGES, Language, Translator, _, translator_for
from chorus_config.model.errors import NoInput, ProjectFault
from chorus_config.model.finding import Finding, TrackedDay
from chorus_config.model.progress import Follow, unfollowed
from chorus_config.model.project import PROJECT_FILE, FileKind, ProjectConfig, TextFile
from chorus_config.store.address import refuse_password
from chorus_config.workspace.files import read_text
from chorus_config.workspace.folder import ProjectFiles, Selection, all_files, locate, named_files, read_files
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.parse import parse

if TYPE_CHECKING:
    from chorus_config.store.store import Store
    from chorus_config.workspace.not_read import NotRead, Reason


def _silent(_message: str) -> None:
    """Say nothing."""


class Events(Struct, frozen=True):
    """Who hears of an action at work: `note` takes a sentence in the user's language, `track` follows long work.

    By default nobody does: a program that calls an action gets its result and its errors, and nothing is printed.
    """

    note: Callable[[str], None] = _silent
    track: Follow = unfollowed


SILENT = Events()

# Of many files that nobody reads, the first are named.
_MOST_NOTES: Final = 10
_NOT_READ: Final[Mapping[Reason, str]] = {
    "ending": _("note: {name} is not read, since its name does not end in .yaml"),
    "place": _("note: {name} says that it is one of our files, and is not read: they are looked for in {where}"),
    "project": _("note: {name} is not read: the project file is {file}"),
}


def language(asked: str | None, project: str = "") -> Language:
    """Return the language: option or environment, project, English for an English locale, else French."""
    for wish in (asked, os.environ.get("CHORUS_CONFIG_LANG"), project):
        for known in LANGUAGES:
            if wish == known:
                return known
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "fr"


# Reads the project file of this name from elsewhere than the disk; None when it is not there.
ReadProject = Callable[[str], TextFile | None]


class OpenOptions(Struct, frozen=True):
    """How a project is opened.

    `directory` is where paths are relative to, and where the project is looked for, upwards; `config` names the project file
    instead. `language` (`fr`, `en`) and `day` win over what the project says. `paths` are the files and folders that an
    action is about, all without; `ready` adds the checks of going live.
    """

    directory: Path = Path()
    config: str | None = None
    language: str | None = None
    day: date | None = None
    paths: tuple[str, ...] = ()
    ready: bool = False
    events: Events = SILENT

    @property
    def say(self) -> Translator:
        """The language as far as it is known before the project is read."""
        return translator_for(language(self.language))


class OpenProject(Struct, frozen=True):
    """A project at work: its files and decisions, what checks are judged by, and which paths an action is about."""

    directory: Path
    files: ProjectFiles
    settings: CheckSettings
    paths: tuple[str, ...] = ()
    events: Events = SILENT

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.files.root

    @property
    def config(self) -> ProjectConfig:
        """What the project file says."""
        return self.files.config

    @property
    def say(self) -> Translator:
        """The language of the project."""
        return self.settings.say

    def select(self, *, force_exclude: bool = False) -> Selection:
        """Return the files that an action is about. Raises NoInput when a named one is missing."""
        if not self.paths:
            return self.select_all()
        chosen = named_files(self.files, self.paths, self.directory, force_exclude=force_exclude)
        if chosen.missing:
            raise NoInput(self.say(_("no such file: {names}"), names=", ".join(chosen.missing)))
        return chosen

    def select_all(self) -> Selection:
        """Return all files of the project, and tell of those that are meant as its own and that nobody reads."""
        from chorus_config.workspace.not_read import not_read  # noqa: PLC0415 - who names files is told of no others

        self.note_not_read(not_read(self.files))
        return all_files(self.files)

    def select_quietly(self) -> Selection:
        """Return all files of the project, and those that an action is about, without a word about what nobody reads."""
        whole = all_files(self.files)
        chosen = named_files(self.files, self.paths, self.directory, force_exclude=False) if self.paths else whole
        return replace(whole, files=(*whole.files, *chosen.files))

    def note_not_read(self, found: Sequence[NotRead]) -> None:
        """Tell of files that nobody reads: what they hold is in no count and in no plan."""
        where = ", ".join((*self.config.structures, *self.config.accounts))
        for one in found[:_MOST_NOTES]:
            self.note(_NOT_READ[one.reason], name=printable(one.path), where=where, file=self.files.file or PROJECT_FILE)
        if len(found) > _MOST_NOTES:
            self.note(_("note: more files are not read either: {n}"), n=len(found) - _MOST_NOTES)

    def check(self, files: Sequence[tuple[str, FileKind]]) -> Iterator[CheckedFile]:
        """Check files of the project, one at a time."""
        return self.check_texts(read_files(self.files, files), len(files))

    def check_texts(self, texts: Iterable[TextFile], count: int) -> Iterator[CheckedFile]:
        """Check so many texts, one at a time."""
        for text in self.events.track(texts, count, self.say(_("Checking"))):
            yield check_file(text, self.settings)

    def store(self) -> Store:
        """Return the store of the project, which need not exist yet. Raises ProjectFault for an address that is none."""
        from chorus_config.store.store import Store  # noqa: PLC0415 - checking a sheet needs no database

        return Store(self.config.store, self.root, self.say)

    def note(self, message: str, **places: object) -> None:
        """Say something on the side."""
        self.events.note(self.say(message, **places))


def project_place(options: OpenOptions) -> tuple[Path, str | None]:
    """Return the folder of the project and the name of its file, None without one. Raises NoInput for a missing `config`."""
    if not options.directory.is_dir():
        raise NoInput(options.say(_("no such folder: {name}"), name=options.directory))
    file = _project_file(options)
    return (_bare_root(options), None) if file is None else (file.parent, file.name)


def open_project(options: OpenOptions | None = None, *, read: ReadProject | None = None) -> OpenProject:
    """Find and read the project. Raises NoInput for a missing `config`, ProjectFault for an invalid project file.

    With `read`, the project file is taken from a git revision: it may be there without being on the disk.
    """
    chosen = options or OpenOptions()
    root, name = project_place(chosen)
    _finish_interrupted(chosen, root)
    from_disk = read_text(root, name, "projet") if name is not None and read is None else None
    text = from_disk if read is None else read(name or PROJECT_FILE)
    if text is not None:
        return _with_file(chosen, root, text)
    if read is None:
        from chorus_config.workspace.not_read import misnamed_project_file  # noqa: PLC0415 - nearly all have a project file

        refuse_misnamed(misnamed_project_file(root), chosen)
    settings = CheckSettings(TrackedDay(chosen.day or today()), chosen.say, ready=chosen.ready)
    return OpenProject(chosen.directory, ProjectFiles(root, None, ProjectConfig()), settings, chosen.paths, chosen.events)


def _finish_interrupted(options: OpenOptions, root: Path) -> None:
    """Finish or undo a change of sheets that died in the middle, before anybody reads its sheets."""
    if not os.path.lexists(root / ".chorus-config" / "import.journal"):
        return
    from chorus_config.workspace.journal import finish  # noqa: PLC0415 - hardly any run finds a journal

    say = options.say
    try:
        done = finish(root)
    except OSError as error:
        message = _(
            "note: the writing of several files was interrupted, and cannot be finished: {why}; compare the files with git"
        )
        options.events.note(say(message, why=os_reason(error, say)))
        return
    if done is None:
        return
    if done.how == "finished":
        message = _("note: the writing of several files that was interrupted is finished: {paths}")
        options.events.note(say(message, paths=_named(done.paths)))
    else:
        message = _("note: the writing of several files that was interrupted was undone: no file is changed")
        options.events.note(say(message))
    if done.left:
        message = _("note: somebody changed {paths} since then: left as it is, compare it with git")
        options.events.note(say(message, paths=_named(done.left)))


def _named(paths: Sequence[str]) -> str:
    return ", ".join(map(printable, paths))


def refuse_misnamed(file: Path | None, options: OpenOptions) -> None:
    """Raise ProjectFault for a file that was meant as the project file and is not called so; None is no file.

    Without what it says, sheets would be judged without their exceptions, and approved in another store.
    """
    if file is None:
        return
    name = printable(os.path.relpath(file, _absolute(options.directory)))
    message = _("{name} is meant as the project file, which is called {file}: rename it, or name it with --config")
    raise ProjectFault(options.say(message, name=name, file=PROJECT_FILE))


def _with_file(options: OpenOptions, root: Path, text: TextFile) -> OpenProject:
    data: Any = parse(text.raw).data
    said = data.get("langue") if isinstance(data, dict) else ""
    say = translator_for(language(options.language, str(said)))
    project, findings = read_project(text, CheckSettings(TrackedDay(options.day or today()), say))
    if project is None:
        message = say(_("the project file {path} is invalid: nothing else was read"), path=text.path)
        raise ProjectFault(message, seen_from(options.directory, root, findings))
    refuse_password(project.store, say)
    day = TrackedDay(options.day or project.reference_date or today())
    files, paths = ProjectFiles(root, text.path, project, text), _narrowing(options, root)
    return OpenProject(options.directory, files, CheckSettings(day, say, project, options.ready), paths, options.events)


def seen_from(directory: Path, root: Path, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with their paths as seen from a directory, where editors and CI look for them."""
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


def _narrowing(options: OpenOptions, root: Path) -> tuple[str, ...]:
    """Return the paths that were named. Naming the project's own folder narrows nothing."""
    whole = any(_absolute(options.directory / path) == root for path in options.paths)
    return () if whole else options.paths


def _project_file(options: OpenOptions) -> Path | None:
    if options.config is not None:
        file = options.directory / options.config
        if not os.path.lexists(file):
            raise NoInput(options.say(_("no such file: {names}"), names=options.config))
        return _absolute(file)
    start = _first_folder(options)
    return locate(_absolute(start)) if start.is_dir() else None


def _absolute(path: Path) -> Path:
    """Return a path from the root of the disk, as written: following links could leave the project before it is found."""
    return Path(os.path.normpath(Path.cwd() / path))


def _first_folder(options: OpenOptions) -> Path:
    if not options.paths:
        return options.directory
    first = options.directory / options.paths[0]
    return first if first.is_dir() else first.parent


def _bare_root(options: OpenOptions) -> Path:
    """Without a project file, the folder itself is the project; what is named elsewhere brings its own."""
    here, start = _absolute(options.directory), _absolute(_first_folder(options))
    return here if start.is_relative_to(here) else start
