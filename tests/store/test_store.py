"""The store, on real SQLite files: one transaction a write, compare-and-swap, and readers that change nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import ChorusConfigError, Locked, Refused, Unavailable
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import StoreState, StoreWrite
from chorus_config.store.formats import APPLICATION_ID, FORMAT
from chorus_config.store.packed import unpacked, unpacked_fields
from chorus_config.store.store import Store

_URL = "sqlite:///.chorus-config/registre.sqlite3"
_AT = "2016-10-01T08:00:00Z"


def body(root: str, name: str) -> dict[str, Any]:
    """Return the least body that names its structure."""
    return {"type": "fiche-structure", "informations_generales": {"identifiant": root, "libelle": name}}


def approval(plan: str = "p1", lineage: str | None = None, serial: int = 0, **other: Any) -> StoreWrite:
    """Return an approval of one record and one operation."""
    made = StoreWrite(
        plan=plan,
        lineage=lineage,
        serial=serial,
        at=_AT,
        records=(Record("1", body("1", "é"), "structures/1.yaml"),),
        forgotten=(),
        operations=(Operation("1", "create", ({"path": "/nom", "before": None, "after": "é"},)),),
        document={"type": "plan", "digest": plan},
    )
    return replace(made, **other)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is to be."""
    return tmp_path / ".chorus-config" / "registre.sqlite3"


@pytest.fixture
def store(tmp_path: Path, say: Translator) -> Store:
    """A store that is not there yet."""
    return Store(_URL, tmp_path, say)


@pytest.fixture
def held(store: Store) -> StoreState:
    """A store after its first approval."""
    assert store.write(approval()) == 1
    return store.read()


def following(held: StoreState, plan: str = "p2", **other: Any) -> StoreWrite:
    """Return an approval planned on what is held."""
    return approval(plan, held.snapshot.lineage, held.snapshot.serial, **other)


def rows(path: Path, query: str) -> list[Any]:
    """Return what the file answers."""
    with closing(sqlite3.connect(path)) as base:
        return base.execute(query).fetchall()


