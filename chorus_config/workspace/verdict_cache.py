"""The verdict cache: what was found in each file of a project, so that a file that did not change is not checked again.

One file a project and set of options, in the user's own cache folder; a line a file, in the order of the paths, each with its
own checksum. A line stands for a file as long as its bytes are the same: they are not even read while size, times and inode
are those noted, and were old enough when they were noted. A cache that is damaged, foreign or in the way is no cache.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, Final, Self

from msgspec import Struct

# Times of files are only trusted when they were this much older than the note of them, in nanoseconds: some disks count in
# steps of two seconds.
_STEADY: Final = 3_000_000_000
# So many lines are parsed together.
_TOGETHER: Final = 256
# How many sets of options a project keeps, and for how many days what nobody uses any more is kept.
_KEPT: Final = 4
_KEPT_DAYS: Final = 30
_HEAD: Final = "chorus-config verdicts 1"
_DAY: Final = 86_400
_BUFFER: Final = 1 << 18

# What a file looks like from outside: size, time of its content, time of its entry, inode.
Look = tuple[int, int, int, int]


class Remembered(Struct, frozen=True):
    """What is remembered of a file: how it looked, None where that is not to be trusted; the digest of its bytes; the rest.

    The digest is "" for a file that could not be read. `line` is the line of the cache that says all this, b"" for what is new.
    """

    path: str
    look: Look | None
    digest: str
    row: Sequence[Any]
    line: bytes = b""


def cache_path(folder: Path, root: Path, key: str) -> Path:
    """Return the file that remembers a project under a key: all that verdicts depend on beside the bytes of a file."""
    return folder / f"{_short(str(root))}-{_short(key)}.verdicts"


def look_of(root: Path, path: str) -> Look | None:
    """Return what a file looks like from outside, None when it is no plain file.

    None too on Windows, which has no time that says when a file was replaced: there, its bytes are read every time.
    """
    if sys.platform == "win32":
        return None
    try:
        found = os.lstat(f"{root!s}{os.sep}{path}")
    except (OSError, ValueError):
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def digest_of(raw: bytes) -> str:
    """Return the digest under which the bytes of a file are known."""
    return blake2b(raw, digest_size=16).hexdigest()


def program_digest() -> str:
    """Return what tells this very program from any other: its own files as they lie there, Python, and what is installed."""
    package = Path(__file__).resolve().parents[1]
    seen = [sys.version, str(package)]
    for base in (package, package.parent / "schemas"):
        seen += sorted(_looks_below(str(base)))
    for place in dict.fromkeys(filter(None, sys.path)):
        with suppress(OSError):
            seen += sorted(entry.name for entry in Path(place).iterdir() if entry.name.endswith((".dist-info", ".egg-info")))
    return _short("\n".join(seen))


def _looks_below(folder: str) -> Iterator[str]:
    """Yield what every file below a folder looks like, in any order; nothing for a folder that cannot be listed."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from () if entry.name == "__pycache__" else _looks_below(entry.path)
            else:
                found = entry.stat()
                yield f"{entry.path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def read_remembered(path: Path) -> Generator[Remembered]:
    """Yield what a cache remembers, in the order of the paths; nothing for one that is missing, foreign or of another time.

    It ends at the first line that is not whole.
    """
    try:
        with path.open("rb") as file:
            if not _is_own(os.fstat(file.fileno())) or file.readline() != f"{_HEAD}\n".encode():
                return
            while lines := list(islice(file, _TOGETHER)):
                found = _all_remembered(lines)
                yield from found
                if len(found) < len(lines):
                    return
    except OSError:
        return


def _is_own(found: os.stat_result) -> bool:
    """Tell whether only the user can have written a file: whoever else could, could have any sheet pass."""
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & 0o022


def _all_remembered(lines: list[bytes]) -> list[Remembered]:
    """Return what lines say up to the first that is not whole: what many say is parsed at once, which takes half the time."""
    texts = _whole(lines)
    try:
        parsed = json.loads(b"[" + b",".join(texts) + b"]")
        if len(parsed) == len(texts):
            return [_remembered(said, line) for said, line in zip(parsed, lines, strict=False)]
    except (ValueError, TypeError, IndexError):
        pass
    return _one_by_one(texts, lines)


