"""A lock in a file beside the store: the system frees it when its holder dies, whatever the death."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec.structs import asdict

from chorus_config.model.store_state import Lock

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            # Far behind the text, so that others can read who it is.
            os.lseek(handle, 1 << 20, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


_FLAGS = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def hold_file(path: Path, lock: Lock) -> Iterator[Lock | None]:
    """Hold the file while the block runs; yield None, or the dead holder whose lock was taken over.

    Raises BlockingIOError when somebody alive holds it, OSError when the file cannot be made.
    """
    handle = os.open(path, _FLAGS | os.O_CREAT, 0o600)
    try:
        if not _try_lock(handle):
            raise BlockingIOError
        former = _read(handle)
        _write(handle, json.dumps(asdict(lock)).encode())
        try:
            yield former
        finally:
            # Only a death leaves a trace; the file stays, since somebody may be waiting for it by its name. A trace that
            # cannot be wiped must not turn a write that succeeded into an error.
            with suppress(OSError):
                _write(handle, b"")
    finally:
        os.close(handle)


def file_holder(path: Path) -> Lock | None:
    """Return who holds the file, or died holding it; None for nobody. Raises OSError."""
    try:
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        return None
    try:
        # Whoever gets it for a moment knows that nobody alive has it.
        free = _try_lock(handle)
        named = _read(handle)
        if named is None:
            return None if free else Lock("?", "?", "?", "?")
        return Lock(named.id, named.who, named.host, named.since, alive=not free)
    finally:
        os.close(handle)


def clear_file(path: Path) -> bool:
    """Take away the trace of somebody dead; False when the holder lives. Raises OSError."""
    handle = os.open(path, _FLAGS)
    try:
        if not _try_lock(handle):
            return False
        _write(handle, b"")
        return True
    finally:
        os.close(handle)


def _read(handle: int) -> Lock | None:
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        written = json.loads(os.read(handle, 4096))
        return Lock(**{key: str(written[key]) for key in ("id", "who", "host", "since")}, alive=False)
    except (ValueError, KeyError, TypeError):
        return None


def _write(handle: int, text: bytes) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text)
