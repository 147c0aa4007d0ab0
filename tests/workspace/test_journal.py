"""The journal of a replacement: what a death left is finished or undone, and nothing else is touched."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import Locked, Unavailable
from chorus_config.workspace.interrupted import JournalRow, digest_of, hidden_names
from chorus_config.workspace.journal import NAME, finish, is_unfinished, journal

SAY = translator_for("en")
OLD, NEW = b"avant\n", b"apres\n"


def dead(root: Path, *names: str, **changed: Any) -> None:
    """Leave the journal of somebody who died."""
    rows = [{"path": name, "old": digest_of(OLD), "new": digest_of(NEW)} for name in names]
    path = root / NAME
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"format_version": "1.0", "files": rows, **changed}), encoding="utf-8")


def file(root: Path, name: str, now: bytes, new: bytes | None = NEW, old: bytes | None = OLD) -> Path:
    """Write a file with what stands beside it while it is replaced."""
    path = root / name
    path.write_bytes(now)
    for hidden, raw in zip(hidden_names(path), (new, old), strict=True):
        if raw is not None:
            hidden.write_bytes(raw)
    return path


def left(root: Path) -> list[str]:
    """Return the files of a folder."""
    return sorted(path.name for path in root.iterdir() if path.is_file())


def test_nothing_to_finish(tmp_path: Path) -> None:
    assert finish(tmp_path) is None
    assert not is_unfinished(tmp_path)


def test_between_two_files_it_goes_on(tmp_path: Path) -> None:
    one, two = file(tmp_path, "a.yaml", NEW, new=None), file(tmp_path, "b.yaml", OLD)
    dead(tmp_path, "a.yaml", "b.yaml")
    ended = finish(tmp_path)
    assert ended is not None
    assert (ended.how, ended.paths, ended.left) == ("finished", ("a.yaml", "b.yaml"), ())
    assert (one.read_bytes(), two.read_bytes()) == (NEW, NEW)
    assert left(tmp_path) == ["a.yaml", "b.yaml"]
    assert not is_unfinished(tmp_path)


def test_while_it_was_prepared_it_is_undone(tmp_path: Path) -> None:
    one, two = file(tmp_path, "a.yaml", OLD), file(tmp_path, "b.yaml", OLD, new=NEW[:2], old=None)
    dead(tmp_path, "a.yaml", "b.yaml")
    ended = finish(tmp_path)
    assert ended is not None
    assert (ended.how, ended.left) == ("undone", ())
    assert (one.read_bytes(), two.read_bytes()) == (OLD, OLD)
    assert left(tmp_path) == ["a.yaml", "b.yaml"]


def test_when_the_new_bytes_are_lost_the_former_ones_come_back(tmp_path: Path) -> None:
    one, two = file(tmp_path, "a.yaml", NEW, new=None), file(tmp_path, "b.yaml", OLD, new=None)
    dead(tmp_path, "a.yaml", "b.yaml")
    ended = finish(tmp_path)
    assert ended is not None
    assert ended.how == "undone"
    assert (one.read_bytes(), two.read_bytes()) == (OLD, OLD)


def test_what_somebody_changed_meanwhile_stays(tmp_path: Path) -> None:
    one, two = file(tmp_path, "a.yaml", b"autre\n"), file(tmp_path, "b.yaml", OLD)
    dead(tmp_path, "a.yaml", "b.yaml")
    ended = finish(tmp_path)
    assert ended is not None
    assert (ended.how, ended.paths, ended.left) == ("finished", ("b.yaml",), ("a.yaml",))
    assert (one.read_bytes(), two.read_bytes()) == (b"autre\n", NEW)
    assert left(tmp_path) == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 1}', '{"files": [{"path": "a.yaml"}]}'])
def test_a_journal_that_is_not_whole_says_that_nothing_was_touched(tmp_path: Path, text: str) -> None:
    one = file(tmp_path, "a.yaml", OLD, new=None, old=None)
    (tmp_path / ".chorus-config").mkdir()
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    ended = finish(tmp_path)
    assert ended is not None
    assert ended.how == "undone"
    assert one.read_bytes() == OLD
    assert not is_unfinished(tmp_path)


@pytest.mark.parametrize("name", ["../dehors.yaml", "/dehors.yaml", "script.sh", "lien/dehors.yaml"])
def test_a_journal_from_elsewhere_reaches_neither_out_of_the_project_nor_what_is_no_sheet(tmp_path: Path, name: str) -> None:
    root = tmp_path / "projet"
    root.mkdir()
    (root / "lien").symlink_to(tmp_path)
    for place in (tmp_path / "dehors.yaml", root / "script.sh"):
        file(place.parent, place.name, OLD)
    dead(root, name)
    finish(root)
    assert (tmp_path / "dehors.yaml").read_bytes() == OLD
    assert (root / "script.sh").read_bytes() == OLD
    assert len(left(tmp_path)) == 3


def test_a_link_is_no_journal(tmp_path: Path) -> None:
    (tmp_path / ".chorus-config").mkdir()
    (tmp_path / "ailleurs").write_text("{}", encoding="utf-8")
    (tmp_path / NAME).symlink_to(tmp_path / "ailleurs")
    with pytest.raises(OSError, match="symbolic"):
        finish(tmp_path)
    assert (tmp_path / "ailleurs").exists()


def test_who_is_at_work_is_left_alone(tmp_path: Path) -> None:
    path = file(tmp_path, "a.yaml", OLD)
    row = JournalRow(Path(os.path.realpath(path)), digest_of(OLD), digest_of(NEW))
    with journal(tmp_path, [row], SAY):
        assert is_unfinished(tmp_path)
        assert finish(tmp_path) is None
        with pytest.raises(Locked, match="another command"), journal(tmp_path, [row], SAY):
            pass
        assert is_unfinished(tmp_path)
    assert not is_unfinished(tmp_path)
    assert (tmp_path / ".chorus-config/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_no_value_stands_in_it(tmp_path: Path) -> None:
    path = file(tmp_path, "a.yaml", OLD)
    with journal(tmp_path, [JournalRow(Path(os.path.realpath(path)), digest_of(OLD), digest_of(NEW))], SAY):
        found = tmp_path / NAME
        assert json.loads(found.read_text(encoding="utf-8"))["files"][0]["path"] == "a.yaml"
        assert found.stat().st_mode & 0o777 == 0o600
        assert b"avant" not in found.read_bytes()


def test_the_schemas_that_an_import_writes_are_ended_too_and_nothing_else_of_that_kind(tmp_path: Path) -> None:
    names = ("schemas/a.schema.json", "schemas/a.json", "ailleurs/a.schema.json")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        file(tmp_path, name, NEW)
    dead(tmp_path, *names)
    ended = finish(tmp_path)
    assert ended is not None
    assert ended.paths == names[:1]
    assert left(tmp_path / "schemas") == [".a.json.chorus-config-new", ".a.json.chorus-config-old", "a.json", "a.schema.json"]
    assert len(left(tmp_path / "ailleurs")) == 3


def test_a_file_where_the_folder_of_the_journal_goes_is_no_other_import(tmp_path: Path) -> None:
    (tmp_path / ".chorus-config").write_text("", encoding="utf-8")
    with pytest.raises(Unavailable, match=r"\.chorus-config cannot be written: Not a directory"), journal(tmp_path, [], SAY):
        pass


@pytest.mark.parametrize("interrupted", [False, True])
def test_where_no_open_file_loses_its_name_the_journal_is_closed_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, interrupted: bool
) -> None:
    closed: list[int] = []
    real_close, real_unlink = os.close, Path.unlink

    def _close(handle: int) -> None:
        closed.append(os.fstat(handle).st_ino)
        real_close(handle)

    def _unlink(self: Path, *, missing_ok: bool = False) -> None:
        if self == tmp_path / NAME and self.stat().st_ino not in closed:
            raise PermissionError(13, "in use")
        assert self != tmp_path / NAME or not self.stat().st_size
        real_unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "close", _close)
    monkeypatch.setattr(Path, "unlink", _unlink)
    if interrupted:
        dead(tmp_path)
        assert finish(tmp_path) is not None
    else:
        with journal(tmp_path, [], SAY):
            pass
    assert not is_unfinished(tmp_path)
