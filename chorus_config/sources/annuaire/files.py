"""The files that a path names: a file, those of a folder, those in a ZIP; archives that would fill the memory are refused."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Unavailable
from chorus_config.sources.annuaire.age import written_at
from chorus_config.sources.annuaire.faults import unusable
from chorus_config.sources.annuaire.source_file import SourceFile, is_called_a_list
from chorus_config.sources.annuaire.stream import BROKEN
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

WORKBOOK: Final = "xl/workbook.xml"
_MOST_FILES: Final = 1000
# No list packs better than this; what does is made to fill a disk or a memory. Small files may.
_HIGHEST_RATIO: Final = 200
_SMALL: Final = 1024 * 1024
# The header of a list stands in so many bytes.
_START: Final = 16 * 1024
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def named_files(where: str, request: SourceRequest, refused: list[Unavailable]) -> tuple[SourceFile, ...]:
    """Return the files of a path, in the order of their names. Raises NoInput for none, Unavailable for a bad ZIP.

    Why a ZIP of a folder, or a member of a ZIP, cannot be opened is put into `refused`: perhaps it is of no concern.
    """
    path = request.directory / where
    say = request.say
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
        inside = sorted(one for one in path.iterdir() if not one.name.startswith(".")) if is_folder else [path]
    except (FileNotFoundError, NotADirectoryError):
        raise NoInput(say(_("no such file: {names}"), names=printable(where))) from None
    except (OSError, ValueError) as error:
        raise unusable(say, where, os_reason(error, say)) from error
    shown = [(one, f"{where.rstrip('/')}/{one.name}" if is_folder else where) for one in inside if not one.is_dir()]
    return tuple(found for one, name in shown for found in _opened(one, name, not is_folder, request, refused))


def _opened(path: Path, name: str, named: bool, request: SourceRequest, refused: list[Unavailable]) -> Iterator[SourceFile]:
    """Yield a file, or the members of a ZIP that is no workbook."""
    say = request.say

    def _reopen_file() -> IO[bytes]:
        handle = os.open(path, _FLAGS)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise unusable(say, name, say(_("it is no file")))
        return os.fdopen(handle, "rb")

    try:
        with _reopen_file() as handle:
            found = os.fstat(handle.fileno())
            start = handle.read(_START)
    except OSError as error:
        raise unusable(say, name, os_reason(error, say)) from error
    written = written_at([path.name], None, found.st_mtime, request.at)
    file = SourceFile(name, found.st_size, written, start, named, _reopen_file)
    if not file.is_archive:
        yield file
        return
    try:
        names = checked_archive(file, say)
    except Unavailable as fault:
        if file.is_meant:
            raise
        refused.append(fault)
        return
    if WORKBOOK in names:
        yield file
    else:
        yield from _members(path, file, request, refused)


def checked_archive(file: SourceFile, say: Translator) -> frozenset[str]:
    """Return the names of the members of a ZIP that can be read. Raises Unavailable for one that cannot, or would do harm."""
    try:
        with file.open() as handle, zipfile.ZipFile(handle) as archive:
            members = archive.infolist()
    except BROKEN:
        raise unusable(say, file.name, say(_("the ZIP is truncated or damaged: fetch it again"))) from None
    if any(member.flag_bits & 1 for member in members):
        raise unusable(say, file.name, say(_("the ZIP is encrypted: extract it, and give the folder")))
    packed = sum(member.compress_size for member in members)
    too_many = len(members) > _MOST_FILES or packed > file.size
    if too_many or any(_swells(member) for member in members):
        raise unusable(say, file.name, say(_("the ZIP would swell beyond all measure: this is no list of the portal")))
    return frozenset(member.filename for member in members)


def _swells(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(_SMALL, member.compress_size * _HIGHEST_RATIO)


def _members(path: Path, file: SourceFile, request: SourceRequest, refused: list[Unavailable]) -> Iterator[SourceFile]:
    """Yield the files in a ZIP, in the order of their names; a ZIP inside is left to who lists them."""
    say, on_disk = request.say, path.stat().st_mtime
    with file.open() as handle, zipfile.ZipFile(handle) as archive:
        members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename)
        for member in members:
            if member.filename.startswith("__MACOSX/") or Path(member.filename).name.startswith("."):
                continue
            name = f"{file.name}/{member.filename}"
            try:
                with archive.open(member) as inner:
                    start = inner.read(_START)
            except BROKEN:
                fault = unusable(say, name, say(_("the ZIP is truncated or damaged: fetch it again")))
                if is_called_a_list(name):
                    raise fault from None
                refused.append(fault)
                continue
            written = written_at([Path(member.filename).name, path.name], member.date_time, on_disk, request.at)
            yield SourceFile(name, member.file_size, written, start, False, _reopen(path, member.filename))


def _reopen(path: Path, member: str) -> Callable[[], IO[bytes]]:
    def _reopen_member() -> IO[bytes]:
        # Opened by its path, an archive leaves its file to the member until that is closed, too.
        with zipfile.ZipFile(path) as archive:
            return archive.open(member)

    return _reopen_member