@contextmanager
def held_by_another(path: Path, how: str) -> Iterator[None]:
    """Hold the file's lock in a second connection."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


def test_reading_what_is_not_there_makes_nothing(store: Store, tmp_path: Path) -> None:
    assert store.read() == StoreState(Snapshot(source=_URL))
    assert [*tmp_path.iterdir()] == []


def test_an_empty_file_holds_nothing(store: Store, path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert store.read() == StoreState(Snapshot(source=_URL))
    assert path.read_bytes() == b""
    assert store.write(approval()) == 1


def test_the_file_of_a_first_approval(held: StoreState, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (path.parent / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert rows(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert path.read_bytes()[68:72] == b"CHRC"
    assert rows(path, "PRAGMA user_version") == [(FORMAT,)] == [(4,)]
    assert rows(path, "PRAGMA journal_mode") == [("delete",)]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert sorted(found.name for found in path.parent.iterdir()) == [".gitignore", "registre.sqlite3"]


def test_what_was_approved_is_what_is_read(held: StoreState) -> None:
    snapshot = held.snapshot
    assert snapshot.records == {"1": Record("1", body("1", "é"), "structures/1.yaml")}
    assert (snapshot.source, snapshot.taken_at, snapshot.serial) == (_URL, _AT, 1)
    assert len(snapshot.lineage or "") == 36
    assert len(held.secret or b"") == 32
    assert (held.open_operations, held.plans) == (1, frozenset({"p1"}))


def test_lineage_and_secret_stay_and_the_serial_steps(store: Store, held: StoreState) -> None:
    store.write(following(held))
    after = store.read()
    assert (after.snapshot.lineage, after.secret) == (held.snapshot.lineage, held.secret)
    assert after.snapshot.serial == 2
    assert after.plans == {"p1", "p2"}


def test_two_stores_are_two_lineages(store: Store, held: StoreState, tmp_path: Path, say: Translator) -> None:
    other = Store("sqlite:///autre.db", tmp_path, say)
    other.write(approval())
    assert other.read().snapshot.lineage != held.snapshot.lineage
    assert other.read().secret != held.secret


def test_records_are_updated_added_and_forgotten(store: Store, held: StoreState) -> None:
    records = (Record("1", body("1", "b"), "b.yaml"), Record("2", body("2", "c"), "c.yaml"))
    store.write(following(held, records=records))
    assert store.read().snapshot.records == {record.root: record for record in records}
    store.write(following(store.read(), plan="p3", records=(), forgotten=("1",)))
    assert store.read().snapshot.records == {"2": records[1]}


def test_what_was_seen_before_anything_of_it_was_approved_is_named(store: Store, held: StoreState) -> None:
    (known,) = held.snapshot.records
    store.write(following(held, records=(), operations=(), confirmed={known: {"nom": "a"}, "2": {"nom": "b"}}))
    assert (held.on_portal, store.read().on_portal) == (frozenset(), frozenset({"2"}))


def test_approved_and_confirmed_are_apart(store: Store, held: StoreState, path: Path) -> None:
    assert rows(path, "SELECT confirmed FROM records") == [(None,)]
    with closing(sqlite3.connect(path)) as base:
        base.execute('UPDATE records SET confirmed = \'{"nom": "a"}\'')
        base.commit()
    store.write(following(held, records=(Record("1", body("1", "b"), "b.yaml"),)))
    ((approved, confirmed),) = rows(path, "SELECT approved, confirmed FROM records")
    assert (unpacked(approved), confirmed) == (body("1", "b"), '{"nom": "a"}')


def test_operations_open_in_order(store: Store, held: StoreState, path: Path) -> None:
    operations = (
        Operation("1/services/A/B", "update", ({"path": "/libelle", "before": "é", "after": None},)),
        Operation("2", "delete", ()),
    )
    assert store.write(following(held, operations=operations)) == 3
    assert rows(path, "SELECT address, op, state, serial FROM operations ORDER BY id") == [
        ("1", "create", "open", 1),
        ("1/services/A/B", "update", "open", 2),
        ("2", "delete", "open", 2),
    ]
    assert [(one.plan, one.opened_at) for one in store.operations()] == [("p1", _AT), ("p2", _AT), ("p2", _AT)]
    # What the write of a serial says of itself stands there once.
    assert rows(path, "SELECT DISTINCT plan, opened_at FROM operations") == [("", "")]
    assert unpacked_fields(rows(path, "SELECT fields FROM operations WHERE id = 2")[0][0]) == (
        {"path": "/libelle", "before": "é", "after": None},
    )


def test_operations_that_are_done_are_not_counted(store: Store, held: StoreState, path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("UPDATE operations SET state = 'entered'")
        base.commit()
    assert store.read().open_operations == 0
    assert store.write(following(held, operations=())) == 0


def test_history_is_one_row_a_write(store: Store, held: StoreState, path: Path) -> None:
    store.write(following(held, by="Ada", commit="c" * 40))
    assert rows(path, 'SELECT serial, event, at, "by", plan, "commit" FROM history ORDER BY serial') == [
        (1, "apply", _AT, None, "p1", None),
        (2, "apply", _AT, "Ada", "p2", "c" * 40),
    ]
    assert unpacked(rows(path, "SELECT document FROM history")[0][0]) == {"type": "plan", "digest": "p1"}


@pytest.mark.parametrize(
    ("lineage", "serial"), [(None, 0), (None, 1), ("00000000-0000-0000-0000-000000000000", 1), ("same", 0), ("same", 2)]
)
def test_a_store_that_moved_is_refused(store: Store, held: StoreState, path: Path, lineage: str | None, serial: int) -> None:
    before = path.read_bytes()
    moved = held.snapshot.lineage if lineage == "same" else lineage
    with pytest.raises(Refused):
        store.write(approval("p2", moved, serial))
    assert path.read_bytes() == before


def test_a_plan_on_a_store_that_is_gone_is_refused_and_makes_none(store: Store, held: StoreState, path: Path) -> None:
    path.unlink()
    with pytest.raises(Refused):
        store.write(following(held))
    assert store.read() == StoreState(Snapshot(source=_URL))


@pytest.mark.parametrize("step", ["write_records", "write_operations", "write_history", "count_open"])
def test_a_failure_on_the_way_leaves_nothing(
    store: Store, held: StoreState, path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = path.read_bytes()

    def fail(*_args: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(f"chorus_config.store.store.{step}", fail)
        with pytest.raises(RuntimeError):
            store.write(following(held))
    assert path.read_bytes() == before
    assert sorted(found.name for found in path.parent.iterdir()) == [".gitignore", "registre.sqlite3"]
    assert store.read() == held
    assert store.write(following(held)) == 2


def test_a_failure_of_the_first_approval_leaves_no_approval(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("chorus_config.store.store.write_operations", fail)
        with pytest.raises(RuntimeError):
            store.write(approval())
    assert store.read() == StoreState(Snapshot(source=_URL))
    assert store.write(approval()) == 1


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_writer_that_finds_another_is_locked_out(
    store: Store, held: StoreState, path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("chorus_config.store.sqlite._BUSY_SECONDS", 0.05)
    before = path.read_bytes()
    with held_by_another(path, how), pytest.raises(Locked, match=r"registre\.sqlite3") as raised:
        store.write(following(held))
    assert raised.value.code == 75
    assert path.read_bytes() == before
    assert store.write(following(held)) == 2


def test_a_reader_reads_beside_a_writer_and_not_beside_an_exclusive_one(
    store: Store, held: StoreState, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chorus_config.store.sqlite._BUSY_SECONDS", 0.05)
    with held_by_another(path, "IMMEDIATE"):
        assert store.read() == held
    with held_by_another(path, "EXCLUSIVE"), pytest.raises(Locked):
        store.read()


def test_a_reader_changes_no_byte_and_no_time(store: Store, held: StoreState, path: Path) -> None:
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir()))
    store.read()
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())) == before


def test_of_many_approvals_at_once_exactly_one_wins(
    store: Store, held: StoreState, tmp_path: Path, say: Translator, path: Path
) -> None:
    ends: list[object] = []
    start = threading.Barrier(6)

    def approve(number: int) -> None:
        start.wait()
        try:
            ends.append(Store(_URL, tmp_path, say).write(following(held, plan=f"fil{number}")))
        except ChorusConfigError as error:
            ends.append(type(error))

    threads = [threading.Thread(target=approve, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends.count(2) == 1
    assert set(ends) <= {2, Refused, Locked}
    assert rows(path, "SELECT count(*) FROM history") == [(2,)]
    assert rows(path, "SELECT count(*) FROM operations") == [(2,)]


def test_of_many_first_approvals_at_once_exactly_one_wins(tmp_path: Path, say: Translator, path: Path) -> None:
    ends: list[object] = []
    start = threading.Barrier(6)

    def approve(number: int) -> None:
        start.wait()
        try:
            ends.append(Store(_URL, tmp_path, say).write(approval(f"fil{number}")))
        except ChorusConfigError as error:
            ends.append(type(error))

    threads = [threading.Thread(target=approve, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends.count(1) == 1
    assert set(ends) <= {1, Refused, Locked}
    assert rows(path, "SELECT count(*) FROM meta") == [(1,)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_what_a_killed_writer_left_is_rolled_back_by_the_next_reader(store: Store, held: StoreState, path: Path) -> None:
    program = """
