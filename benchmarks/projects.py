"""Projects to measure with: sheets, a project file, git, a store in which everything was approved long ago."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks import sheets, variants

_AT_ONCE: Final = 5_000
# An account of nobody in particular, and nothing of the user's own settings.
_GIT: Final = ("user.name=x", "user.email=x@example.org", "commit.gpgsign=false", "init.defaultBranch=main", "gc.auto=0")


def fresh(folder: Path, count: int) -> Path:
    """Write `count` sheets into a folder that is empty before, with a project file that allows as many changes; return it."""
    shutil.rmtree(folder, ignore_errors=True)
    sheets.write(folder, count)
    text = f"type: projet\nversion: 1\nseuils: {{structures: {count + 1}}}\n"
    (folder / "chorus-config.yaml").write_text(text, encoding="utf-8")
    return folder


def git(folder: Path, *words: str) -> None:
    """Run git as nobody in particular."""
    named = [word for setting in _GIT for word in ("-c", setting)]
    subprocess.run(["git", "-C", str(folder), *named, *words], check=True, stdout=subprocess.DEVNULL)


def commit_twice(folder: Path, count: int) -> None:
    """Put a project under git; in the second commit one sheet in a hundred is changed."""
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "x")
    variants.change_sheets(folder, count, 1)
    git(folder, "commit", "--quiet", "--all", "--message", "y")


def record(folder: Path, count: int, url: str) -> None:
    """Record every sheet as approved, without operations: what a team has after years of approvals."""
    from chorus_config.i18n.translator import translator_for
    from chorus_config.model.snapshot import Record
    from chorus_config.model.store_state import StoreWrite
    from chorus_config.store.store import Store
    from chorus_config.yamltext.parse import parse

    store, lineage = Store(url, folder, translator_for("en")), None
    for serial, start in enumerate(range(0, count, _AT_ONCE)):
        names = [sheets.siret(number) for number in range(start, min(start + _AT_ONCE, count))]
        paths = [f"structures/{name}.yaml" for name in names]
        bodies: list[Any] = [parse((folder / path).read_bytes()).data for path in paths]
        rows = tuple(Record(*row) for row in zip(names, bodies, paths, strict=True))
        store.write(StoreWrite(lineage, serial, "2026-11-23T08:00:00Z", {}, records=rows))
        lineage = lineage or store.read().snapshot.lineage


def recorded(folder: Path, count: int) -> Path:
    """Make a project whose store knows all its sheets; in a process of its own, whose memory is no part of what is measured."""
    fresh(folder, count)
    subprocess.run([sys.executable, "-m", "benchmarks.projects", str(folder), str(count)], check=True)
    return folder


if __name__ == "__main__":
    record(Path(sys.argv[1]), int(sys.argv[2]), "sqlite:///.chorus-config/registre.sqlite3")
