"""Git repositories for the tests, made with the real git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

_SETTINGS: Final = (
    "user.name=x",
    "user.email=x@example.org",
    "commit.gpgsign=false",
    "core.autocrlf=false",
    "init.defaultBranch=main",
    "protocol.file.allow=always",
)


def git(root: Path, *words: str, given: bytes | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run git as nobody in particular."""
    named = [word for setting in _SETTINGS for word in ("-c", setting)]
    command = ["git", "-C", str(root), *named, *words]
    done = subprocess.run(command, check=True, capture_output=True, input=given, env={**os.environ, **(env or {})})
    return done.stdout.decode(errors="surrogateescape").strip()


def commit(root: Path, message: str = "x") -> str:
    """Commit everything under a folder and return the id."""
    git(root, "add", "--all", ".")
    git(root, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD")


def begun(root: Path) -> str:
    """Make a folder a repository with all its files committed to `main`, and return the commit."""
    git(root, "init", "--quiet")
    return commit(root)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the commands of all processes from now on."""
    seen: list[list[str]] = []
    run = subprocess.run

    def _run(command: list[str], **given: Any) -> Any:
        seen.append(command)
        return run(command, **given)

    monkeypatch.setattr(subprocess, "run", _run)
    return seen
