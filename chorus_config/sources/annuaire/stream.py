"""Bytes of a file as they come: followed piece by piece, lines without end and NUL bytes refused, never held as a whole."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final, TextIO

from chorus_config.i18n.translator import _
from chorus_config.sources.annuaire.faults import UNREADABLE, unusable
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.request import SourceRequest

PIECE: Final = 32 * 1024
_LONGEST_LINE: Final = 1024 * 1024
_LABEL: Final = _("reading the directory")
# What reading a file, or a member of an archive, may raise.
BROKEN: Final = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


def pieces(file: SourceFile, request: SourceRequest) -> Iterator[bytes]:
    """Yield the bytes of a file, piece by piece; somebody may follow. Raises Unavailable when it breaks off."""
    count = -(-file.size // PIECE)
    yield from request.follow(_read(file, request), count, request.say(_LABEL))


def _read(file: SourceFile, request: SourceRequest) -> Iterator[bytes]:
    try:
        with file.open() as handle:
            while piece := handle.read(PIECE):
                yield piece
    except BROKEN as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise unusable(request.say, file.name, request.say(UNREADABLE, why=why)) from error


class _Guarded(io.RawIOBase):
    """The pieces of a text file as a file: it is refused where a line does not end, or holds a NUL byte."""

    def __init__(self, file: SourceFile, request: SourceRequest) -> None:
        super().__init__()
        self._pieces = pieces(file, request)
        self._name, self._say = file.name, request.say
        self._line, self._since, self._left = 1, 0, b""

    def readable(self) -> bool:
        """Tell that it can be read, which a buffer asks."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer with what comes next."""
        if not self._left:
            self._left = next(self._pieces, b"")
            self._look_at(self._left)
        view = memoryview(buffer).cast("B")
        count = min(len(view), len(self._left))
        view[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def _look_at(self, piece: bytes) -> None:
        ended = piece.rfind(b"\n")
        if b"\0" in piece:
            line = self._line + piece[: piece.index(0)].count(b"\n")
            raise self._refused(
                _("it holds NUL bytes: it is damaged, or no text; fetch it again, or save it as « CSV UTF-8 »"), line
            )
        self._since = len(piece) - ended - 1 if ended >= 0 else self._since + len(piece)
        if self._since > _LONGEST_LINE:
            line = self._line + piece.count(b"\n")
            raise self._refused(_("the line is longer than any list has: this is no such list, or it is damaged"), line)
        self._line += piece.count(b"\n")

    def _refused(self, message: str, line: int) -> Exception:
        return unusable(self._say, self._name, self._say(message), self._say(_("line {line}"), line=line))


def text_lines(file: SourceFile, encoding: str, request: SourceRequest) -> TextIO:
    """Return the text of a file, to be read line by line. Raises UnicodeDecodeError while it is read."""
    errors = "strict" if encoding.startswith("utf") else "replace"
    buffered = io.BufferedReader(_Guarded(file, request), PIECE)
    return io.TextIOWrapper(buffered, encoding=encoding, errors=errors, newline="")
