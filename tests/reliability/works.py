"""A small project with a store in a file or a database, in which everything that can be written is written."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, LiteralString, Protocol

from tests.engine.making import OTHER, PUBLIC, TECH, account, general, sheet
from tests.postgres import Server
from tests.reliability.running import Runner

STORE: Final = ".chorus-config/registre.sqlite3"
Rows = list[tuple[Any, ...]]

# Without what differs from run to run: lineage, secret, instants, and numbers that a sequence skips.
_STATES: Final[tuple[LiteralString, ...]] = (
    "SELECT serial, format FROM meta",
    "SELECT root, path, approved, confirmed FROM records ORDER BY root",
    "SELECT plan, serial, address, op, fields, state, closed_by, reason FROM operations ORDER BY id",
    'SELECT serial, event, "by", plan, "commit", document FROM history ORDER BY serial',
)


class Work(Protocol):
    """A project at some point of its life, which can be put back there."""

    @property
    def root(self) -> Path:
        """The folder of the project."""

    @property
    def url(self) -> str:
        """The address of its store."""

    def keep(self) -> None:
        """Remember how all stands."""

    def back(self) -> None:
        """Put all back as it was remembered."""

    def state(self) -> list[Rows]:
        """Return what the store holds, without what differs from run to run; all empty when there is none."""

    def fault(self, how: str, at: int) -> dict[str, Any]:
        """Return a fault for the runner."""


def write(root: Path, name: str, body: dict[str, Any]) -> None:
    """Write a sheet: JSON is YAML."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")


def begin(work: Work) -> None:
    """Write a project of one structure and two accounts, of which nothing is approved."""
    (work.root / "chorus-config.yaml").write_text(
        f'type: projet\nversion: 1\nregistre: "{work.url}"\ndate_de_reference: "2026-11-23"\nregles: {{CP012: "off"}}\n',
        encoding="utf-8",
    )
    write(work.root, "structures/a.yaml", sheet(services=[PUBLIC, TECH]))
    write(work.root, "comptes/dgs.yaml", account())
    write(work.root, "comptes/elu.yaml", account("elu"))


def go_on(work: Work) -> None:
    """Change a field that is still to be entered and others, add a sheet and an entry, remove an account."""
    after = sheet(services=[PUBLIC, {**TECH, "libelle": "Bâtiments"}], informations_generales=general(libelle="Valmont"))
    write(work.root, "structures/a.yaml", after)
    write(work.root, "structures/b.yaml", sheet(OTHER))
    (work.root / "comptes/elu.yaml").unlink()


def prepared(work: Work, runner: Runner, *, known: bool) -> list[Rows]:
    """Bring a project to a saved plan, on nothing or on a state; return what the store holds after an undisturbed apply."""
    begin(work)
    if known:
        done = runner.run(work.root, ["apply", "--yes"])
        assert done.code == 0, done.err
        go_on(work)
    done = runner.run(work.root, ["plan", "--out", "plan.json"])
    assert done.code == 0, done.err
    work.keep()
    done = runner.run(work.root, ["apply", "plan.json"])
    assert done.code == 0, done.err
    wanted = work.state()
    work.back()
    return wanted


@dataclass(frozen=True)
class FileWork:
    """A project whose store is a file."""

    root: Path
    kept: Path
    url: str = f"sqlite:///{STORE}"

    def keep(self) -> None:
        """Copy the folder."""
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(self.root, self.kept)

    def back(self) -> None:
        """Copy it back."""
        shutil.rmtree(self.root)
        shutil.copytree(self.kept, self.root)

    def state(self) -> list[Rows]:
        """Return what the file holds; a journal left by a death is rolled back here, as any program does."""
        path = self.root / STORE
        if not path.exists() or not path.stat().st_size:
            return [[] for _ in _STATES]
        with closing(sqlite3.connect(path)) as base:
            assert base.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            return [base.execute(query).fetchall() for query in _STATES]

    def fault(self, how: str, at: int) -> dict[str, Any]:
        """Return a fault."""
        return {"how": how, "at": at}


@dataclass(frozen=True)
class BaseWork:
    """A project whose store is a database."""

    root: Path
    kept: Path
    url: str
    server: Server
    database: str

    def keep(self) -> None:
        """Copy the tables; the folder is not written by what these tests run."""
        if self._there():
            self.server.execute(
                "DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept; "
                "CREATE TABLE kept.meta AS TABLE meta; CREATE TABLE kept.records AS TABLE records; "
                "CREATE TABLE kept.operations AS TABLE operations; CREATE TABLE kept.history AS TABLE history",
                database=self.database,
            )
        else:
            self.server.execute("DROP SCHEMA IF EXISTS kept CASCADE", database=self.database)

    def back(self) -> None:
        """Put the tables back."""
        known = self.server.execute("SELECT to_regclass('kept.meta') IS NOT NULL", database=self.database)
        if not known[0][0]:
            self.server.execute("DROP SCHEMA IF EXISTS chorus_config CASCADE", database=self.database)
            return
        self.server.execute(
            "TRUNCATE meta, records, operations, history, locks; INSERT INTO meta TABLE kept.meta; "
            "INSERT INTO records TABLE kept.records; INSERT INTO operations TABLE kept.operations; "
            "INSERT INTO history TABLE kept.history",
            database=self.database,
        )

    def state(self) -> list[Rows]:
        """Return what the database holds."""
        if not self._there():
            return [[] for _ in _STATES]
        return [self.server.execute(query, database=self.database) for query in _STATES]

    def fault(self, how: str, at: int) -> dict[str, Any]:
        """Return a fault."""
        return {"how": how, "at": at, "host": self.server.folder, "database": self.database}

    def _there(self) -> bool:
        told = "SELECT to_regclass('chorus_config.meta') IS NOT NULL"
        return bool(self.server.execute(told, database=self.database)[0][0])
