"""Opening a store by its URL, with the settings that make SQLite safe (design/engine.md, "Store")."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import Unavailable

_BUSY_SECONDS = 5


def engine_for(path: Path, *, write: bool) -> Engine:
    """Return an engine on a SQLite file; a reader sets `query_only`, a writer begins with the write lock.

    Readers open read-write too: a journal left by a crash must be rolled back before anything is read.
    """
    # Not through a text: a `?` or `%` in the path would lead to another file.
    address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _settings(write=write))
    event.listen(engine, "begin", _begin_writer if write else _begin_reader)
    return engine


def prepare_folder(path: Path, say: Translator) -> None:
    """Make the folder of a new store, kept out of git, and the file itself, readable by its owner alone. Raises Unavailable."""
    try:
        # Only a folder of our own is kept out of git: somebody else's may hold what belongs there.
        own = not path.parent.exists() or path.parent.name == ".chorus-config"
        path.parent.mkdir(parents=True, exist_ok=True)
        ignore = path.parent / ".gitignore"
        # An empty one is what a full disk or a kill left of ours.
        if own and not (ignore.exists() and ignore.stat().st_size):
            ignore.write_text("*\n", encoding="utf-8")
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except OSError as error:
        raise Unavailable(say(_("the store {path} cannot be written: {why}"), path=path, why=error.strerror or "?")) from error


def _settings(*, write: bool) -> Any:
    def _apply(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: our begin event does, with the lock that we want.
        connection.isolation_level = None
        for setting in ("journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "trusted_schema=OFF"):
            # Turning a file to another journal mode is a write: a reader takes the mode as it finds it.
            if write or not setting.startswith("journal_mode"):
                connection.execute(f"PRAGMA {setting}")
        if not write:
            connection.execute("PRAGMA query_only=ON")

    return _apply


def _begin_writer(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reader(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
