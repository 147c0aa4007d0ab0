"""What a store holds: structures and accounts with what is approved, confirmed and to be entered; forgetting, moving."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from chorus_config.app.project import OpenProject, now
from chorus_config.app.store_access import Writer, write_anew, write_lock
from chorus_config.diff.names import record_name
from chorus_config.engine.ledger.confirm import unconfirmed
from chorus_config.engine.ledger.dropped import dropped_operations
from chorus_config.engine.ledger.pending import ComparedSides, history_rows
from chorus_config.i18n.translator import _
from chorus_config.model.address import parse_address
from chorus_config.model.errors import NoInput, ProjectFault, Refused, Unavailable, UsageFault
from chorus_config.model.operation import Closing, Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import Ledger, StoreState, StoreWrite
from chorus_config.render.state.view import RecordStatus
from chorus_config.workspace.git_ignored import git_notes
from chorus_config.yamltext.characters import printable

if TYPE_CHECKING:
    from chorus_config.store.backup_file import BackupHead
    from chorus_config.store.contents import Rows
    from chorus_config.store.migrate import Moved
    from chorus_config.store.store import Store


def status_of(record: Record, ledger: Ledger, operations: Iterable[Operation], day: date) -> RecordStatus:
    """Return how one structure or account stands on the portal of a day; `operations` may be about others too."""
    known = ledger.confirmed.get(record.root)
    confirmed = None if known is None else known.body
    own = tuple(one for one in operations if parse_address(one.address).root == record.root)
    sides = ComparedSides({record.root: record}.get, ledger.confirmed.get, day)
    given_up = frozenset(one.id for one in dropped_operations(own, sides))
    return RecordStatus(record, confirmed, unconfirmed(record.body, confirmed, day), own, given_up)


def by_root(operations: Iterable[Operation]) -> Mapping[str, list[Operation]]:
    """Return operations by structure or account."""
    found: dict[str, list[Operation]] = {}
    for operation in operations:
        found.setdefault(parse_address(operation.address).root, []).append(operation)
    return found


def record_of(project: OpenProject, records: Mapping[str, Record], ident: str) -> Record:
    """Return the record that an identifiant or `comptes/REF` names. Raises NoInput."""
    if ident not in records:
        message = _("{id} is not in the store: `chorus-config state list` shows what is")
        raise NoInput(project.say(message, id=f'"{ident}"'))
    return records[ident]


def state_list(project: OpenProject) -> tuple[str, tuple[RecordStatus, ...]]:
    """Return where the store is, and how each structure stands, then each account; there may be none."""
    store = project.store()
    approved, ledger = store.read().snapshot, store.ledger()
    operations = by_root(ledger.operations)
    ordered = sorted(approved.records, key=lambda root: (root.startswith("comptes/"), root))
    day = project.settings.day
    return approved.source, tuple(status_of(approved.records[root], ledger, operations.get(root, ()), day) for root in ordered)


def state_show(project: OpenProject, ident: str) -> tuple[str, RecordStatus]:
    """Return where the store is, and how an identifiant or `comptes/REF` stands, with all its operations. Raises NoInput."""
    store = project.store()
    approved = store.read().snapshot
    record = record_of(project, approved.records, ident)
    return approved.source, status_of(record, store.ledger(), store.operations(), project.settings.day)


class Forgettable(Struct, frozen=True):
    """A structure or account that may be forgotten: its record, and how many of its operations are open."""

    source: str
    record: Record
    open_operations: int


def state_forgettable(project: OpenProject, ident: str) -> Forgettable:
    """Return what forgetting an identifiant or `comptes/REF` would drop. Writes nothing. Raises NoInput."""
    store = project.store()
    approved = store.read().snapshot
    record = record_of(project, approved.records, ident)
    return Forgettable(approved.source, record, len(by_root(store.operations(only_open=True)).get(ident, ())))


def state_forget(project: OpenProject, ident: str, writer: Writer | None = None) -> int:
    """Stop managing a structure or account; on the portal nothing changes. Returns how many open operations were dropped.

    Raises NoInput for what the store does not hold, Locked, Unavailable.
    """
    chosen = writer or Writer()
    dropped: list[Closing] = []

    def _make(state: StoreState, ledger: Ledger) -> StoreWrite | None:
        known = state.snapshot
        record = record_of(project, known.records, ident)
        why = project.say(_("no longer managed"))
        dropped[:] = [Closing(one.id, "dropped", why) for one in by_root(ledger.operations).get(ident, ())]
        document = {
            "format_version": "1.0", "type": "forget", "forgotten": [ident], "names": {ident: record_name(record)},
            "operations": history_rows(ledger.operations, dropped),
        }  # fmt: skip
        return StoreWrite(
            known.lineage, known.serial, now(), document, event="forget",
            forgotten=(ident,), closings=(*dropped,),
        )  # fmt: skip

    write_anew(project, project.store(), chosen, _make)
    return len(dropped)


def state_migrate(project: OpenProject, source: str, target: str, writer: Writer | None = None) -> Moved:
    """Copy a whole store to another address, and prove that the copy is the same; `source` stays as it is.

    Raises UsageFault for an address that is none, NoInput without a source, Refused when the target holds something.
    """
    from chorus_config.store.migrate import move, require_movable  # noqa: PLC0415 - only this needs a database

    old, new = (_store_at(project, url) for url in (source, target))
    require_movable(old, new, project.say)
    # Nobody writes to the store while it moves.
    with write_lock(project, old, writer or Writer()):
        return move(old, new, project.say)


def state_backup(project: OpenProject, file: str, *, replace: bool = False) -> BackupHead:
    """Write the whole store, as it is at one moment, to a file that its owner alone can read; nobody has to wait meanwhile.

    Raises NoInput when there is no store, Refused when the file is there already and is not to be replaced, Unavailable.
    """
    from chorus_config.store.backup import back_up  # noqa: PLC0415 - only this needs a database

    head = back_up(project.store(), project.directory / file, project.say, replace=replace)
    for note in git_notes(project.directory / file, project.say):
        project.events.note(note)
    return head


class Restorable(Struct, frozen=True):
    """A backup that was read and checked, and the store that it is to be brought back into.

    `lineage` and `serial` are those of the store as it is; None and 0 when it holds nothing.
    """

    head: BackupHead
    rows: Rows
    source: str
    lineage: str | None
    serial: int


def state_restorable(project: OpenProject, file: str, *, force: bool = False) -> Restorable:
    """Read a backup, and look at the store that it is meant for. Writes nothing.

    Raises NoInput without the file, Refused for what is no whole backup, and for a store that holds something, unless `force`.
    """
    from chorus_config.store.backup import held_by, read_backup  # noqa: PLC0415 - only this needs a database

    head, rows = read_backup(project.directory / file, file, project.say)
    store = project.store()
    try:
        lineage, serial = held_by(store)
    except Unavailable as fault:
        raise _with_way_out(project, file, fault) from fault
    if lineage is not None and not force:
        message = _(
            "nothing was restored: the store {path} is not empty (write {serial}); --force puts the backup in its place, and "
            "shows both first"
        )
        raise Refused(project.say(message, path=printable(store.url), serial=serial))
    return Restorable(head, rows, store.url, lineage, serial)


def _with_way_out(project: OpenProject, file: str, fault: Unavailable) -> Unavailable:
    """Return the same error of a store in a file, with how a damaged one gives way to the backup."""
    from shlex import quote  # noqa: PLC0415 - only an error needs it

    from chorus_config.store.address import is_postgres, sqlite_path  # noqa: PLC0415 - only this needs a database

    if is_postgres(project.config.store):
        return fault
    path = sqlite_path(project.config.store, project.root, project.say)
    # What a dying writer left beside it would be taken for the new one's.
    parts = [part for part in (path.with_name(path.name + end) for end in ("", "-journal", "-wal")) if part.exists()]
    move = "move" if os.name == "nt" else "mv"
    moved = [f"`{move} {quote(printable(str(part)))} {quote(printable(f'{part}.abime'))}`" for part in parts]
    message = _("{fault}. If it is damaged, set it aside, then bring the backup back: {commands}")
    commands = ", ".join([*moved, f"`chorus-config state restore {quote(printable(file))}`"])
    return Unavailable(project.say(message, fault=fault, commands=commands))


def state_restore(project: OpenProject, found: Restorable, writer: Writer | None = None) -> None:
    """Bring a backup back, in one transaction: the store is then as it was when the backup was made.

    Raises Refused when the store moved since it was looked at, Locked, Unavailable.
    """
    from chorus_config.store.backup import restore  # noqa: PLC0415 - only this needs a database

    store = project.store()
    with write_lock(project, store, writer or Writer()):
        restore(store, found.rows, (found.lineage, found.serial), project.say)


def _store_at(project: OpenProject, url: str) -> Store:
    from chorus_config.store.store import Store  # noqa: PLC0415

    try:
        return Store(url, project.root, project.say)
    except ProjectFault as fault:
        raise UsageFault(str(fault)) from fault
