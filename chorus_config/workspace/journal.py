"""The journal of a replacement of several files: who dies in the middle leaves what the next command finishes or undoes.

It names each file with the digests of its former and its new bytes, never a value. It is there, whole, before the first hidden
file is made beside a sheet, and goes when the last is gone. Its writer holds a lock on it, which a death frees.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Literal

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Locked, Unavailable

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            # Far behind the text, so that it can be read.
            os.lseek(handle, 1 << 30, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


FOLDER: Final = ".chorus-config"
NAME: Final = f"{FOLDER}/import.journal"
_FLAGS: Final = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_MOST: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One file, named without links, with the digests of its former bytes ("" when it was not there) and of its new ones."""

    path: Path
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finished:
    """How a replacement that was interrupted ended: every file has its new bytes, or its former ones.

    `left` are files that somebody changed meanwhile, which stay as they are; paths are relative to the project.
    """

    how: Literal["finished", "undone"]
    paths: tuple[str, ...]
    left: tuple[str, ...]


def digest_of(raw: bytes) -> str:
    """Return the digest by which the journal knows the bytes of a file."""
    return blake2b(raw, digest_size=32).hexdigest()


def hidden_names(path: Path) -> tuple[Path, Path]:
    """Return the hidden files beside a file that hold its new and its former bytes while it is replaced."""
    return path.with_name(f".{path.name}.chorus-config-new"), path.with_name(f".{path.name}.chorus-config-old")


@contextmanager
def journal(root: Path, rows: Sequence[JournalRow], say: Translator) -> Iterator[None]:
    """Keep the journal of a replacement while the block runs. Raises Locked when another is at work, Unavailable."""
    path = root / NAME
    try:
        handle = _created(path)
    except FileExistsError as error:
        raise Locked(say(_("another import is at work in this project: try again"))) from error
    except OSError as error:
        raise _unwritable(path, error, say) from error
    try:
        try:
            _write(handle, path, root, rows)
        except OSError as error:
            raise _unwritable(path, error, say) from error
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def is_unfinished(root: Path) -> bool:
    """Tell whether a journal is there: a replacement at work, or one that was interrupted."""
    return os.path.lexists(root / NAME)


def finish(root: Path) -> Finished | None:
    """Finish or undo what was interrupted; None when there is nothing, or when its writer lives. Raises OSError."""
    path = root / NAME
    try:
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        return None
    try:
        if not _try_lock(handle) or not _is_same(handle, path):
            return None
        ended = _settled(root, _read(handle, root))
        path.unlink()
        return ended
    finally:
        os.close(handle)


def _created(path: Path) -> int:
    path.parent.mkdir(exist_ok=True)
    ignore = path.parent / ".gitignore"
    if not (ignore.exists() and ignore.stat().st_size):
        ignore.write_text("*\n", encoding="utf-8")
    handle = os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
    if not _try_lock(handle) or not _is_same(handle, path):
        # Somebody took the empty file for one that a death left.
        os.close(handle)
        raise FileExistsError(path)
    return handle


def _is_same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except OSError:
        return False


def _write(handle: int, path: Path, root: Path, rows: Sequence[JournalRow]) -> None:
    home = os.path.realpath(root)
    files = [{"path": os.path.relpath(row.path, home), "old": row.old, "new": row.new} for row in rows]
    raw = json.dumps({"format_version": "1.0", "files": files}).encode()
    while raw:
        raw = raw[os.write(handle, raw) :]
    os.fsync(handle)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(path: Path, error: OSError, say: Translator) -> Unavailable:
    return Unavailable(say(_("nothing was written: {path} cannot be written: {why}"), path=path, why=error.strerror or "?"))


def _read(handle: int, root: Path) -> list[JournalRow]:
    """Return what a journal names; nothing when its writer died before it was whole: then no file was touched yet.

    A journal that came with the project from elsewhere cannot reach out of it, nor touch what is no sheet.
    """
    os.lseek(handle, 0, os.SEEK_SET)
    home = os.path.realpath(root)
    try:
        found: Any = json.loads(os.read(handle, _MOST))
        rows = [JournalRow(Path(home, str(row["path"])), str(row["old"]), str(row["new"])) for row in found["files"]]
    except (ValueError, KeyError, TypeError):
        return []
    return [row for row in rows if _is_ours(row.path, home)]


def _is_ours(path: Path, home: str) -> bool:
    real = os.path.realpath(path)
    return real == os.path.normpath(path) and Path(real).is_relative_to(home) and path.suffix in {".yaml", ".yml"}


def _settled(root: Path, rows: Sequence[JournalRow]) -> Finished:
    """Give every file its new bytes when all of them are there still, else its former ones; clear what stands beside."""
    current = {row: _digest(row.path) for row in rows}
    known = [row for row in rows if current[row] in {row.old, row.new}]
    left = [row for row in rows if row not in known]
    forward = bool(rows) and all(row.new in {current[row], _digest(hidden_names(row.path)[0])} for row in known)
    for row in known:
        _settle_file(row, current[row], forward=forward)
    for row in rows:
        _clear_beside(row.path)
    return Finished("finished" if forward else "undone", _names(root, known), _names(root, left))


def _settle_file(row: JournalRow, current: str, *, forward: bool) -> None:
    """Give a file its new bytes, or its former ones, from the hidden file that holds them; not where it has them already."""
    new, old = hidden_names(row.path)
    ready, wanted = (new, row.new) if forward else (old, row.old)
    if not wanted:
        # It was made, and is to be as if it had never been.
        row.path.unlink(missing_ok=True)
    elif current != wanted and _digest(ready) == wanted:
        ready.replace(row.path)


def _clear_beside(path: Path) -> None:
    for hidden in hidden_names(path):
        hidden.unlink(missing_ok=True)
    sync_folder(path.parent)


def _names(root: Path, rows: Sequence[JournalRow]) -> tuple[str, ...]:
    """Return the paths of files, relative to the project."""
    home = os.path.realpath(root)
    return tuple(os.path.relpath(row.path, home) for row in rows)


def _digest(path: Path) -> str:
    """Return the digest of a regular file, "" when it is none."""
    try:
        return digest_of(path.read_bytes()) if path.is_file() and not path.is_symlink() else ""
    except OSError:
        return ""
