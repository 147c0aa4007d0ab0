"""A file with persons or bank details is warned of where git would take it, and nowhere else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.workspace.git_ignored import git_notes


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """An empty git work tree."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, timeout=60)
    return tmp_path


def notes(path: Path) -> list[str]:
    if path.parent.is_dir():
        path.write_bytes(b"x")
    return [*git_notes(path, translator_for("en"))]


def test_where_git_would_take_it(tree: Path) -> None:
    (note,) = notes(tree / "collecte.xlsx")
    assert "collecte.xlsx" in note
    assert "add a line *.xlsx to .gitignore" in note
    assert "add a line b to .gitignore" in notes(tree / "b")[0]


def test_not_what_is_left_aside(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.xlsx\n/prive/\n", encoding="utf-8")
    (tree / "prive").mkdir()
    assert notes(tree / "collecte.xlsx") == notes(tree / "prive" / "b") == notes(tree / ".git" / "b") == []
    # A rule comes too late for what git has already.
    (tree / "deja.xlsx").write_bytes(b"x")
    subprocess.run(["git", "-C", str(tree), "add", "-f", "deja.xlsx"], check=True, timeout=60)
    assert notes(tree / "deja.xlsx")


def test_not_outside_of_a_repository(tmp_path: Path) -> None:
    assert notes(tmp_path / "b") == notes(tmp_path / "gone" / "b") == []
