"""Bytes of a file as they come: followed piece by piece, lines without end and NUL bytes refused, never held as a whole."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.sources.annuaire.faults import UNREADABLE, FileNotes, unusable
from chorus_config.sources.annuaire.source_file import SourceFile
from chorus_config.sources.request import SourceRequest

PIECE: Final = 32 * 1024
_LONGEST_LINE: Final = 1024 * 1024
_LABEL: Final = _("reading the directory")
_NOT_UTF8: Final = _("note: {name}: lines that are not UTF-8, read as Windows-1252: {n} (first: {first})")
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
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
        why = os_reason(error, request.say) if getattr(error, "errno", None) else request.say(_("it is damaged"))
        raise unusable(request.say, file.name, request.say(UNREADABLE, why=why)) from error


class _Guard:
    """Looks at the pieces of a text as they go by: one is refused where a line does not end, or that holds a NUL byte."""

    def __init__(self, name: str, say: Translator) -> None:
        self._name, self._say = name, say
        self.line, self._since = 1, 0

    def look_at(self, piece: bytes) -> None:
        """Count the lines of a piece; `line` is the one in which it ends."""
        ended = piece.rfind(b"\n")
        if b"\0" in piece:
            line = self.line + piece[: piece.index(0)].count(b"\n")
            raise self._refused(
                _("it holds NUL bytes: it is damaged, or no text; fetch it again, or save it as « CSV UTF-8 »"), line
            )
        self._since = len(piece) - ended - 1 if ended >= 0 else self._since + len(piece)
        self.line += piece.count(b"\n")
        if self._since > _LONGEST_LINE:
            raise self._refused(_("the line is longer than any list has: this is no such list, or it is damaged"), self.line)

    def _refused(self, message: str, line: int) -> Exception:
        return unusable(self._say, self._name, self._say(message), self._say(_("line {line}"), line=line))


def text_lines(file: SourceFile, request: SourceRequest, notes: FileNotes) -> Iterator[str]:
    """Yield the lines of a text with their ends. A line that is not UTF-8 is read as Windows-1252, it alone, and noted."""
    guard = _Guard(file.name, request.say)
    left = b""
    mark = BYTE_ORDER_MARK
    for piece in pieces(file, request):
        guard.look_at(piece)
        block = left + piece
        end = block.rfind(b"\n") + 1
        left = block[end:]
        if end:
            yield from _lines(block[:end].removeprefix(mark), guard.line, notes)
            mark = b""
    yield from _lines(left.removeprefix(mark), guard.line, notes)


def decoded(line: bytes) -> tuple[str, bool]:
    """Return the text of a line, and whether it is UTF-8; what is not is Windows-1252, as spreadsheets write it."""
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace"), False


def _lines(block: bytes, last: int, notes: FileNotes) -> Iterator[str]:
    """Yield the lines of a block that ends in the line `last`, or with the end of the one before it."""
    try:
        # Nearly always all of it is UTF-8, and made to text at once.
        yield from io.StringIO(block.decode("utf-8"), newline="")
    except UnicodeDecodeError:
        number = last - block.count(b"\n")
        for line in block.splitlines(keepends=True):
            text, is_utf8 = decoded(line)
            if not is_utf8:
                notes.add(_NOT_UTF8, "" if _NOT_UTF8 in notes.met else notes.say(_("line {line}"), line=number))
            number += line.count(b"\n")
            yield text
