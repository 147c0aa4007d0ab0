"""Ending a replacement of several files that was interrupted: each gets its new bytes, or each its former ones."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from msgspec import Struct


class JournalRow(Struct, frozen=True):
    """One file, named without links, with the digests of its former bytes ("" when it was not there) and of its new ones."""

    path: Path
    old: str
    new: str


class Finished(Struct, frozen=True):
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


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def settled(root: Path, rows: Sequence[JournalRow]) -> Finished:
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
