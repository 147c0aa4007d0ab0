"""What git knows of the sheets; it is only ever asked, in few processes, and never reaches the network."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

# Without optional locks: asking what changed must not rewrite the index. Without lazy fetches: a partial clone would call
# home; a git that does not know the word finds no protocol allowed.
_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}
# Git refuses to start when one of these stands beside literal paths.
_CONTRARY: Final = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
_SECONDS: Final = 120
LINK: Final = "120000"


# The content of an empty file, by either hash: what the index holds for a file that is only announced (`git add -N`).
_EMPTY: Final = frozenset(
    {"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"}
)
# What any way to write a word leaves as it is: no quote, escape or line end stands inside.
_SOLID: Final = re.compile(r"[\w-]+")
# Git takes no line of any length for a pattern.
_LONGEST: Final = 100


class GitFault(Exception):
    """Git is not there, or said no; `words` is its own complaint, "" when there is no git at all."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class Lacking(GitFault):
    """This clone does not hold a content that it knows of."""


class Entry(Struct, frozen=True):
    """One file of a revision: its mode (`100644`, `120000` for a link) and the id of its content."""

    mode: str
    blob: str


def commit_of(root: Path, files: Collection[str]) -> tuple[str | None, bool]:
    """Return the commit that is checked out, and whether a file (relative to `root`) differs from it or is not in it."""
    commit, left = uncommitted(root, files)
    return commit, commit is not None and bool(left)


