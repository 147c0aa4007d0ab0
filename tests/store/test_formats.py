"""A store of every format ever written opens, is brought up to date by the first write, and survives a death on the way."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from chorus_config.model.operation import Closing, Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import HistoryEntry
from chorus_config.store.formats import APPLICATION_ID, FORMAT
from tests.conftest import Figure
from tests.postgres import Server
from tests.reliability.running import Runner
from tests.store.formats import WRITTEN
from tests.store.places import BasePlace, FilePlace, approval, body, following, opened_store


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """A process that can be killed."""
    made = Runner()
    yield made
    made.close()


def old(root: Path, number: int) -> FilePlace:
    """Return a store of an old format."""
    place = FilePlace(root)
    place.spoil(WRITTEN[number])
    return place


def test_every_format_before_todays_is_in_the_table() -> None:
    assert sorted(WRITTEN) == list(range(1, FORMAT))


@pytest.mark.parametrize("number", WRITTEN)
def test_an_old_format_is_read_and_left_as_it_is(tmp_path: Path, number: int) -> None:
    place = old(tmp_path, number)
    before, store = place.image(), opened_store(place)
    held = store.read()
    assert held.snapshot.records == {"1": Record("1", body("1", "é"), "structures/1.yaml")}
    assert (held.snapshot.serial, held.open_operations, held.plans) == (2, 2, frozenset({"p1", "p2"}))
    fields = ({"path": "/nom", "before": None, "after": "é"},)
    assert store.ledger().operations == store.operations() == (
        Operation("1", "create", fields, 1, "p1", "open", "2016-09-01T08:00:00Z"),
        Operation("1", "update", (), 2, "p2", "open", "2016-10-01T08:00:00Z"),
    )  # fmt: skip
    assert store.history()[1] == HistoryEntry(2, "apply", "2016-10-01T08:00:00Z", "Ada", "p2", "c", {"digest": "p2"})
    assert place.image() == before


@pytest.mark.parametrize("number", WRITTEN)
def test_the_first_write_brings_it_up_to_date(tmp_path: Path, number: int) -> None:
    place = old(tmp_path, number)
    store = opened_store(place)
    store.write(following(store.read(), "p3", closings=(Closing(1, "dropped", "x"),), by="Ada"))
    assert place.rows("PRAGMA user_version") == [(FORMAT,)]
    assert place.rows("PRAGMA application_id") == [(APPLICATION_ID,)]
    assert place.rows("SELECT format, lineage, serial FROM meta") == [(FORMAT, "11111111-2222-3333-4444-555555555555", 3)]
    assert [(one.id, one.state, one.reason) for one in store.operations()] == [
        (1, "dropped", "x"), (2, "open", None), (3, "open", None),
    ]  # fmt: skip
    assert [past.plan for past in store.history()] == ["p1", "p2", "p3"]


@pytest.mark.parametrize("number", WRITTEN)
def test_an_old_format_has_then_the_columns_of_a_new_one(tmp_path: Path, number: int) -> None:
    (tmp_path / "neuf").mkdir()
    place, new = old(tmp_path, number), FilePlace(tmp_path / "neuf")
    opened_store(new).write(approval())
    opened_store(place).write(following(opened_store(place).read()))
    for table in ("meta", "records", "operations", "history"):
        told = f"SELECT name, \"notnull\", pk FROM pragma_table_info('{table}') ORDER BY name"  # noqa: S608
        with closing(sqlite3.connect(place.path)) as one, closing(sqlite3.connect(new.path)) as other:
            assert one.execute(told).fetchall() == other.execute(told).fetchall()


@pytest.mark.parametrize("number", WRITTEN)
def test_a_failed_write_leaves_the_old_format_whole(tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    place = old(tmp_path, number)
    store, before = opened_store(place), place.path.read_bytes()

    def fail(*_args: object) -> None:
        raise RuntimeError

    wanted = following(store.read())
    monkeypatch.setattr("chorus_config.store.store.write_history", fail)
    with pytest.raises(RuntimeError):
        store.write(wanted)
    assert place.path.read_bytes() == before


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
@pytest.mark.parametrize("number", WRITTEN)
def test_killed_in_the_middle_of_a_migration_it_is_old_or_new(
    tmp_path: Path, number: int, runner: Runner, figure: Figure
) -> None:
    kills = 0
    for at in count(1):
        root = tmp_path / str(at)
        root.mkdir()
        place = old(root, number)
        done = runner.run(root, ["!migrate", place.url], fault={"how": "kill", "at": at})
        if done.code == 0:
            break
        assert done.code == -signal.SIGKILL, done
        kills += 1
        found = place.rows("PRAGMA user_version")[0][0]
        columns = place.rows("SELECT count(*) FROM pragma_table_info('operations')")[0][0]
        assert (found, columns) in {(number, {1: 8, 2: 11, 3: 12}[number]), (FORMAT, 12)}
        assert place.rows("PRAGMA integrity_check") == [("ok",)]
        assert [one.state for one in opened_store(place).operations()] == ["open", "open"]
        if found == number:
            assert runner.run(root, ["!migrate", place.url]).code == 0
        assert [past.serial for past in opened_store(place).history()] == [1, 2, 3]
    assert kills > 8
    figure(f"{kills} kills of a migration from format {number}: 0 lost, 0 half-way")


def test_a_database_of_format_1_is_brought_up_to_date_too(
    tmp_path: Path, postgres_server: Server, postgres_url: str, postgres_database: str
) -> None:
    """None was ever written: format 2 came with PostgreSQL. The steps are the same, and the next format needs them."""
    place = BasePlace(tmp_path, postgres_url, postgres_server, postgres_database)
    store = opened_store(place)
    store.write(approval())
    place.spoil("ALTER TABLE operations DROP closed_at, DROP closed_by, DROP reason, DROP noted; UPDATE meta SET format = 1")
    (one,) = store.ledger().operations
    assert store.operations() == (one,)
    store.write(following(store.read(), closings=(Closing(one.id, "dropped", "x"),)))
    assert place.rows("SELECT format FROM meta") == [(FORMAT,)]
    assert [(one.state, one.reason) for one in store.operations()] == [("dropped", "x"), ("open", None)]
