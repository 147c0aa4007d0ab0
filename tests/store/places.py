"""A place for a store, in a file or in a database: the store, and a way round it to look inside and to spoil."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, LiteralString, Protocol

from msgspec.structs import replace

from chorus_config.i18n.translator import translator_for
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import StoreState, StoreWrite
from chorus_config.store.store import Store
from tests.postgres import Server

AT: Final = "2016-10-01T08:00:00Z"
TABLES: Final = ("meta", "records", "operations", "history")


class Place(Protocol):
    """Where a store is, or is to be."""

    @property
    def url(self) -> str:
        """The address, as a project writes it."""

    @property
    def root(self) -> Path:
        """The folder of the project."""

    def rows(self, query: LiteralString) -> list[tuple[Any, ...]]:
        """Return what the database answers."""

    def spoil(self, words: LiteralString) -> None:
        """Run statements, separated by semicolons."""

    def image(self) -> object:
        """Return all that is there: equal images, nothing written."""

    def opened(self) -> int:
        """Return how many connections this process has left open."""

    def writing(self) -> AbstractContextManager[None]:
        """Be another program in the middle of a write."""


def opened_store(place: Place) -> Store:
    """Return the store of a place, in English."""
    return Store(place.url, place.root, translator_for("en"))


@dataclass(frozen=True)
class FilePlace:
    """A SQLite file that is not there yet."""

    root: Path
    url: str = "sqlite:///.chorus-config/registre.sqlite3"

    @property
    def path(self) -> Path:
        """The file."""
        return self.root / ".chorus-config" / "registre.sqlite3"

    def rows(self, query: LiteralString) -> list[tuple[Any, ...]]:
        """Return what the file answers."""
        with closing(sqlite3.connect(self.path)) as base:
            return base.execute(query).fetchall()

    def spoil(self, words: LiteralString) -> None:
        """Run statements."""
        self.path.parent.mkdir(exist_ok=True)
        with closing(sqlite3.connect(self.path)) as base:
            base.executescript(words)

    def image(self) -> object:
        """Return every file beside the store; the lock's is a trace, not a state."""
        found = self.path.parent.glob("*")
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in found if path.suffix != ".lock"}

    def opened(self) -> int:
        """Return how many descriptors of the file this process has open."""
        links = (link for link in Path("/proc/self/fd").glob("*") if link.is_symlink())
        return sum(os.readlink(link).startswith(str(self.path)) for link in links)  # noqa: PTH115

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock of the file."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")


@dataclass(frozen=True)
class BasePlace:
    """An empty database on a PostgreSQL server."""

    root: Path
    url: str
    server: Server
    database: str

    def rows(self, query: LiteralString) -> list[tuple[Any, ...]]:
        """Return what the database answers."""
        return self.server.execute(query, database=self.database)

    def spoil(self, words: LiteralString) -> None:
        """Run statements."""
        self.server.execute(words, database=self.database)

    def image(self) -> object:
        """Return every row of every table of ours, with the transaction that wrote it."""
        found = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'chorus_config' ORDER BY 1")
        names = [row[0] for row in found]
        shown: Mapping[str, LiteralString] = {
            "meta": "SELECT xmin::text, * FROM meta ORDER BY 2",
            "records": "SELECT xmin::text, * FROM records ORDER BY 2",
            "operations": "SELECT xmin::text, * FROM operations ORDER BY 2",
            "history": "SELECT xmin::text, * FROM history ORDER BY 2",
        }
        return names, {name: self.rows(query) for name, query in shown.items() if name in names}

    def opened(self) -> int:
        """Return how many connections of the program there are."""
        return self.server.connections(self.database)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold what writers take turns by."""
        import psycopg

        with psycopg.connect(host=self.server.folder, user="postgres", dbname=self.database) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s, 2)", (0x43485243,))
            yield
            other.rollback()


def body(root: str, name: str) -> dict[str, Any]:
    """Return the least body that names its structure."""
    return {"type": "fiche-structure", "informations_generales": {"identifiant": root, "libelle": name}}


def approval(plan: str = "p1", lineage: str | None = None, serial: int = 0, **other: Any) -> StoreWrite:
    """Return an approval of one record and one operation."""
    made = StoreWrite(
        plan=plan,
        lineage=lineage,
        serial=serial,
        at=AT,
        records=(Record("1", body("1", "é"), "structures/1.yaml"),),
        operations=(Operation("1", "create", ({"path": "/nom", "before": None, "after": "é"},)),),
        document={"type": "plan", "digest": plan},
    )
    return replace(made, **other)


def following(held: StoreState, plan: str = "p2", **other: Any) -> StoreWrite:
    """Return an approval planned on what is held."""
    return approval(plan, held.snapshot.lineage, held.snapshot.serial, **other)
