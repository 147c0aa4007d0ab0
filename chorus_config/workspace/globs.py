"""The project's globs: relative, with forward slashes, `**` for any depth of folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path


@cache
def pattern(glob: str) -> re.Pattern[str]:
    """Return the expression that a glob means: `*` and `?` stay inside one name, `**/` is any number of folders."""
    parts = re.split(r"(\*\*/|\*|\?)", glob.removeprefix("./"))
    meaning = {"**/": r"(?:[^/]+/)*", "*": r"[^/]*", "?": r"[^/]"}
    return re.compile("".join(meaning.get(part, re.escape(part)) for part in parts))


def matches(path: str, globs: Iterable[str]) -> bool:
    """Tell whether a path relative to the project is named by any of its globs."""
    return any(pattern(glob).fullmatch(path) for glob in globs)


def found(root: Path, globs: Iterable[str]) -> Iterator[str]:
    """Yield every path under `root` that a glob names, folders and links to folders included: the reader says what is wrong.

    Links to folders are not followed; one that stands where sheets are looked for is yielded, so that nothing vanishes unseen.
    """
    for glob in globs:
        start = root / re.split(r"[*?]", glob.removeprefix("./"))[0].rpartition("/")[0]
        if start.is_symlink():
            yield start.relative_to(root).as_posix()
            continue
        closed: list[OSError] = []
        for folder, folders, files in os.walk(start, onerror=closed.append):
            base = Path(folder).relative_to(root)
            prefix = f"{base.as_posix()}/" if base.parts else ""
            named = [prefix + name for name in files if pattern(glob).fullmatch(prefix + name)]
            named += [prefix + n for n in folders if pattern(glob).fullmatch(prefix + n) or (root / (prefix + n)).is_symlink()]
            yield from named
        # A folder that cannot be listed may hold anything: the reader will say that it is unreadable.
        yield from (Path(e.filename).relative_to(root).as_posix() for e in closed if os.path.lexists(e.filename))


def misnamed(root: Path, globs: Iterable[str]) -> Iterator[str]:
    """Yield the files that a glob would name if they ended in `.yaml`: nobody reads them, and nothing else would tell."""
    asked = tuple(globs)
    for path in found(root, {re.sub(r"\.yaml$", ".*", glob) for glob in asked}):
        stem, dot, end = path.rpartition(".")
        if end.lower() in {"yml", "yaml"} and not matches(path, asked) and matches(f"{stem}{dot}yaml", asked):
            yield path
