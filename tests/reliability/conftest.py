from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import _english, approved, desk
from tests.postgres import Server
from tests.reliability.running import Runner
from tests.reliability.works import BaseWork, FileWork, Work


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """A process of this worker that has the program loaded."""
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def file_work(tmp_path: Path) -> FileWork:
    """An empty project whose store is a file."""
    (tmp_path / "projet").mkdir()
    return FileWork(tmp_path / "projet", tmp_path / "garde")


@pytest.fixture
def base_work(tmp_path: Path, postgres_server: Server, postgres_url: str, postgres_database: str) -> BaseWork:
    """An empty project whose store is a database."""
    (tmp_path / "projet").mkdir()
    postgres_server.execute("DROP SCHEMA IF EXISTS kept CASCADE", database=postgres_database)
    return BaseWork(tmp_path / "projet", tmp_path / "garde", postgres_url, postgres_server, postgres_database)


@pytest.fixture(params=["sqlite", "postgresql"])
def work(request: pytest.FixtureRequest) -> Work:
    """An empty project, with each kind of store in turn."""
    made: Work = request.getfixturevalue("file_work" if request.param == "sqlite" else "base_work")
    return made


__all__ = ["_english", "approved", "desk"]
