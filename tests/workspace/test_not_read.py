"""Files that are plainly meant as ours and that nobody reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from chorus_config.model.project import PROJECT_FILE, ProjectConfig
from chorus_config.workspace.folder import ProjectFiles, all_files
from chorus_config.workspace.not_read import misnamed_project_file, misnamed_project_files, not_read, not_read_among

SHEET = b"type: fiche-structure\n"
ACCOUNT = b'# ici\ntype: "compte-utilisateur"\n'
PROJECT = b"type: projet\n"
ANY = b"titre: x\n"


def project(root: Path, *globs: str, **files: bytes) -> ProjectFiles:
    """Make a project with these files, and its own file."""
    for path, raw in {PROJECT_FILE: PROJECT, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    return ProjectFiles(root, PROJECT_FILE, ProjectConfig(structures=globs) if globs else ProjectConfig())


@pytest.mark.parametrize(
    ("path", "raw", "reason"),
    [
        ("structures/eau.yaml.txt", ANY, "ending"),
        ("structures/eau.yml", ANY, "ending"),
        ("structures/sous/EAU.YAML", ANY, "ending"),
        ("structures/eau.yaml.yaml.txt", ANY, "ending"),
        ("comptes/dgs.yml", ANY, "ending"),
        ("structures/eau.txt", SHEET, "place"),
        ("structures/eau.txt", ANY, None),
        ("structures/lisez.md", SHEET, None),
        ("structures/.eau.yaml.swp", SHEET, None),
        ("structures/eau.yaml.bak", SHEET, None),
        ("structures/eau.yaml~", SHEET, None),
        ("structures/.brouillon/eau.yml", SHEET, None),
        ("structure/eau.yaml", SHEET, "place"),
        ("Structures/sous/eau.yaml", SHEET, "place"),
        ("compte/dgs.yaml", ACCOUNT, "place"),
        ("compte/dgs.yaml", b"\xef\xbb\xbftype: compte-utilisateur\n", "place"),
        ("compte/note.yaml", ANY, None),
        ("eau.yaml", SHEET, "place"),
        ("fiches/eau.yaml", SHEET, "place"),
        ("fiches/sous/eau.yaml", SHEET, None),
        ("mkdocs.yml", ANY, None),
        (".github/eau.yaml", SHEET, None),
        ("chorus-config.yml", PROJECT, "project"),
        ("chorus-config.yaml.txt", PROJECT, "project"),
        ("Chorus_Config.yaml", PROJECT, "project"),
        ("chorus-config.yaml.bak", PROJECT, None),
        ("projet.yaml", PROJECT, "place"),
        ("membre/chorus-config.yaml", PROJECT, "place"),
    ],
)
def test_what_is_told(tmp_path: Path, path: str, raw: bytes, reason: str | None) -> None:
    home = project(tmp_path, **{path: raw})
    if path == "membre/chorus-config.yaml":
        # A folder with a project of its own is not ours.
        reason = None
    expected = [] if reason is None else [(path, reason)]
    assert [(one.path, one.reason) for one in not_read(home)] == expected
    assert not {one.path for one in not_read(home)} & {*dict(all_files(home).files)}
    if reason is not None:
        among = not_read_among([PROJECT_FILE, path, "structures/a.yaml"], home, lambda name: (tmp_path / name).read_bytes())
        assert [(one.path, one.reason) for one in among] == expected


def test_what_the_project_s_own_globs_take_is_read(tmp_path: Path) -> None:
    home = project(
        tmp_path, "structures/*.yml", "fiches/**/*.yaml",
        **{"structures/a.yml": SHEET, "structures/b.yaml": SHEET, "structures/c/d.yml": SHEET, "fiches/x/e.yaml": SHEET},
    )  # fmt: skip
    # What a glob of one floor leaves out says itself what it is.
    assert [one.path for one in not_read(home)] == ["structures/b.yaml", "structures/c/d.yml"]
    assert {one.reason for one in not_read(home)} == {"place"}


def test_a_glob_that_begins_at_the_top(tmp_path: Path) -> None:
    home = project(tmp_path, "**/*.yaml", **{"a/b/c/eau.yml": SHEET, "a/d.yaml": SHEET})
    assert [(one.path, one.reason) for one in not_read(home)] == [("a/b/c/eau.yml", "ending")]


def test_a_project_of_another_name_reads_its_file(tmp_path: Path) -> None:
    files = project(tmp_path, **{"chorus-config.yml": PROJECT})
    (tmp_path / PROJECT_FILE).unlink()
    assert not_read(ProjectFiles(tmp_path, "chorus-config.yml", files.config)) == ()


@pytest.mark.parametrize(
    "name",
    ["chorus-config.yml", "chorus-config.yaml.txt", "Chorus-config.yaml", "CHORUS-CONFIG.YAML", "chorus_config.yaml",
     "chorusconfig.yaml", "chorus-conifg.yaml", "chorus-config (1).yaml", "chorus-config.txt"],
)  # fmt: skip
def test_names_that_mean_the_project_file(tmp_path: Path, name: str) -> None:
    assert misnamed_project_files([name, "a.yaml"]) == (name,)
    assert misnamed_project_files([name], but=name) == ()
    (tmp_path / "sous").mkdir()
    (tmp_path / ".git").touch()
    (tmp_path / name).write_bytes(b"")
    assert misnamed_project_file(tmp_path / "sous") == tmp_path / name


@pytest.mark.parametrize(
    "name", [PROJECT_FILE, "chorus-config.yaml.bak", "chorus.yaml", "config.yaml", "chorus-config.example.yaml"]
)
def test_names_that_do_not(name: str) -> None:
    assert misnamed_project_files([name]) == ()


def test_a_file_that_says_to_be_the_project_is_one_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").touch()
    (tmp_path / "sous").mkdir()
    (tmp_path / "projet.yaml").write_bytes(PROJECT)
    assert misnamed_project_file(tmp_path) == tmp_path / "projet.yaml"
    assert misnamed_project_file(tmp_path / "sous") is None
    (tmp_path / "sous" / ".git").touch()
    (tmp_path / "chorus-config.yml").touch()
    assert misnamed_project_file(tmp_path / "sous") is None, "not out of the repository"
