"""What git knows of the sheets, with the real git."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from chorus_config.world.git import commit_of

_FILES = {"structures/a.yaml", "structures/b.yaml"}


def git(root: Path, *words: str) -> str:
    """Run git as nobody in particular."""
    settings = (
        "user.name=x",
        "user.email=x@example.org",
        "commit.gpgsign=false",
        "core.autocrlf=false",
        "init.defaultBranch=main",
    )
    named = [word for setting in settings for word in ("-c", setting)]
    done = subprocess.run(["git", "-C", str(root), *named, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def fill(root: Path) -> None:
    """Write the two sheets."""
    (root / "structures").mkdir(parents=True)
    for name in _FILES:
        (root / name).write_text("x\n", encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with both sheets committed."""
    folder = tmp_path / "depot"
    fill(folder)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "x")
    return folder


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit_of(tmp_path, _FILES) == (None, False)


def test_a_missing_folder(tmp_path: Path) -> None:
    assert commit_of(tmp_path / "absent", _FILES) == (None, False)


def test_no_git_at_all(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(root, _FILES) == (None, False)


def test_no_commit_yet(tmp_path: Path) -> None:
    fill(tmp_path)
    git(tmp_path, "init", "--quiet")
    assert commit_of(tmp_path, _FILES) == (None, False)


def test_a_clean_tree(root: Path) -> None:
    assert commit_of(root, _FILES) == (git(root, "rev-parse", "HEAD"), False)


def test_a_changed_sheet(root: Path) -> None:
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(root, _FILES) == (git(root, "rev-parse", "HEAD"), True)
    assert commit_of(root, {"structures/b.yaml"})[1] is False


def test_a_staged_sheet(root: Path) -> None:
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    git(root, "add", ".")
    assert commit_of(root, _FILES)[1] is True


def test_another_file_does_not_count(root: Path) -> None:
    (root / "README.md").write_text("y\n", encoding="utf-8")
    assert commit_of(root, _FILES)[1] is False


def test_an_untracked_sheet_in_an_untracked_folder(root: Path) -> None:
    (root / "structures/sous").mkdir()
    (root / "structures/sous/c.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(root, {*_FILES, "structures/sous/c.yaml"})[1] is True


def test_a_sheet_that_git_ignores_is_in_no_commit(root: Path) -> None:
    (root / ".gitignore").write_text("c.yaml\n", encoding="utf-8")
    git(root, "add", ".gitignore")
    git(root, "commit", "--quiet", "-m", "y")
    (root / "structures/c.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(root, {"structures/c.yaml"})[1] is True


@pytest.mark.parametrize("new", ["structures/c.yaml", "structures/sous/c.yaml"])
def test_a_renamed_sheet(root: Path, new: str) -> None:
    (root / new).parent.mkdir(exist_ok=True)
    git(root, "mv", "structures/a.yaml", new)
    assert commit_of(root, {new, "structures/b.yaml"})[1] is True
    assert commit_of(root, {"structures/b.yaml"})[1] is False


def test_the_old_name_of_a_rename_is_no_entry_of_its_own(root: Path) -> None:
    """The old name follows without its two letters: cut, it must not look like another sheet."""
    for name in ("01-z.yaml", "z.yaml"):
        (root / name).write_text("z\n" * 50, encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "y")
    git(root, "mv", "01-z.yaml", "neuf.yaml")
    assert commit_of(root, {"z.yaml"})[1] is False


@pytest.mark.parametrize("name", ["structures/é à.yaml", "structures/a\tb.yaml", 'structures/"x".yaml', "structures/ x.yaml"])
def test_names_as_they_are(root: Path, name: str) -> None:
    (root / name).write_text("y\n", encoding="utf-8")
    assert commit_of(root, {name})[1] is True
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "y")
    assert commit_of(root, {name})[1] is False


def test_a_project_in_a_sub_folder(root: Path) -> None:
    project = root / "fiches é"
    fill(project)
    assert commit_of(project, _FILES)[1] is True
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "y")
    assert commit_of(project, _FILES) == (git(root, "rev-parse", "HEAD"), False)
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(project, _FILES)[1] is False
    (project / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(project, _FILES)[1] is True


def test_a_sub_folder_whose_name_begins_with_a_blank(root: Path) -> None:
    project = root / " fiches"
    fill(project)
    assert commit_of(project, _FILES)[1] is True


def test_the_user_s_settings_change_nothing(root: Path) -> None:
    git(root, "config", "status.showUntrackedFiles", "no")
    git(root, "config", "status.relativePaths", "true")
    git(root, "config", "status.branch", "true")
    git(root, "config", "color.status", "always")
    (root / "structures/c.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(root, {"structures/c.yaml"})[1] is True
    assert commit_of(root, {"structures/a.yaml"})[1] is False


def test_git_writes_nothing(root: Path) -> None:
    index = (root / ".git" / "index").read_bytes()
    later = time.time() + 60  # stat tells a change that the bytes do not
    os.utime(root / "structures/a.yaml", (later, later))
    commit_of(root, _FILES)
    assert (root / ".git" / "index").read_bytes() == index
