"""What git knows of the sheets; it is only ever asked, in few processes, and never reaches the network."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Without optional locks: asking what changed must not rewrite the index. Without lazy fetches: a partial clone would call home.
_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}
_SECONDS: Final = 120
LINK: Final = "120000"


class GitFault(Exception):
    """Git is not there, or said no; `words` is its own last line of complaint, "" when there is no git at all."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a revision: its mode (`100644`, `120000` for a link) and the id of its content."""

    mode: str
    blob: str


def commit_of(root: Path, files: Collection[str]) -> tuple[str | None, bool]:
    """Return the commit that is checked out, and whether a file (relative to `root`) differs from it or is not in it."""
    try:
        place = _text(ask(root, "rev-parse", "--show-prefix", "HEAD"))
        prefix, _, commit = place.removesuffix("\n").rpartition("\n")
        if not commit:
            return None, False
        committed = set(listing(root, commit))
        # Not `git diff`: on some versions it rewrites the index although told to take no lock.
        told = ask(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--", ".")
    except GitFault:
        return None, False
    # An entry is two letters, a blank and the name from the top of the repository.
    changed = {entry[3:].removeprefix(prefix) for entry in _names(told)}
    return commit, any(path not in committed or path in changed for path in files)


def commit_named(root: Path, name: str) -> str | None:
    """Return the commit that a name means (a branch, a tag, an id), None for none. Raises GitFault without a repository."""
    ask(root, "rev-parse", "--git-dir")
    if name.startswith("-"):
        return None
    try:
        return _text(ask(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")).strip() or None
    except GitFault:
        return None


def merge_base(root: Path, one: str, other: str) -> str | None:
    """Return the commit where two histories part, None when they share none here."""
    try:
        return _text(ask(root, "merge-base", one, other)).strip() or None
    except GitFault:
        return None


def is_shallow(root: Path) -> bool:
    """Tell whether the clone holds only the last part of its history."""
    return _text(ask(root, "rev-parse", "--is-shallow-repository")).strip() == "true"


def default_branch(root: Path) -> str | None:
    """Return the branch that work is merged into: what the remote says, else the usual names, remote ones first."""
    try:
        return _text(ask(root, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")).strip()
    except GitFault:
        names = ("refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master")
        return next((name for name in names if commit_named(root, name) is not None), None)


def listing(root: Path, commit: str) -> dict[str, Entry]:
    """Return the files of a commit under `root`, by path relative to it. Raises GitFault."""
    rows = (entry.split("\t", 1) for entry in _names(ask(root, "ls-tree", "-r", "-z", commit)))
    return {path: Entry(told.split()[0], told.split()[2]) for told, path in rows}


def staged(root: Path) -> tuple[dict[str, Entry], tuple[str, ...]]:
    """Return the files of the index under `root`, and those left in conflict by a merge. Raises GitFault."""
    files: dict[str, Entry] = {}
    conflicts: dict[str, None] = {}
    for entry in _names(ask(root, "ls-files", "--stage", "-z", "--", ".")):
        told, path = entry.split("\t", 1)
        mode, blob, stage = told.split()
        if stage == "0":
            files[path] = Entry(mode, blob)
        else:
            conflicts[path] = None
    return files, tuple(conflicts)


def touched(root: Path, commit: str) -> frozenset[str]:
    """Return the files of a commit that may differ in the working tree, relative to `root`: never too few. Raises GitFault."""
    return frozenset(_names(ask(root, "diff-index", "-z", "--name-only", "--no-renames", "--relative", commit, "--", ".")))


def holding(root: Path, words: Iterable[str], where: Collection[str]) -> frozenset[str]:
    """Return the files under `root` that hold one of the words. Raises GitFault.

    `where` is `[]` for the tracked files on the disk, `["--cached"]` for the index, or `[commit]`.
    """
    patterns = "".join(f"{word}\n" for word in words).encode(errors="surrogateescape")
    fixed = ("grep", "--null", "--files-with-matches", "--text", "--fixed-strings", "--full-name", "-f", "-")
    try:
        found = ask(root, *fixed, *where, "--", ".", given=patterns)
    except GitFault as fault:
        if not fault.words:
            # Nothing found is no failure.
            return frozenset()
        raise
    prefix = _text(ask(root, "rev-parse", "--show-prefix")).removesuffix("\n")
    commit = next((f"{word}:" for word in where if not word.startswith("-")), "")
    return frozenset(name.removeprefix(commit).removeprefix(prefix) for name in _names(found))


def contents(root: Path, blobs: Iterable[str], limit: int) -> Mapping[str, bytes]:
    """Return what blobs hold, in two processes however many; of one larger than `limit` bytes, that many + 1 blanks.

    Raises GitFault. A content that this clone lacks is left out.
    """
    wanted = sorted(set(blobs))
    if not wanted:
        return {}
    sizes = _text(ask(root, "cat-file", "--batch-check", given=_lines(wanted))).splitlines()
    found = {row[0]: int(row[2]) for row in map(str.split, sizes) if len(row) == 3 and row[1] == "blob"}
    small = [blob for blob in wanted if found.get(blob, limit + 1) <= limit]
    held = dict(_split(ask(root, "cat-file", "--batch", given=_lines(small)))) if small else {}
    # The loader refuses it by its size alone: no need to hold it.
    return {**{blob: b" " * (limit + 1) for blob, size in found.items() if size > limit}, **held}


def ask(root: Path, *words: str, given: bytes = b"") -> bytes:
    """Return what a git command prints. Raises GitFault."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what it is given is no shell text
            ["git", "--no-pager", "-C", str(root), *words],  # noqa: S607 - the user's own git
            input=given,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, **_ENVIRONMENT, "LC_ALL": "C", **_places()},
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise GitFault from error
    if done.returncode != 0:
        raise GitFault(_text(done.stderr).strip().rpartition("\n")[2])
    return done.stdout


def _places() -> Mapping[str, str]:
    """A hook is told where its repository is from where it stands; we ask from elsewhere."""
    names = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")
    return {name: str(Path.cwd() / os.environ[name]) for name in names if os.environ.get(name)}


def _split(stream: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs of `cat-file --batch`: a line with id, kind and size, the content, a line feed."""
    at = 0
    while at < len(stream):
        end = stream.index(b"\n", at)
        blob, _kind, size = stream[at:end].decode().split()
        at = end + 1 + int(size) + 1
        yield blob, stream[end + 1 : at - 1]


def _lines(words: Iterable[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def _names(stream: bytes) -> list[str]:
    """Return the names of a stream that ends each with NUL: with `-z` they come as they are."""
    return [name for name in _text(stream).split("\0") if name]


def _text(stream: bytes) -> str:
    return stream.decode(errors="surrogateescape")