import os, signal, sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA cache_size=1")
base.execute("BEGIN IMMEDIATE")
base.execute("UPDATE meta SET serial = 99")
for number in range(2000):
    base.execute("INSERT INTO records VALUES (?, 'x', ?, NULL)", (str(number + 100), "x" * 200))
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", program, str(path)], check=False, timeout=30)
    assert killed.returncode == -signal.SIGKILL
    journal = path.with_name(path.name + "-journal")
    assert journal.exists()
    assert store.read() == held
    assert store.write(following(held)) == 2


def _spoil(path: Path, words: str) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.executescript(words)


def test_a_newer_format_is_refused(store: Store, held: StoreState, path: Path) -> None:
    _spoil(path, f"PRAGMA user_version={FORMAT + 1}")
    before = path.read_bytes()
    for act in (store.read, lambda: store.write(following(held))):
        with pytest.raises(Refused, match=f"format {FORMAT + 1}"):
            act()
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [-1, 0])
def test_a_format_that_never_was_is_no_format(store: Store, held: StoreState, path: Path, version: int) -> None:
    _spoil(path, f"PRAGMA user_version={version}")
    with pytest.raises((Refused, Unavailable)):
        store.read()


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_the_file_of_another_program_is_left_as_it_is(store: Store, path: Path, mode: str) -> None:
    path.parent.mkdir()
    _spoil(path, f"PRAGMA journal_mode={mode}; CREATE TABLE meta (lineage); PRAGMA application_id=7;")
    before = path.read_bytes()
    for act in (store.read, lambda: store.write(approval())):
        with pytest.raises(Unavailable, match="not a store of chorus-config"):
            act()
    assert path.read_bytes() == before


