"""Reading one file: regular files of the project only, never more than the limit, never an exception."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from chorus_config.model.project import TextFile
from chorus_config.workspace.files import read_text
from chorus_config.yamltext.parse import MAX_BYTES


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project's folder, with room beside it."""
    folder = tmp_path / "projet"
    folder.mkdir()
    return folder


def trouble(root: Path, path: str) -> str:
    """Return the case of a file that was refused, whose bytes then stay outside."""
    read = read_text(root, path, "fiche-structure")
    assert read.raw == b""
    return read.read_error


def test_a_file_is_read_as_it_is(root: Path) -> None:
    (root / "a.yaml").write_bytes(b"\xff\r\n\0")
    assert read_text(root, "a.yaml", "projet") == TextFile("a.yaml", b"\xff\r\n\0", "projet")


def test_an_empty_file(root: Path) -> None:
    (root / "a.yaml").touch()
    assert read_text(root, "a.yaml", "projet") == TextFile("a.yaml", b"", "projet")


@pytest.mark.parametrize(("size", "read"), [(MAX_BYTES, MAX_BYTES), (MAX_BYTES + 1, MAX_BYTES + 1), (10**9, MAX_BYTES + 1)])
def test_never_more_than_one_byte_over_the_limit(root: Path, size: int, read: int) -> None:
    with (root / "a.yaml").open("wb") as file:
        file.truncate(size)
    assert len(read_text(root, "a.yaml", "fiche-structure").raw) == read


def test_a_folder(root: Path) -> None:
    (root / "a.yaml").mkdir()
    assert trouble(root, "a.yaml") == "directory"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_wait_for_a_writer(root: Path) -> None:
    os.mkfifo(root / "a.yaml")
    done: list[str] = []
    reader = threading.Thread(target=lambda: done.append(trouble(root, "a.yaml")), daemon=True)
    reader.start()
    reader.join(5)
    assert done == ["special"]


def test_a_socket(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("a.yaml")
        assert trouble(root, "a.yaml") in {"special", "unreadable"}


def test_a_device(root: Path) -> None:
    assert trouble(Path("/dev"), "null") == "special"


def test_a_link_within_the_project(root: Path) -> None:
    (root / "vrai").mkdir()
    (root / "vrai" / "a.yaml").write_bytes(b"x")
    (root / "a.yaml").symlink_to("vrai/a.yaml")
    assert read_text(root, "a.yaml", "fiche-structure").raw == b"x"


def test_a_project_that_is_itself_behind_a_link(root: Path) -> None:
    (root / "a.yaml").write_bytes(b"x")
    (root / "b.yaml").symlink_to("a.yaml")
    (root.parent / "lien").symlink_to(root, target_is_directory=True)
    assert read_text(root.parent / "lien", "b.yaml", "fiche-structure").raw == b"x"


@pytest.mark.parametrize("absolute", [True, False])
def test_a_link_out_of_the_project(root: Path, absolute: bool) -> None:
    (root.parent / "secret").write_bytes(b"x")
    (root / "a.yaml").symlink_to(root.parent / "secret" if absolute else "../secret")
    assert trouble(root, "a.yaml") == "outside"


def test_a_link_by_way_of_a_link_out_of_the_project(root: Path) -> None:
    (root.parent / "secret").write_bytes(b"x")
    (root / "b").symlink_to("../secret")
    (root / "a.yaml").symlink_to("b")
    assert trouble(root, "a.yaml") == "outside"


def test_a_file_below_a_folder_that_leads_out_of_the_project(root: Path) -> None:
    (root.parent / "ailleurs").mkdir()
    (root.parent / "ailleurs" / "a.yaml").write_bytes(b"x")
    (root / "structures").symlink_to("../ailleurs", target_is_directory=True)
    assert trouble(root, "structures/a.yaml") == "outside"


def test_a_folder_beside_whose_name_begins_alike(root: Path) -> None:
    (root.parent / "projet-secret").mkdir()
    (root.parent / "projet-secret" / "a").write_bytes(b"x")
    (root / "a.yaml").symlink_to("../projet-secret/a")
    assert trouble(root, "a.yaml") == "outside"


def test_a_link_to_a_folder_to_nothing_and_to_itself(root: Path) -> None:
    (root / "dossier").mkdir()
    (root / "a").symlink_to("dossier", target_is_directory=True)
    (root / "b").symlink_to("absent")
    (root / "c").symlink_to("c")
    assert trouble(root, "a") == "link"
    assert trouble(root, "b")
    assert trouble(root, "c")


@pytest.mark.parametrize("path", ["absent", "a\0b", "x" * 5000, "\ud800", "a/b/c", ""])
def test_what_is_not_there_is_never_an_exception(root: Path, path: str) -> None:
    assert trouble(root, path)


def test_a_file_used_as_a_folder(root: Path) -> None:
    (root / "a").touch()
    assert trouble(root, "a/b.yaml") == "unreadable"


def test_no_handle_is_left_open(root: Path) -> None:
    (root / "a.yaml").write_bytes(b"x")
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").is_dir() else 0  # noqa: PTH208
    for _turn in range(50):
        read_text(root, "a.yaml", "fiche-structure")
        read_text(root, "absent", "fiche-structure")
    after = len(os.listdir("/proc/self/fd")) if before else 0  # noqa: PTH208
    assert after == before
