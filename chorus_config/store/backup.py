"""Backing up a whole store into a file, and bringing it back in one transaction."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Refused, Unavailable
from chorus_config.store.backup_file import BackupHead, Newer, NotWhole, head_of, packed, unpacked
from chorus_config.store.contents import Rows, delete_rows, digest_of, insert_rows, read_rows, rows_of
from chorus_config.store.formats import FORMAT
from chorus_config.store.rows import confirmed, history, operations, records
from chorus_config.store.store import Store
from chorus_config.store.tables import make_tables, migrate

_MOST_BYTES: Final = 2 * 1024 * 1024 * 1024


def back_up(store: Store, file: Path, say: Translator, *, replace: bool = False) -> BackupHead:
    """Write what a store holds at one moment to a file that its owner alone can read, whole or not at all.

    Raises NoInput when there is no store, Refused when the file is there already and is not to be replaced, Unavailable.
    """
    rows = rows_of(store)
    if rows is None:
        raise NoInput(say(_("there is no store at {path}"), path=store.url))
    try:
        _write(file, packed(rows), replace=replace)
    except FileExistsError:
        message = _("nothing was written: {path} is there already; give another name, or --force")
        raise Refused(say(message, path=file)) from None
    except OSError as error:
        message = _("{path} cannot be written: {why}")
        raise Unavailable(say(message, path=file, why=os_reason(error, say))) from error
    return head_of(rows)


def read_backup(file: Path, name: str, say: Translator) -> tuple[BackupHead, Rows]:
    """Return what a backup says of itself, and its rows. Raises NoInput without the file, Refused for what is not whole."""
    try:
        if not file.is_file():
            raise NoInput(say(_("no such file: {names}"), names=name))
        # One that is larger than any of ours is read as far as that, and then is not whole.
        with file.open("rb") as stream:
            return unpacked(stream.read(_MOST_BYTES))
    except NotWhole as error:
        message = _(
            "nothing was restored: {name} is not a whole backup of a store; it is truncated, was changed, or is another file: "
            "take another copy of it"
        )
        raise Refused(say(message, name=name)) from error
    except Newer as error:
        message = _("nothing was restored: {name} was written by a newer version ({found}): update chorus-config")
        raise Refused(say(message, name=name, found=str(error)[:20])) from error
    except OSError as error:
        raise NoInput(say(_("{name} cannot be read: {why}"), name=name, why=os_reason(error, say))) from error


def restore(target: Store, rows: Rows, expected: tuple[str | None, int], say: Translator) -> None:
    """Bring rows back, in one transaction; what the store held until then goes.

    `expected` is the lineage and serial that the store was last seen to have, (None, 0) for an empty one: when it moved since
    then, nothing is written. Raises Refused, Unavailable, Locked.
    """
    target.database.prepare()
    with target.database.begin(write=True) as connection:
        number = target.format_of(connection)
        if number == 0:
            make_tables(connection)
        elif number < FORMAT:
            migrate(connection, number)
        held = read_rows(connection, FORMAT)["meta"]
        found = (held[0]["lineage"], held[0]["serial"]) if held else (None, 0)
        if found != expected:
            raise Refused(say(_("nothing was restored: somebody else wrote to the store meanwhile; run the command again")))
        delete_rows(connection)
        insert_rows(connection, rows)
        target.database.stamp(connection, FORMAT)
        _require_readable(connection, rows, say)


def held_by(store: Store) -> tuple[str | None, int]:
    """Return the lineage and serial of a store, (None, 0) for one that holds nothing. Raises like `Store.read`."""
    rows = rows_of(store)
    return (None, 0) if rows is None else (rows["meta"][0]["lineage"], rows["meta"][0]["serial"])


def _require_readable(connection: Connection, rows: Rows, say: Translator) -> None:
    """Raise Refused unless everything stands there as it was in the backup, and can be read as a store's."""
    try:
        records(connection), confirmed(connection), operations(connection, FORMAT), history(connection)
        same = digest_of(read_rows(connection, FORMAT)) == digest_of(rows)
    except (ValueError, TypeError, KeyError, RecursionError):
        same = False
    if not same:
        raise Refused(say(_("nothing was restored: what the backup holds cannot be read back as a store")))


def _write(file: Path, raw: bytes, *, replace: bool) -> None:
    """Write a file whole and for good, or leave what was there. Raises OSError, FileExistsError unless it may be replaced."""
    if os.path.lexists(file) and not (replace and file.is_file()):
        raise FileExistsError
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        made.chmod(0o600)
        if replace:
            made.replace(file)
        else:
            _named(made, file)
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
    _sync_folder(file.parent)


def _named(made: Path, file: Path) -> None:
    """Give a file its name, unless somebody was faster."""
    try:
        os.link(made, file)
    except FileExistsError:
        raise
    except OSError:
        # Not every disk knows two names of one file.
        if os.path.lexists(file):
            raise FileExistsError from None
        made.replace(file)


def _sync_folder(folder: Path) -> None:
    """Have the disk keep the name too, where the system can be asked to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
