"""The file in which verdicts are remembered: whole or not believed, its owner's alone, never in the way."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from chorus_config.workspace import verdict_cache
from chorus_config.workspace.cache_folder import cache_folder
from chorus_config.workspace.verdict_cache import (
    CacheWriter,
    Remembered,
    cache_path,
    look_of,
    program_digest,
    read_remembered,
)

OLD = (10, 1, 1, 7)
LINES = tuple(
    Remembered(f"structures/{number}é.yaml", OLD, f"{number:032}", ["x", [number, None], "ö\u2028"]) for number in range(5)
)


def written(path: Path, lines: tuple[Remembered, ...] = LINES) -> Path:
    with CacheWriter(path) as writer:
        for one in lines:
            writer.add(one)
        writer.finish(changed=True)
    return path


def read(path: Path) -> list[tuple[Any, ...]]:
    return [(one.path, one.look, one.digest, one.row) for one in read_remembered(path)]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = written(tmp_path / "new" / "folder" / "a-b.verdicts")
    assert read(path) == [(one.path, one.look, one.digest, one.row) for one in LINES]
    assert [*path.parent.iterdir()] == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such modes")
def test_it_is_its_owners_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "folder" / "a-b.verdicts")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    for mode in (0o620, 0o602):
        path.chmod(mode)
        assert read(path) == []


def test_a_line_that_is_not_whole_ends_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a-b.verdicts")
    whole = path.read_bytes()
    for cut in range(len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert len(read(path)) == max(0, whole[: cut + 1].count(b"\n") - 1)
    lines = whole.split(b"\n")
    for number in range(1, len(lines) - 1):
        for at in (0, 5, 30, len(lines[number]) - 1):
            bent = lines[number][:at] + bytes([lines[number][at] ^ 1]) + lines[number][at + 1 :]
            path.write_bytes(b"\n".join([*lines[:number], bent, *lines[number + 1 :]]))
            assert len(read(path)) == number - 1
    path.write_bytes(whole.replace(b"verdicts 1", b"verdicts 2"))
    assert read(path) == []
    path.write_bytes(os.urandom(1000))
    assert read(path) == []


def test_a_time_that_is_too_new_is_not_noted(tmp_path: Path) -> None:
    now = time.time_ns()
    looks = [(1, now - 10**10, now - 10**10, 1), (1, now, 1, 1), (1, 1, now + 10**12, 1)]
    path = written(tmp_path / "a", tuple(Remembered(str(n), look, "d", []) for n, look in enumerate(looks)))
    assert [look for _path, look, _digest, _row in read(path)] == [looks[0], None, None]


def test_without_keep_the_old_one_stays(tmp_path: Path) -> None:
    path = written(tmp_path / "a-b.verdicts")
    before = path.read_bytes()
    with CacheWriter(path) as writer:
        writer.add(Remembered("z", OLD, "d", []))
        assert writer.is_new
    with pytest.raises(KeyboardInterrupt), CacheWriter(path):
        raise KeyboardInterrupt
    assert path.read_bytes() == before
    assert [*tmp_path.iterdir()] == [path]


def test_lines_that_stay_are_written_as_they_are(tmp_path: Path) -> None:
    path = written(tmp_path / "a-b.verdicts")
    before = path.read_bytes()
    old = [*read_remembered(path)]
    with CacheWriter(path) as writer:
        for one in old:
            writer.add(one)
        assert not writer.is_new
        writer.finish(changed=True)
    assert path.read_bytes() == before


def test_a_file_that_could_not_be_read_is_nothing_new(tmp_path: Path) -> None:
    with CacheWriter(tmp_path / "a-b.verdicts") as writer:
        writer.add(Remembered("x", OLD, "", []))
        assert not writer.is_new
        writer.finish(changed=True)
    assert read(tmp_path / "a-b.verdicts") == []


def test_what_is_used_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path / "a-b.verdicts")
    before, long_ago = path.read_bytes(), time.time() - 40 * 86_400
    os.utime(path, (long_ago, long_ago))
    with CacheWriter(path) as writer:
        writer.finish(changed=False)
    assert path.read_bytes() == before
    assert path.stat().st_mtime > time.time() - 100
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("said", [[], ["a", None, "d"], ["a", [1], "d", []], {"a": 1}, "x", ["a", 3, "d", []]])
def test_a_whole_line_of_another_shape_is_none(tmp_path: Path, said: object) -> None:
    path = written(tmp_path / "a-b.verdicts")
    text = json.dumps(said).encode()
    line = verdict_cache._line_check(text) + b" " + text + b"\n"
    path.write_bytes(path.read_bytes() + line)
    assert len(read(path)) == len(LINES)


def test_a_disk_that_is_full_or_closed_costs_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    written(tmp_path / "file" / "a-b.verdicts")
    path = written(tmp_path / "a-b.verdicts")
    before = path.read_bytes()

    class Full:
        name = str(tmp_path / ".x.new")

        def __init__(self, _path: Path) -> None:
            Path(self.name).touch()

        def write(self, data: bytes) -> None:
            if not data.startswith(b"chorus"):
                raise OSError(28, "No space left on device")

        def close(self) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(verdict_cache, "_new_file", Full)
    written(path)
    assert path.read_bytes() == before
    assert not Path(Full.name).exists()


def test_only_a_few_are_kept_and_none_for_ever(tmp_path: Path) -> None:
    for number in range(6):
        path = written(tmp_path / f"one-{number}.verdicts")
        os.utime(path, (time.time() - 100 + number,) * 2)
    other = written(tmp_path / "two-0.verdicts")
    assert len([*tmp_path.glob("one-*")]) == 4
    long_ago = time.time() - 40 * 86_400
    left_half = time.time() - 2 * 86_400
    for left, moment in ((other, long_ago), (tmp_path / ".left.new", left_half)):
        left.touch()
        os.utime(left, (moment, moment))
    written(tmp_path / "one-9.verdicts")
    assert not other.exists()
    assert not (tmp_path / ".left.new").exists()


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHORUS_CONFIG_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.setenv("CHORUS_CONFIG_CACHE_DIR", "~/x")
    assert cache_folder() == Path.home() / "x"
    monkeypatch.setenv("CHORUS_CONFIG_CACHE_DIR", "x")
    assert cache_folder() is None
    monkeypatch.delenv("CHORUS_CONFIG_CACHE_DIR")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert cache_folder() == tmp_path / "x" / "chorus-config"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert cache_folder() == tmp_path / ".cache" / "chorus-config"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder() == tmp_path / "Library" / "Caches" / "chorus-config"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache_folder() == tmp_path / "local" / "chorus-config"

    def nobody() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nobody)
    assert cache_folder() is None
    one, two, three = (cache_path(tmp_path, *what) for what in ((tmp_path, "a"), (tmp_path, "b"), (tmp_path / "c", "a")))
    assert one.name.partition("-")[0] == two.name.partition("-")[0] != three.name.partition("-")[0]
    assert len({one, two, three}) == 3


def test_only_plain_files_have_a_look(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    (tmp_path / "b").symlink_to("a")
    look = look_of(tmp_path, "a")
    assert look is not None
    assert look[0] == 1
    assert [look_of(tmp_path, name) for name in ("b", "c", ".", "a\0b")] == [None] * 4


def test_on_windows_no_look_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    monkeypatch.setattr(sys, "platform", "win32")
    assert look_of(tmp_path, "a") is None


def test_the_program_knows_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    first = program_digest()
    assert program_digest() == first
    monkeypatch.setattr(sys, "version", "another Python")
    assert program_digest() != first
