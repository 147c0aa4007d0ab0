"""How long `diff` takes beside `validate`: 10,000 sheets in git, 100 of them changed; pairs in turn, medians of the ratios.

`python benchmarks/diff.py [COUNT [CHANGED]]`. The whole tree need not be read to compare two commits, so the ratio is small.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import sheets  # noqa: E402 - after the path is set
from benchmarks.speed import compare  # noqa: E402


def git(folder: Path, *words: str) -> None:
    """Run git as nobody in particular."""
    settings = ("user.name=x", "user.email=x@example.org", "commit.gpgsign=false", "init.defaultBranch=main", "gc.auto=0")
    named = [word for setting in settings for word in ("-c", setting)]
    subprocess.run(["git", "-C", str(folder), *named, *words], check=True, stdout=subprocess.DEVNULL)


def repository(folder: Path, count: int, changed: int) -> None:
    """Make a repository of `count` sheets, `changed` of which differ in the second commit."""
    sheets.write(folder, count)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "x")
    for number in range(0, count, max(1, count // changed)):
        path = folder / "structures" / f"{sheets.siret(number)}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace('ville: "VALMONT"', 'ville: "COGNAC"'), encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "y")


def main() -> None:
    """Measure and print."""
    given = [int(word) for word in sys.argv[1:3]]
    count, changed = [*given, *(10_000, 100)[len(given) :]]
    ours = [sys.executable, "-m", "chorus_config"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "many")
        repository(folder, count, changed)
        validate = [*ours, "validate", "--quiet"]
        for name, words in (("two commits", ("HEAD~1..HEAD",)), ("a commit and the disk", ("HEAD~1",))):
            told = f"{changed} of {count} sheets changed, {name}, against validate"
            compare(told, [*ours, "diff", "--quiet", *words], validate, folder, 5)


if __name__ == "__main__":
    main()
