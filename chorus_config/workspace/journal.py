"""The journal of a replacement of several files: who dies in the middle leaves what the next command finishes or undoes.

It names each file with the digests of its former and its new bytes, never a value. It is there, whole, before the first hidden
file is made beside a sheet, and goes when the last is gone. Its writer holds a lock on it, which a death frees.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Locked, Unavailable
from chorus_config.workspace.interrupted import Finished, JournalRow, settled, sync_folder

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
# Beside the sheets, what an import writes for editors.
SCHEMAS: Final = "schemas"
_MOST: Final = 64 * 1024 * 1024


class Hold(Struct):
    """A journal at work; one that `stays` is left behind for the next command."""

    stays: bool = False


@contextmanager
def journal(root: Path, rows: Sequence[JournalRow], say: Translator) -> Iterator[Hold]:
    """Keep the journal of a replacement while the block runs. Raises Locked when another is at work, Unavailable."""
    path, hold = root / NAME, Hold()
    try:
        _make_folder(path.parent)
    except OSError as error:
        raise _unwritable(path.parent, error, say) from error
    try:
        handle = _created(path)
    except FileExistsError as error:
        raise Locked(say(_("another command is writing sheets in this project: try again"))) from error
    except OSError as error:
        raise _unwritable(path, error, say) from error
    try:
        try:
            _write(handle, path, root, rows)
        except OSError as error:
            raise _unwritable(path, error, say) from error
        yield hold
    finally:
        if hold.stays:
            os.close(handle)
        else:
            with suppress(OSError):
                _remove(handle, path)


def _remove(handle: int, path: Path) -> None:
    """Take a journal away, and close it. Raises OSError."""
    if sys.platform == "win32":
        # No name goes there as long as its file is open; an empty journal says that nothing was touched.
        os.ftruncate(handle, 0)
        os.close(handle)
        path.unlink()
        return
    try:
        path.unlink()
    finally:
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
            os.close(handle)
            return None
        ended = settled(root, _read(handle, root))
    except BaseException:
        os.close(handle)
        raise
    _remove(handle, path)
    return ended


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
    ignore = folder / ".gitignore"
    if not (ignore.exists() and ignore.stat().st_size):
        ignore.write_text("*\n", encoding="utf-8")


def _created(path: Path) -> int:
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


def _unwritable(path: Path, error: OSError, say: Translator) -> Unavailable:
    return Unavailable(say(_("nothing was written: {path} cannot be written: {why}"), path=path, why=os_reason(error, say)))


def _read(handle: int, root: Path) -> list[JournalRow]:
    """Return what a journal names; nothing when its writer died before it was whole: then no file was touched yet.

    A journal that came with the project from elsewhere cannot reach out of it, nor touch what is
    neither YAML nor a schema nor the `.gitignore` of a new project.
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
    if real != os.path.normpath(path) or not Path(real).is_relative_to(home):
        return False
    is_schema = Path(real).parent == Path(home, SCHEMAS) and path.name.endswith(".schema.json")
    return is_schema or path.suffix in {".yaml", ".yml"} or Path(real) == Path(home, ".gitignore")
