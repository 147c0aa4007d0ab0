"""`fix`: the files with what a program can mend in them, shown or written; comments and all other bytes stay."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.app.project import OpenProject
from chorus_config.engine.fixing.encoding import recoded
from chorus_config.engine.fixing.rounds import mend_text, name_for, with_fixes
from chorus_config.i18n.translator import _
from chorus_config.model.finding import Finding
from chorus_config.model.fixing import FileChange, FixRun, MendedFile
from chorus_config.model.project import FileKind, TextFile
from chorus_config.rules.judges.checksums import is_fourteen_digits, siret_holds
from chorus_config.workspace.folder import Selection, read_files
from chorus_config.workspace.replace import Replacement, rename_file, replace_all
from chorus_config.yamltext.characters import printable
from chorus_config.yamltext.parse import parse


class FixOptions(Struct, frozen=True):
    """How files are mended: with what may change the meaning too, and in which encoding those are read that are no UTF-8."""

    unsafe: bool = False
    encoding: str = ""


def draft_fixes(project: OpenProject, selection: Selection, options: FixOptions | None = None) -> FixRun:
    """Return what mending some files comes to; nothing is written. The project file stays, with a note where it is named."""
    chosen = options or FixOptions()
    files = [file for file in selection.files if file[1] != "projet"]
    for path in (path for path, kind in selection.files if kind == "projet" and project.paths):
        message = _("note: {path} is the project file, in which nothing is mended: `chorus-config validate` checks it")
        project.note(message, path=printable(path))
    texts = project.events.track(read_files(project.files, files), len(files), project.say(_("Mending")))
    mended = [_mended(text, project, chosen) for text in texts]
    return FixRun(tuple(_renamed(mended, project, unsafe=chosen.unsafe)))


def write_fixes(project: OpenProject, run: FixRun) -> FixRun:
    """Write what a draft says: the contents of all files or of none, then their names.

    Raises Refused for a file that was changed meanwhile, Unavailable, Locked.
    """
    write_changes(project, [file.change for file in run.changed])
    for change in (file.change for file in run.changed):
        if change.renamed:
            rename_file(project.root / change.path, project.root / change.renamed, project.say)
    return replace(run, written=True)


def write_changes(project: OpenProject, changes: Sequence[FileChange]) -> None:
    """Write the contents of files, all or none. Raises like `write_fixes`."""
    # Behind a link stands the file that is meant; two names of one file are one file.
    wanted = {os.path.realpath(project.root / one.path): one for one in changes if one.old != one.new}
    replace_all([Replacement(Path(path), one.old, one.new) for path, one in wanted.items()], project.root, project.say)


def findings_with_fixes(project: OpenProject, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings of a check, in their order, each that a program can mend with its fix. The files are read again."""
    kinds: dict[str, FileKind] = dict(project.select_quietly().files)
    by_path: dict[str, list[Finding]] = {}
    for one in findings:
        by_path.setdefault(one.path, []).append(one)
    fixed: dict[int, Finding] = {}
    for path, listed in project.events.track(by_path.items(), len(by_path), project.say(_("Looking for fixes"))):
        if kinds.get(path, "projet") == "projet":
            continue
        text = next(iter(read_files(project.files, [(path, kinds[path])])))
        fixed |= {id(old): new for old, new in zip(listed, with_fixes(text, listed, project.settings), strict=True)}
    return tuple(fixed.get(id(one), one) for one in findings)


def _mended(text: TextFile, project: OpenProject, options: FixOptions) -> MendedFile:
    read = recoded(text.raw, options.encoding) if options.encoding else None
    mended = mend_text(text if read is None else replace(text, raw=read), project.settings, unsafe=options.unsafe)
    change = FileChange(text.path, text.kind, text.raw, mended.raw)
    unread = bool(text.read_error) or parse(mended.raw).stopped
    return MendedFile(change, mended, options.encoding if read is not None else "", unread)


def _renamed(files: Sequence[MendedFile], project: OpenProject, *, unsafe: bool) -> Iterator[MendedFile]:
    """Yield files with the names that they are to bear, where no other file has one or is to get it."""
    names = {file.change.path: "" if file.unread else _name(file.change, project, unsafe=unsafe) for file in files}
    wanted = [name for name in names.values() if name]
    for file in files:
        name = names[file.change.path]
        taken = bool(name) and (wanted.count(name) > 1 or os.path.lexists(project.root / name))
        if taken:
            message = _("note: {path} is not renamed: {name} is there already, or another file is to be called so")
            project.note(message, path=printable(file.change.path), name=printable(name))
        yield replace(file, change=replace(file.change, renamed="" if taken else name))


def _name(change: FileChange, project: OpenProject, *, unsafe: bool) -> str:
    """Return the path that a file is to have, "" for its own. A name that is itself a SIRET may be the right one of the two."""
    path = Path(change.path)
    name = name_for(TextFile(change.path, change.new, change.kind), project.settings)
    in_doubt = is_fourteen_digits(path.stem) and siret_holds(path.stem)
    if not name or (in_doubt and not unsafe) or (project.root / path).is_symlink():
        return ""
    return path.with_name(name).as_posix()