def uncommitted(root: Path, files: Collection[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the commit that is checked out, and those of some files (relative to `root`) that are not in it as they stand.

    In a repository without a commit that is all of them, outside of one none.
    """
    try:
        place = _text(ask(root, "rev-parse", "--show-prefix", "HEAD"))
        prefix, _, commit = place.removesuffix("\n").rpartition("\n")
        if not commit:
            return None, tuple(files)
        committed = set(listing(root, commit))
        # Not `git diff`: on some versions it rewrites the index although told to take no lock.
        told = ask(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--", ".")
    except GitFault:
        return None, tuple(files) if _is_in_repository(root) else ()
    # An entry is two letters, a blank and the name from the top of the repository.
    changed = {entry[3:].removeprefix(prefix) for entry in _names(told)}
    return commit, tuple(path for path in files if path not in committed or path in changed)


def _is_in_repository(root: Path) -> bool:
    try:
        ask(root, "rev-parse", "--show-prefix")
    except GitFault:
        return False
    return True


def user_name(root: Path) -> str:
    """Return the name under which git would commit, "" when it has none or there is no git."""
    try:
        return " ".join(_text(ask(root, "config", "--get", "user.name")).split())
    except GitFault:
        return ""


def commit_named(root: Path, name: str) -> str | None:
    """Return the commit that a name means (a branch, a tag, an id), None for none. Raises GitFault without a repository."""
    ask(root, "rev-parse", "--git-dir")
    if name.startswith(("-", "^")):
        # An option, or "all but".
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
    names = [f"refs/{place}/{name}" for place in ("remotes/origin", "heads") for name in ("main", "master")]
    # The remote's default branch may have been renamed since: then its old name leads nowhere.
    return next((name for name in ("refs/remotes/origin/HEAD", *names) if commit_named(root, name) is not None), None)


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
    if any(entry.blob in _EMPTY for entry in files.values()):
        announced = ask(root, "diff-files", "-z", "--name-only", "--diff-filter=A", "--no-renames", "--relative", "--", ".")
        files = {path: entry for path, entry in files.items() if path not in set(_names(announced))}
    return files, tuple(conflicts)


def touched(root: Path, commit: str) -> frozenset[str]:
    """Return the files of a commit that may differ in the working tree, relative to `root`: never too few. Raises GitFault."""
    return frozenset(_names(ask(root, "diff-index", "-z", "--name-only", "--no-renames", "--relative", commit, "--", ".")))


def holding(root: Path, words: Iterable[str], where: Collection[str]) -> frozenset[str]:
    """Return the files under `root` that may hold one of the words, however it is written: never too few. Raises GitFault.

    `where` is `[]` for the tracked files on the disk, `["--cached"]` for the index, or `[commit]`.
    """
    # An escape may stand for any letter. Every sheet holds a colon, so a word without a solid part leaves none out.
    patterns = {max(_SOLID.findall(word), key=len, default=":")[:_LONGEST] for word in words} | {"\\"}
    fixed = ("grep", "--no-color", "--null", "--files-with-matches", "--text", "--fixed-strings", "--full-name", "-f", "-")
    # 1 says that nothing was found.
    found = ask(root, *fixed, *where, "--", ".", given=_lines(sorted(patterns)), fine=(0, 1))
    prefix = _text(ask(root, "rev-parse", "--show-prefix")).removesuffix("\n")
    commit = next((f"{word}:" for word in where if not word.startswith("-")), "")
    return frozenset(name.removeprefix(commit).removeprefix(prefix) for name in _names(found))


def contents(root: Path, blobs: Iterable[str], limit: int) -> Mapping[str, bytes]:
    """Return what blobs hold, in two processes however many; of one larger than `limit` bytes, that many + 1 blanks.

    Raises GitFault; Lacking for a content that this clone does not hold.
    """
    wanted = sorted(set(blobs))
    if not wanted:
        return {}
    sizes = _text(ask(root, "cat-file", "--batch-check", given=_lines(wanted))).splitlines()
    found = {row[0]: int(row[2]) for row in map(str.split, sizes) if len(row) == 3 and row[1] == "blob"}
    if lacking := [blob for blob in wanted if blob not in found]:
        raise Lacking(lacking[0])
    small = [blob for blob in wanted if found[blob] <= limit]
    held = dict(_split(ask(root, "cat-file", "--batch", given=_lines(small)))) if small else {}
    # The loader refuses it by its size alone: no need to hold it.
    return {**{blob: b" " * (limit + 1) for blob, size in found.items() if size > limit}, **held}


def ask(root: Path, *words: str, given: bytes = b"", fine: Collection[int] = (0,)) -> bytes:
    """Return what a git command prints when it ends with one of the `fine` codes. Raises GitFault."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what it is given is no shell text
            ["git", "--no-pager", "-C", str(root), *words],  # noqa: S607 - the user's own git
            input=given,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=_environment(root),
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise GitFault from error
    if done.returncode not in fine:
        told = _text(done.stderr)
        # In a partial clone, what is not here would have to be fetched from its promisor.
        raise (Lacking if "promisor" in told else GitFault)(_complaint(told))
    return done.stdout


def _complaint(stderr: str) -> str:
    """Return the line that says why; advice may follow it. Git that dies without a word has its say too."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return (fatal or lines[-1:] or ["?"])[0]


def _environment(root: Path) -> Mapping[str, str]:
    """A hook is told where its repository is from where it stands, which is the top of its work tree; we ask from elsewhere."""
    inherited = {name: value for name, value in os.environ.items() if name not in _CONTRARY}
    names = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")
    here = Path.cwd()
    places = {name: str(here / inherited[name]) for name in names if inherited.get(name)}
    if "GIT_DIR" in places and "GIT_WORK_TREE" not in places and (here / root).resolve().is_relative_to(here):
        places["GIT_WORK_TREE"] = str(here)
    return {**inherited, **_ENVIRONMENT, "LC_ALL": "C", **places}


def _split(stream: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs of `cat-file --batch`: a line with id, kind and size, the content, a line feed."""
    at = 0
    while at < len(stream):
        end = stream.index(b"\n", at)
        blob, _kind, size = stream[at:end].decode().split()
        at = end + 1 + int(size) + 1
        yield blob, stream[end + 1 : at - 1]


def _lines(words: Iterable[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode(errors="surrogateescape")


def _names(stream: bytes) -> list[str]:
    """Return the names of a stream that ends each with NUL: with `-z` they come as they are."""
    return [name for name in _text(stream).split("\0") if name]


def _text(stream: bytes) -> str:
    return stream.decode(errors="surrogateescape")
