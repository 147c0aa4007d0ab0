"""Reading one file without being led astray: regular files inside the project only, never more than the limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from chorus_config.model.project import FileKind, TextFile
from chorus_config.yamltext.parse import MAX_BYTES

# Without O_NONBLOCK, opening a FIFO waits for a writer for ever. Windows has none of these flags, and no FIFO here.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_text(root: Path, path: str, kind: FileKind, folders: dict[str, bool] | None = None) -> TextFile:
    """Read a file of the project once; what cannot be read comes back as `read_error`, a case of CP014. Never raises OSError.

    `folders` remembers, over one walk, which folders lead out of the project through a link.
    """
    whole = root / path
    try:
        return (
            TextFile(path, b"", kind, read_error)
            if (read_error := _read_error(whole, root, folders))
            else _read(whole, path, kind)
        )
    except (OSError, ValueError):
        return TextFile(path, b"", kind, "unreadable")


def leads_outside(root: Path, path: str, folders: dict[str, bool]) -> bool:
    """Tell whether links to the folder of a file end outside the project; `folders` remembers, over one walk."""
    folder = path.rpartition("/")[0]
    if folder not in folders:
        folders[folder] = leads_out(str(root / folder), root)
    return folders[folder]


def _read_error(whole: Path, root: Path, folders: dict[str, bool] | None) -> str:
    """Return why a path is not to be read, "" when it may be."""
    if not is_utf8(str(whole)):
        return "name"
    if _is_out(str(whole.parent), root, {} if folders is None else folders):
        return "outside"
    if whole.is_symlink() and leads_out(str(whole), root):
        return "outside"
    if not whole.is_dir():
        return ""
    return _of_folder(whole)


def _of_folder(whole: Path) -> str:
    if whole.is_symlink():
        return "link"
    return "directory" if os.access(whole, os.R_OK | os.X_OK) else "unreadable"


def _is_out(folder: str, root: Path, known: dict[str, bool]) -> bool:
    if folder not in known:
        known[folder] = leads_out(folder, root)
    return known[folder]


def leads_out(path: str, root: Path) -> bool:
    """Tell whether links on the way to a path end outside the project; a path that is written outside is no link."""
    # Relative paths are compared as written: `..` is spelt out by whoever named the file, a link is not.
    real, home = os.path.realpath(path), os.path.realpath(root)
    return os.path.relpath(real, home) != os.path.relpath(path, root) and not Path(real).is_relative_to(home)


def is_utf8(name: str) -> bool:
    """Tell whether a name can be told and saved; git and the disk also hold others."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(whole: Path, path: str, kind: FileKind) -> TextFile:
    handle = os.open(whole, _FLAGS)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return TextFile(path, b"", kind, "special")
        # One byte over the limit is enough to refuse a file of any size without holding it.
        return TextFile(path, _up_to(handle, MAX_BYTES + 1, found.st_size), kind)
    finally:
        os.close(handle)


def _up_to(handle: int, limit: int, size: int) -> bytes:
    """Read a file to its end or to the limit; `size` only says how much to ask for, since large buffers cost time."""
    chunks = []
    while limit > 0 and (chunk := os.read(handle, min(limit, size + 1))):
        chunks.append(chunk)
        limit -= len(chunk)
    return b"".join(chunks)
