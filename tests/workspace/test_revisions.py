"""The files of a revision, of the index and of the disk, read alike."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from chorus_config.model.project import ProjectConfig, TextFile
from chorus_config.workspace.folder import ProjectFiles
from chorus_config.workspace.git import Lacking
from chorus_config.workspace.revisions import Revision, of_commit, of_disk, of_index
from chorus_config.yamltext.parse import MAX_BYTES
from tests.repository import begun, counted, git

SHEET = "structures/a.yaml"


def made(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files and commit them; a text that begins with `-> ` is a link."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, str) and text.startswith("-> "):
            path.symlink_to(text.removeprefix("-> "))
        else:
            path.write_bytes(text.encode() if isinstance(text, str) else text)
    begun(root)
    return root


def sides(root: Path) -> tuple[Revision, Revision, Revision]:
    """Return the three sides."""
    return of_commit(root, git(root, "rev-parse", "HEAD")), of_index(root), of_disk(root)


def read(side: Revision, *paths: str) -> list[tuple[str, bytes, str]]:
    """Read sheets."""
    texts: list[TextFile] = side.read([(path, "fiche-structure") for path in paths])
    assert all(text.kind == "fiche-structure" for text in texts)
    return [(text.path, text.raw, text.read_error) for text in texts]


def test_all_sides_read_alike(tmp_path: Path) -> None:
    texts = {SHEET: "x\n", "structures/é 'b\".yaml": "é\r\n", "structures/sous/c.yaml": "", "structures/x\ny.yaml": "z"}
    root = made(tmp_path / "depot", texts)
    wanted = [(path, text.encode(), "") for path, text in texts.items()]
    for side in sides(root):
        assert read(side, *texts) == wanted
        assert [path for path, _kind in side.select(ProjectFiles(root, None, ProjectConfig())).files] == sorted(texts)


def test_what_is_selected(tmp_path: Path) -> None:
    root = made(
        tmp_path / "depot",
        {SHEET: "x", "comptes/a.yaml": "x", "chorus-config.yaml": "x", "autre.yaml": "x", "structures/a.txt": "x"},
    )
    for side in sides(root):
        chosen = side.select(ProjectFiles(root, "chorus-config.yaml", ProjectConfig()))
        assert chosen.files == (
            ("chorus-config.yaml", "projet"),
            ("comptes/a.yaml", "compte-utilisateur"),
            (SHEET, "fiche-structure"),
        )
        chosen = side.select(ProjectFiles(root, None, ProjectConfig(structures=("autre.yaml",), accounts=())))
        assert chosen.files == (("autre.yaml", "fiche-structure"),)


def test_the_three_sides_are_three_states(tmp_path: Path) -> None:
    root = made(tmp_path / "depot", {SHEET: "commit"})
    (root / SHEET).write_bytes(b"index")
    git(root, "add", ".")
    (root / SHEET).write_bytes(b"disk")
    assert [read(side, SHEET)[0][1] for side in sides(root)] == [b"commit", b"index", b"disk"]
    commit, index, disk = sides(root)
    assert [side.is_disk for side in (commit, index, disk)] == [False, False, True]
    assert [side.name for side in (index, disk)] == ["index", ""]


def test_the_project_file_of_a_revision(tmp_path: Path) -> None:
    root = made(tmp_path / "depot", {"chorus-config.yaml": "type: projet\n"})
    (root / "chorus-config.yaml").unlink()
    side = sides(root)[0]
    assert side.read_project("chorus-config.yaml") == TextFile("chorus-config.yaml", b"type: projet\n", "projet")
    assert side.read_project("autre.yaml") is None


_LINKS = {
    "structures/voisine.yaml": "-> a.yaml",
    "structures/dessus.yaml": "-> ../modele/x.yaml",
    "structures/deux.yaml": "-> voisine.yaml",
    "structures/dehors.yaml": "-> ../../x.yaml",
    "structures/nulle.yaml": "-> absente.yaml",
    "structures/anneau.yaml": "-> anneau.yaml",
    "structures/dossier.yaml": "-> ../modele",
    "structures/absolue.yaml": "-> /etc/passwd",
}


def test_links_lead_to_files_of_the_same_revision_only(tmp_path: Path) -> None:
    root = made(tmp_path / "depot", {SHEET: "x", "modele/x.yaml": "modèle", **_LINKS})
    (root / "modele/x.yaml").write_text("sur le disque", encoding="utf-8")
    commit, index, disk = sides(root)
    wanted = {"voisine": (b"x", ""), "dessus": ("modèle".encode(), ""), "deux": (b"x", "")}
    for side in (commit, index):
        for path, raw, trouble in read(side, *_LINKS):
            assert (raw, trouble) == wanted.get(Path(path).stem, (b"", "outside")), path
    assert side.links() == frozenset(_LINKS)
    # The disk says the same of which can be read.
    assert {path for path, _raw, trouble in read(disk, *_LINKS) if not trouble} == {
        f"structures/{name}.yaml" for name in wanted
    }


def test_a_link_out_of_the_project_but_inside_the_repository(tmp_path: Path) -> None:
    root = made(tmp_path / "depot", {"x.yaml": "x", "sous/structures/a.yaml": "-> ../../x.yaml"}) / "sous"
    for side in sides(root):
        assert read(side, SHEET) == [(SHEET, b"", "outside")]


def test_a_submodule_is_no_file(tmp_path: Path) -> None:
    root = made(tmp_path / "depot", {"x": "x"})
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{git(root, 'rev-parse', 'HEAD')},{SHEET}")
    assert read(of_index(root), SHEET) == [(SHEET, b"", "outside")]


def test_a_huge_file_is_refused_by_its_size_and_not_held(tmp_path: Path) -> None:
    root = made(tmp_path / "depot", {SHEET: b"x" * 100_000_000, "structures/b.yaml": b"y" * MAX_BYTES})
    for side in sides(root)[:2]:
        huge, largest = read(side, SHEET, "structures/b.yaml")
        assert len(huge[1]) == MAX_BYTES + 1
        assert largest[1] == b"y" * MAX_BYTES


@pytest.mark.parametrize("form", ["a\udcff.yaml", "\udcc3.yaml"])
def test_a_name_that_is_no_utf_8(tmp_path: Path, form: str) -> None:
    path = f"structures/{form}"
    root = made(tmp_path / "depot", {path: "x"})
    for side in sides(root):
        assert read(side, path) == [(path, b"", "name")]


def test_a_content_that_is_gone(tmp_path: Path) -> None:
    root = made(tmp_path / "depot", {SHEET: "x"})
    blob = of_index(root).entries[SHEET].blob
    (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Lacking):
        read(sides(root)[0], SHEET)


def test_line_ends_that_git_changes_on_the_way(tmp_path: Path) -> None:
    root = made(tmp_path / "depot", {SHEET: "a\nb\n"})
    git(root, "config", "core.autocrlf", "true")
    (root / SHEET).unlink()
    subprocess.run(["git", "-C", str(root), "checkout", "--quiet", "."], check=True)
    commit, index, disk = (read(side, SHEET)[0][1] for side in sides(root))
    assert (commit, index, disk) == (b"a\nb\n", b"a\nb\n", b"a\r\nb\r\n")


def test_few_processes_however_many_files_and_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"structures/{number}.yaml" for number in range(60)]
    files = {name: "-> ../x.yaml" if at % 2 else f"{at}" for at, name in enumerate(names)}
    root = made(tmp_path / "depot", {"x.yaml": "x", **files})
    seen = counted(monkeypatch)
    head = of_commit(root, "HEAD")
    assert len(read(head, *names)) == 60
    assert len(seen) == 5, "the list, twice the links, twice the contents"


def test_it_runs_without_a_current_folder_s_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = made(tmp_path / "depot", {SHEET: "x"})
    monkeypatch.chdir(tmp_path)
    assert read(of_commit(Path(os.path.relpath(root)), "HEAD"), SHEET) == [(SHEET, b"x", "")]
