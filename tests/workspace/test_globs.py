"""The project's globs."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.workspace.folder import found, matches

_ALL = "structures/**/*.yaml"


@pytest.mark.parametrize(
    ("glob", "path", "named"),
    [
        (_ALL, "structures/a.yaml", True),
        (_ALL, "structures/a/b/c.yaml", True),
        (_ALL, "structures/.a.yaml", True),
        (_ALL, "structures/a.yml", False),
        (_ALL, "structures/a.yaml/b", False),
        (_ALL, "structuresa.yaml", False),
        (_ALL, "x/structures/a.yaml", False),
        (_ALL, "structures/a.yaml\n", False),
        ("structures/*.yaml", "structures/a.yaml", True),
        ("structures/*.yaml", "structures/a/b.yaml", False),
        ("./structures/*.yaml", "structures/a.yaml", True),
        ("**/*.yaml", "a.yaml", True),
        ("**/*.yaml", "a/b/c.yaml", True),
        ("*.yaml", "a/b.yaml", False),
        ("budgets-20??/*.yaml", "budgets-2016/a.yaml", True),
        ("budgets-20??/*.yaml", "budgets-20/16/a.yaml", False),
        ("a?b.yaml", "a/b.yaml", False),
        ("a.yaml", "a.yaml", True),
        ("a.yaml", "aXyaml", False),
        ("a[1].yaml", "a[1].yaml", True),
        ("a+(b).yaml", "a+(b).yaml", True),
        ("é/*.yaml", "é/à.yaml", True),
        ("a/**/b/**/c.yaml", "a/b/c.yaml", True),
        ("a/**/b/**/c.yaml", "a/x/y/b/z/c.yaml", True),
        ("a/**/b/**/c.yaml", "a/x/c.yaml", False),
    ],
)
def test_what_a_glob_means(glob: str, path: str, named: bool) -> None:
    assert matches(path, [glob]) is named


def test_any_of_them(tmp_path: Path) -> None:
    assert matches("b/x.yaml", ["a/*.yaml", "b/*.yaml"])
    assert not matches("b/x.yaml", [])


def make(root: Path, *paths: str) -> None:
    """Make empty files with their folders."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()


@pytest.mark.parametrize(
    "glob",
    ["structures/**/*.yaml", "**/*.yaml", "structures/*.yaml", "*.yaml", "a.yaml", "structures/a.yaml", "./structures/*.yaml",
     "budgets-20??/*.yaml", "?.yaml", "str?ctures/**/*.yaml", "structures/*/b.yaml"],
)  # fmt: skip
def test_finds_on_disk_what_it_means(tmp_path: Path, glob: str) -> None:
    paths = [
        "a.yaml", "structures/a.yaml", "structures/b.yml", "structures/sous/b.yaml", "structures/sous/sous/c.yaml",
        "budgets-2016/a.yaml", "autre/x/y.yaml", "structures/.cache.yaml", "vide/.x",
    ]  # fmt: skip
    make(tmp_path, *paths)
    assert sorted(found(tmp_path, [glob])) == sorted(path for path in paths if matches(path, [glob]))


def test_only_paths_that_exist(tmp_path: Path) -> None:
    make(tmp_path, "a.yaml", ".github/workflows/ci.yaml", "structures/.archive/b.yaml", ".git/x.yaml")
    for path in found(tmp_path, ["**/*.yaml"]):
        assert (tmp_path / path).is_file(), path


def test_a_missing_folder_is_nothing(tmp_path: Path) -> None:
    assert [*found(tmp_path, ["structures/**/*.yaml"])] == []


def test_a_folder_and_a_link_in_the_place_of_a_sheet(tmp_path: Path) -> None:
    (tmp_path / "structures" / "a.yaml").mkdir(parents=True)
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "structures" / "lien").symlink_to("../ailleurs", target_is_directory=True)
    (tmp_path / "structures" / "b.yaml").symlink_to("../absent")
    assert sorted(found(tmp_path, ["structures/**/*.yaml"])) == ["structures/a.yaml", "structures/b.yaml", "structures/lien"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "structures/a.yaml")
    (tmp_path / "structures" / "boucle").symlink_to(".", target_is_directory=True)
    assert sorted(found(tmp_path, ["structures/**/*.yaml"])) == ["structures/a.yaml", "structures/boucle"]


def test_the_start_itself_may_be_a_link_only_within_the_project(tmp_path: Path) -> None:
    root = tmp_path / "projet"
    root.mkdir()
    make(tmp_path, "ailleurs/a.yaml")
    (root / "structures").symlink_to("../ailleurs", target_is_directory=True)
    assert "structures/a.yaml" not in [*found(root, ["structures/**/*.yaml"])]