def _one_by_one(texts: Sequence[bytes], lines: Sequence[bytes]) -> list[Remembered]:
    found = []
    with suppress(ValueError, TypeError, IndexError):
        for text, line in zip(texts, lines, strict=False):
            found.append(_remembered(json.loads(text), line))
    return found


def _whole(lines: Sequence[bytes]) -> list[bytes]:
    """Return what lines say, up to the first that is not whole."""
    texts = []
    for line in lines:
        check, _blank, text = line.rstrip(b"\n").partition(b" ")
        if blake2b(text, digest_size=8).hexdigest().encode() != check:
            break
        texts.append(text)
    return texts


def _remembered(said: Any, line: bytes) -> Remembered:
    """Return what a line remembers. Raises ValueError, TypeError or IndexError for another shape."""
    path, look, digest, row = said
    return Remembered(path, None if look is None else (look[0], look[1], look[2], look[3]), digest, row, line)


def _line_check(text: bytes) -> bytes:
    return blake2b(text, digest_size=8).hexdigest().encode()


class CacheWriter:
    """Writes what is remembered, line by line, into a file of its own, which takes the place of the old one when asked to.

    Nothing that goes wrong is told: a cache that cannot be written costs time, and nothing else.
    """

    def __init__(self, path: Path) -> None:
        self.is_new = False
        self._path = path
        self._now = time.time_ns()
        self._file: Any = None

    def __enter__(self) -> Self:
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = _new_file(self._path)
            self._file.write(f"{_HEAD}\n".encode())
        return self

    def __exit__(self, *_error: object) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                Path(self._file.name).unlink()
            self._file = None

    def add(self, one: Remembered) -> None:
        """Remember a file, unless it could not be read; `is_new` says whether anything was not remembered before."""
        if not one.digest:
            return
        self.is_new |= not one.line
        if self._file is not None:
            try:
                self._file.write(one.line or self._line(one))
            except OSError:
                self.__exit__()

    def finish(self, *, changed: bool) -> None:
        """Put the new file in the place of the old one where something changed, and clear away what nobody needs any more."""
        with suppress(OSError):
            if not changed:
                # Whatever is used is kept.
                os.utime(self._path)
            elif self._file is not None:
                self._file.close()
                Path(self._file.name).replace(self._path)
                self._file = None
        _clear(self._path)

    def _line(self, one: Remembered) -> bytes:
        look = one.look if one.look is not None and max(one.look[1:3]) + _STEADY < self._now else None
        text = json.dumps([one.path, look, one.digest, one.row], separators=(",", ":")).encode()
        return _line_check(text) + b" " + text + b"\n"


def _new_file(path: Path) -> Any:
    """Return a new file beside another, for its owner alone (0600): verdicts hold what sheets say."""
    # What `tempfile` would do, which takes 5 ms to import.
    name = path.parent / f".{path.stem}-{os.getpid()}-{time.time_ns()}.new"
    return open(name, "xb", _BUFFER, opener=lambda where, flags: os.open(where, flags, 0o600))


def _clear(path: Path) -> None:
    """Remove the oldest caches of a project beyond those that are kept, what nobody used for long, and what was left half."""
    own, now, found = path.name.partition("-")[0], time.time(), []
    with suppress(OSError), os.scandir(path.parent) as entries:
        found = [(_moment(entry), entry.name) for entry in entries if entry.name.endswith((".verdicts", ".new"))]
    theirs = sorted((one for one in found if one[1].startswith(f"{own}-")), reverse=True)
    old = {name for moment, name in found if now - moment > _DAY * (1 if name.endswith(".new") else _KEPT_DAYS)}
    for name in old.union(name for _moment, name in theirs[_KEPT:]):
        with suppress(OSError):
            (path.parent / name).unlink()


def _moment(entry: os.DirEntry[str]) -> float:
    with suppress(OSError):
        return entry.stat(follow_symlinks=False).st_mtime
    return 0.0


def _short(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
