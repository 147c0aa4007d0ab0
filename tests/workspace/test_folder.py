"""Which files a command is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.model.project import PROJECT_FILE, ProjectConfig
from chorus_config.workspace.folder import ProjectFiles, all_files, locate, named_files, read_files

_SHEET = b"type: fiche-structure\n"


@pytest.fixture
def home(tmp_path: Path) -> ProjectFiles:
    """A project with two sheets, one account and a note."""
    root = tmp_path / "projet"
    for path, raw in (
        (PROJECT_FILE, b"type: projet\n"),
        ("structures/b.yaml", _SHEET),
        ("structures/sous/a.yaml", _SHEET),
        ("comptes/x.yaml", b"type: compte-utilisateur\n"),
        ("docs/note.yaml", b"titre: x\n"),
        ("docs/lisez.md", b"# rien\n"),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    return ProjectFiles(root, PROJECT_FILE, ProjectConfig())


def choose(home: ProjectFiles, *names: str, force_exclude: bool = False, base: Path | None = None) -> dict[str, str]:
    """Return the named files with their kinds."""
    return dict(named_files(home, names, base or home.root, force_exclude=force_exclude).files)


def test_the_nearest_project_file_at_or_above(home: ProjectFiles) -> None:
    assert locate(home.root) == home.root / PROJECT_FILE
    assert locate(home.root / "structures" / "sous") == home.root / PROJECT_FILE
    (home.root / "structures" / PROJECT_FILE).touch()
    assert locate(home.root / "structures" / "sous") == home.root / "structures" / PROJECT_FILE


def test_not_out_of_a_git_repository(home: ProjectFiles) -> None:
    (home.root / "structures" / ".git").mkdir()
    assert locate(home.root / "structures" / "sous") is None


def test_none_at_all(tmp_path: Path) -> None:
    (tmp_path / ".git").touch()
    assert locate(tmp_path) is None


def test_everything_sorted_with_its_kind(home: ProjectFiles) -> None:
    assert all_files(home).files == (
        (PROJECT_FILE, "projet"),
        ("comptes/x.yaml", "compte-utilisateur"),
        ("structures/b.yaml", "fiche-structure"),
        ("structures/sous/a.yaml", "fiche-structure"),
    )


def test_everything_without_a_project_file(home: ProjectFiles) -> None:
    assert PROJECT_FILE not in dict(all_files(ProjectFiles(home.root, None, ProjectConfig())).files)


def test_overlapping_globs_select_a_file_once(home: ProjectFiles) -> None:
    project = ProjectConfig(structures=("structures/**/*.yaml", "**/b.yaml"))
    assert [path for path, _kind in all_files(ProjectFiles(home.root, None, project)).files].count("structures/b.yaml") == 1


def test_named_files_and_folders(home: ProjectFiles) -> None:
    assert choose(home, "structures/b.yaml") == {"structures/b.yaml": "fiche-structure"}
    assert choose(home, "comptes") == {"comptes/x.yaml": "compte-utilisateur"}
    assert choose(home, "structures") == {"structures/b.yaml": "fiche-structure", "structures/sous/a.yaml": "fiche-structure"}
    assert choose(home, PROJECT_FILE) == {PROJECT_FILE: "projet"}
    assert len(choose(home, ".")) == 4


def test_the_same_file_by_several_names(home: ProjectFiles) -> None:
    assert len(choose(home, "structures/b.yaml", "./structures//b.yaml", "structures/../structures/b.yaml")) == 1
    assert len(choose(home, str(home.root / "structures" / "b.yaml"), "structures/b.yaml")) == 1


def test_named_from_elsewhere(home: ProjectFiles) -> None:
    assert choose(home, "b.yaml", base=home.root / "structures") == {"structures/b.yaml": "fiche-structure"}


def test_a_named_file_is_always_selected(home: ProjectFiles) -> None:
    assert choose(home, "docs/lisez.md") == {"docs/lisez.md": "fiche-structure"}


def test_force_exclude_skips_what_is_not_ours(home: ProjectFiles) -> None:
    chosen = named_files(home, ["docs/lisez.md", "docs/note.yaml", "structures/b.yaml"], home.root, force_exclude=True)
    assert chosen.skipped == ("docs/lisez.md", "docs/note.yaml")
    assert dict(chosen.files) == {"structures/b.yaml": "fiche-structure"}


@pytest.mark.parametrize(
    "raw", [_SHEET, b"# x\ntype:  'fiche-structure'\n", b'version: 1\r\ntype: "compte-utilisateur"\r\n', b"type: projet # x\n"]
)
def test_a_file_that_says_what_it_is_is_ours_anywhere(home: ProjectFiles, raw: bytes) -> None:
    (home.root / "docs" / "x.yml").write_bytes(raw)
    assert "docs/x.yml" in choose(home, "docs/x.yml", force_exclude=True)
    assert [*choose(home, "docs")] == ["docs/x.yml"]


@pytest.mark.parametrize("raw", [b"# type: projet\n", b"type: projets\n", b" type: projet\n", b"x: type: projet\n", b""])
def test_a_file_that_does_not_say_it_is_not(home: ProjectFiles, raw: bytes) -> None:
    (home.root / "docs" / "x.yml").write_bytes(raw)
    assert choose(home, "docs/x.yml", force_exclude=True) == {}


def test_missing_names_are_told_and_skipped_ones_are_not_missing(home: ProjectFiles) -> None:
    chosen = named_files(home, ["absent.yaml", "structures/b.yaml", "a\0b"], home.root, force_exclude=True)
    assert chosen.missing == ("absent.yaml", "a\0b")


def test_a_link_to_nothing_is_there(home: ProjectFiles) -> None:
    (home.root / "structures" / "c.yaml").symlink_to("absent")
    assert "structures/c.yaml" in choose(home, "structures/c.yaml")


def test_hidden_folders_are_not_searched(home: ProjectFiles) -> None:
    (home.root / "docs" / ".git").mkdir()
    (home.root / "docs" / ".git" / "x.yaml").write_bytes(_SHEET)
    assert choose(home, "docs") == {}


def test_a_folder_in_the_place_of_a_sheet_is_not_passed_over(home: ProjectFiles) -> None:
    (home.root / "structures" / "c.yaml").mkdir()
    assert "structures/c.yaml" in choose(home, "structures")
    assert "structures/c.yaml" in choose(home, "structures/c.yaml")


def test_a_linked_folder_below_a_named_one_is_not_passed_over(home: ProjectFiles) -> None:
    """What `everything` tells (a link that is not followed), naming the folder tells too."""
    (home.root.parent / "ailleurs").mkdir()
    (home.root / "structures" / "lien").symlink_to("../../ailleurs", target_is_directory=True)
    assert "structures/lien" in dict(all_files(home).files)
    assert "structures/lien" in choose(home, "structures")


def test_texts_are_read_in_order(home: ProjectFiles) -> None:
    assert [(text.path, text.raw, text.kind) for text in read_files(home, all_files(home).files)] == [
        (PROJECT_FILE, b"type: projet\n", "projet"),
        ("comptes/x.yaml", b"type: compte-utilisateur\n", "compte-utilisateur"),
        ("structures/b.yaml", _SHEET, "fiche-structure"),
        ("structures/sous/a.yaml", _SHEET, "fiche-structure"),
    ]
