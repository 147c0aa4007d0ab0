"""A snapshot in a file: read once, never led astray, every failure an exit code."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import NoInput, Unavailable
from chorus_config.sources.snapshot_file.read import read_file


def test_a_file_is_read_with_or_without_a_mark(tmp_path: Path, say: Translator) -> None:
    for raw in ("é{}".encode(), "\ufeffé{}".encode()):
        (tmp_path / "r.json").write_bytes(raw)
        assert read_file(tmp_path / "r.json", "r.json", say) == "é{}"


def test_a_missing_file_is_66(tmp_path: Path, say: Translator) -> None:
    with pytest.raises(NoInput, match=r"absent\.json"):
        read_file(tmp_path / "absent.json", "absent.json", say)


def test_what_is_no_file_is_69_and_never_waited_for(tmp_path: Path, say: Translator) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dir").mkdir()
    (tmp_path / "r.json").write_bytes(b"")
    for name in ("pipe", "dir", "r.json/x"):
        with pytest.raises(Unavailable, match="cannot be used"):
            read_file(tmp_path / name, name, say)
    with pytest.raises(Unavailable):
        read_file(Path(f"{tmp_path}/a\0b"), "a\0b", say)


def test_what_is_no_text_is_69(tmp_path: Path, say: Translator) -> None:
    (tmp_path / "r.json").write_bytes(b"\xff\xfe{\x00}\x00")
    with pytest.raises(Unavailable, match="UTF-8"):
        read_file(tmp_path / "r.json", "r.json", say)


def test_no_more_than_the_limit_is_read(tmp_path: Path, say: Translator) -> None:
    (tmp_path / "r.json").write_bytes(b"12345")
    assert read_file(tmp_path / "r.json", "r.json", say, limit=5) == "12345"
    with pytest.raises(Unavailable, match="too large"):
        read_file(tmp_path / "r.json", "r.json", say, limit=4)
    # A letter cut in two at the limit is not taken for a file that is no text.
    (tmp_path / "r.json").write_bytes("123éé".encode())
    with pytest.raises(Unavailable, match="too large"):
        read_file(tmp_path / "r.json", "r.json", say, limit=3)


def test_no_handle_is_left_open(tmp_path: Path, say: Translator) -> None:
    before = len([*Path("/proc/self/fd").iterdir()])
    test_what_is_no_file_is_69_and_never_waited_for(tmp_path, say)
    assert len([*Path("/proc/self/fd").iterdir()]) == before
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
