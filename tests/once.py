"""What is slow to make, made once per run, whichever worker needs it first; and repositories that know no settings but ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
_SECONDS: Final = 300


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that `make` filled; the other workers of the run wait for it."""
    base = factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    place, done, failed = base / name, base / f"{name}.done", base / f"{name}.failed"
    try:
        place.mkdir()
    except FileExistsError:
        end = time.monotonic() + _SECONDS
        while not done.exists():
            assert not failed.exists(), f"{name}: another worker could not make it"
            assert time.monotonic() < end, f"{name}: another worker takes too long to make it"
            time.sleep(0.1)
        return place
    try:
        make(place)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return place


def calm(home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which git, pre-commit and the program follow no settings of whoever runs the tests."""
    spoken = ("GIT_", "CHORUS_CONFIG_", "PRE_COMMIT", "GITHUB_", "RUNNER_", "CI_", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(spoken) or name.startswith("GIT_SSL")}
    settings = home / "gitconfig"
    settings.write_text(
        "[user]\n\tname = Alix\n\temail = alix@valmont.example\n[init]\n\tdefaultBranch = main\n"
        "[advice]\n\tdetachedHead = false\n[protocol \"file\"]\n\tallow = always\n",
        encoding="utf-8",
    )  # fmt: skip
    for name in ("CI", "LANGUAGE", "NO_COLOR", "FORCE_COLOR"):
        kept.pop(name, None)
    return {**kept, "GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8", **more}


def missing_tool(name: str) -> None:
    """Fail in CI, skip loudly elsewhere, when a program is not there."""
    if shutil.which(name) is not None:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{name} is missing: make test installs it")
    pytest.skip(f"{name} IS MISSING: nothing was proved; make test installs it")


def git(at: Path, env: Mapping[str, str], *words: str) -> str:
    """Return what a git command prints; it must succeed."""
    done = subprocess.run(["git", *words], cwd=at, env=env, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout.strip()


def published(place: Path, env: Mapping[str, str]) -> str:
    """Make `place` the repository that users would name: these files, uncommitted changes included. Return its commit."""
    # The caller's settings, which may be what makes this checkout trusted; but not the repository that a hook names.
    own = {name: value for name, value in os.environ.items() if name not in {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"}}
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, env=own, check=True, capture_output=True,
    )  # fmt: skip
    for name in filter(None, told.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)
    git(place, env, "init", "--quiet")
    git(place, env, "add", "--all", "--force")
    git(place, env, "commit", "--quiet", "--no-verify", "--message", "as it stands")
    return git(place, env, "rev-parse", "HEAD")
