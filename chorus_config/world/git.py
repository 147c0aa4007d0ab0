"""What git knows of the sheets; a folder outside git is no fault."""

from __future__ import annotations

import subprocess
from collections.abc import Collection
from pathlib import Path


def commit_of(root: Path, files: Collection[str]) -> tuple[str | None, bool]:
    """Return the commit that is checked out, and whether a file (relative to `root`) differs from it or is not in it."""
    place = _git(root, "rev-parse", "--show-prefix", "HEAD")
    prefix, _, commit = place.removesuffix("\n").rpartition("\n")
    if not commit:
        return None, False
    # -z: names as they are. Not `git diff`: on some versions it rewrites the index although told to take no lock.
    committed = set(_git(root, "ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0"))
    entries = _git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--", ".").split("\0")
    # An entry is two letters, a blank and the name from the top of the repository.
    changed = {entry[3:].removeprefix(prefix) for entry in entries}
    return commit, any(path not in committed or path in changed for path in files)


def _git(root: Path, *words: str) -> str:
    try:
        # Without optional locks: asking what changed must not rewrite the index.
        done = subprocess.run(  # noqa: S603 - a fixed command; `root` is a folder, not a word of it
            ["git", "--no-optional-locks", "-C", str(root), *words],  # noqa: S607 - the user's own git
            capture_output=True,
            check=False,
            timeout=60,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
