"""Opening a store by its URL, with the settings that make SQLite safe."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import ProjectFault, Unavailable
from chorus_config.store.address import sqlite_path
from chorus_config.store.sqlite import engine_for, prepare_folder


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///registre.sqlite3", "registre.sqlite3"),
        ("sqlite:///.chorus-config/registre.sqlite3", ".chorus-config/registre.sqlite3"),
        ("sqlite:///../commun/registre.sqlite3", "../commun/registre.sqlite3"),
        ("sqlite:///avec%20blanc%25.db", "avec blanc%.db"),
        ("sqlite:///é.db", "é.db"),
        ("sqlite:////var/lib/registre.db", "/var/lib/registre.db"),
        ("SQLITE:///a.db", "a.db"),
    ],
)
def test_a_path_relative_to_the_project(tmp_path: Path, say: Translator, url: str, path: str) -> None:
    assert sqlite_path(url, tmp_path, say) == tmp_path / path


@pytest.mark.parametrize(
    "url",
    [
        "", "registre.sqlite3", "/registre.sqlite3", "sqlite:", "sqlite://", "sqlite:///", "sqlite:////", "sqlite://hote/a.db",
        "sqlite:a.db", "sqlite:/a.db", "sqlite://[a/b", "sqlite:///a%00b", "sqlite+aiosqlite:///a.db", "mysql://hote/b",
        "file:///a.db", "postgresql+psycopg://hote/base", "postgresql+psycopg://moi@hote/base",
    ],
)  # fmt: skip
def test_no_other_address(tmp_path: Path, say: Translator, url: str) -> None:
    with pytest.raises(ProjectFault, match="registre"):
        sqlite_path(url, tmp_path, say)


@pytest.mark.parametrize("url", ["sqlite:///a.db?mode=memory", "sqlite:///a.db#b"])
def test_what_is_written_is_what_is_opened(tmp_path: Path, say: Translator, url: str) -> None:
    """Part of an address that would be dropped is refused, or belongs to the name."""
    try:
        path = sqlite_path(url, tmp_path, say)
    except ProjectFault:
        return
    assert path == tmp_path / url.removeprefix("sqlite:///")


@pytest.mark.parametrize("url", ["sqlite://moi:s3cret@hote/a", "postgresql+psycopg://moi:s3cret@hote/b", "x://:s3cret@h"])
def test_a_password_is_refused_and_not_repeated(tmp_path: Path, say: Translator, url: str) -> None:
    with pytest.raises(ProjectFault, match="password") as raised:
        sqlite_path(url, tmp_path, say)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize("url", ["postgresql+psycopg://h/b?password=s3cret", "s3cret://h/b", "x://s3cret@h/b"])
def test_no_part_of_an_address_that_may_be_secret_is_repeated(tmp_path: Path, say: Translator, url: str) -> None:
    with pytest.raises(ProjectFault) as raised:
        sqlite_path(url, tmp_path, say)
    assert "s3cret" not in str(raised.value).removeprefix("registre").replace('"s3cret:…"', "")


def test_a_new_store_is_for_its_owner_and_kept_out_of_git(tmp_path: Path, say: Translator) -> None:
    path = tmp_path / ".chorus-config" / "registre.sqlite3"
    before = os.umask(0)
    try:
        prepare_folder(path, say)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (path.parent / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_an_ignore_file_and_a_store_that_are_there_stay(tmp_path: Path, say: Translator) -> None:
    path = tmp_path / ".chorus-config" / "registre.sqlite3"
    path.parent.mkdir()
    (path.parent / ".gitignore").write_text("x\n", encoding="utf-8")
    path.write_bytes(b"x")
    prepare_folder(path, say)
    assert (path.parent / ".gitignore").read_text(encoding="utf-8") == "x\n"
    assert path.read_bytes() == b"x"


def test_another_folder_is_not_hidden_from_git(tmp_path: Path, say: Translator) -> None:
    prepare_folder(tmp_path / "registre.sqlite3", say)
    assert not (tmp_path / ".gitignore").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path, say: Translator) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(Unavailable, match=r"a/b\.db"):
        prepare_folder(tmp_path / "a" / "b.db", say)


@pytest.mark.parametrize("write", [False, True])
def test_the_settings(tmp_path: Path, say: Translator, write: bool) -> None:
    path = tmp_path / "a.db"
    path.touch()
    engine = engine_for(path, write=write)
    assert isinstance(engine.pool, NullPool)
    with engine.begin() as connection:

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()

        assert pragma("journal_mode") == "delete"
        assert pragma("synchronous") == 3
        assert pragma("foreign_keys") == 1
        assert pragma("trusted_schema") == 0
        assert pragma("query_only") == int(not write)


def test_a_reader_cannot_write(tmp_path: Path, say: Translator) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with pytest.raises(OperationalError, match="readonly"), engine_for(path, write=False).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
    assert path.read_bytes() == b""


def test_a_writer_holds_the_lock_from_the_beginning(tmp_path: Path, say: Translator) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with engine_for(path, write=True).begin(), closing(sqlite3.connect(path, timeout=0)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM sqlite_master").fetchall() == [(0,)]


def test_ddl_is_rolled_back_with_the_rest(tmp_path: Path, say: Translator) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with engine_for(path, write=True).connect() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
        connection.rollback()
    assert path.read_bytes() == b""


@pytest.mark.parametrize("name", ["a?b.db", "a?mode=ro", "a#b.db", "a%20b.db", "a&b=c.db", "a b;c.db", ":memory:", "é.db"])
def test_the_very_file_is_opened(tmp_path: Path, say: Translator, name: str) -> None:
    path = tmp_path / name
    path.touch()
    with engine_for(path, write=True).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
    assert path.stat().st_size > 0
    assert [found.name for found in tmp_path.iterdir()] == [name]