@pytest.mark.parametrize("size", [1, 2, 4096])
def test_a_file_that_is_no_base(store: Store, path: Path, size: int) -> None:
    """Not even of one byte, which SQLite itself takes for an empty one."""
    path.parent.mkdir()
    path.write_bytes(b"x" * size)
    for act in (store.read, lambda: store.write(approval())):
        with pytest.raises(Unavailable, match=r"registre\.sqlite3"):
            act()
    assert path.read_bytes() == b"x" * size


@pytest.mark.parametrize(
    "words",
    [
        "DELETE FROM meta",
        "INSERT INTO meta SELECT 'x', serial, format, written_at, secret FROM meta",
        "UPDATE meta SET secret = 'zz'",
        "UPDATE records SET approved = '{'",
        "UPDATE records SET approved = '[]'",
        "DROP TABLE records",
        "DROP TABLE history",
    ],
)
def test_a_damaged_store_is_told_as_one(store: Store, held: StoreState, path: Path, words: str) -> None:
    _spoil(path, words)
    with pytest.raises(Unavailable, match=r"registre\.sqlite3"):
        store.read()


def test_a_folder_in_its_place(store: Store, path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(Unavailable):
        store.read()
    with pytest.raises(Unavailable):
        store.write(approval())


def test_a_link_to_nothing_makes_nothing(store: Store, path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(tmp_path / "cible")
    with pytest.raises(Unavailable):
        store.write(approval())
    assert not (tmp_path / "cible").exists()


def test_no_connection_is_left_open(store: Store, held: StoreState, path: Path) -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("no /proc here")
    store.read()
    opened = [os.readlink(link) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]  # noqa: PTH115
    assert str(path) not in opened


def test_a_link_is_refused(tmp_path: Path, say: Translator) -> None:
    (tmp_path / "lien").symlink_to("vrai")
    store = Store("sqlite:///lien", tmp_path, say)
    with pytest.raises(Unavailable, match="symbolic link"):
        store.read()
    with pytest.raises(Unavailable, match="symbolic link"):
        store.write(approval())
    assert not (tmp_path / "vrai").exists()


@pytest.mark.parametrize("version", [1, FORMAT])
def test_a_file_without_our_mark_is_not_ours_whatever_its_number(store: Store, path: Path, version: int) -> None:
    """Most programs leave the mark at 0 and number their own formats from 1."""
    path.parent.mkdir()
    _spoil(path, f"CREATE TABLE meta (lineage); PRAGMA user_version={version}")
    before = path.read_bytes()
    for act in (store.read, lambda: store.write(approval())):
        with pytest.raises(Unavailable, match="not a store of chorus-config"):
            act()
    assert path.read_bytes() == before


def test_a_serial_that_is_no_number_is_told_as_damage(store: Store, held: StoreState, path: Path) -> None:
    """SQLite keeps any text where a number should stand."""
    _spoil(path, "UPDATE meta SET serial = 'x'")
    with pytest.raises(Unavailable, match="damaged"):
        store.read()


def test_a_body_without_end_is_told_as_damage(store: Store, held: StoreState, path: Path) -> None:
    _spoil(path, "UPDATE records SET approved = replace(hex(zeroblob(100000)), '0', '[')")
    with pytest.raises(Unavailable, match="damaged"):
        store.read()


def test_what_is_not_ours_gets_no_file_beside_it(store: Store, path: Path) -> None:
    path.parent.mkdir()
    _spoil(path, "PRAGMA journal_mode=WAL; CREATE TABLE meta (lineage); PRAGMA application_id=7;")
    before = path.read_bytes()
    with pytest.raises(Unavailable):
        store.write(approval())
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_failure_at_the_very_end_says_where_to_look(store: Store, held: StoreState, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can say whether it was written: the history can."""

    def fail_writers(_dialect: object, connection: Any) -> None:
        if not connection.execute("PRAGMA query_only").fetchone()[0]:
            raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("sqlalchemy.engine.default.DefaultDialect.do_commit", fail_writers)
    with pytest.raises(Unavailable, match="chorus-config history"):
        store.write(following(held))
