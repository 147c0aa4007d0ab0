"""Moving a store: everything arrives, the source stays, and the numbers of operations go on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import NoInput, Refused
from chorus_config.model.operation import Closing, Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import StoreWrite
from chorus_config.store import contents
from chorus_config.store import migrate as moving
from chorus_config.store.formats import FORMAT
from chorus_config.store.migrate import Moved, move
from chorus_config.store.store import Store

_AT = "2016-10-01T08:00:00Z"
_ROOT = "21169999600016"


def body(name: str) -> dict[str, Any]:
    """Return the least body that names its structure."""
    return {"type": "fiche-structure", "informations_generales": {"identifiant": _ROOT, "libelle": name}}


def filled(store: Store) -> Store:
    """Write twice: an approval with operations, a confirmation of one of them, dropped another."""
    fields = ({"path": "/libelle", "before": None, "after": "é ☃ '\"\\ \u2028"},)
    addresses = (_ROOT, f"{_ROOT}/services/B", f"{_ROOT}/services/a")
    store.write(
        StoreWrite(
            None, 0, _AT, {"type": "plan", "é": ["☃"]}, plan="p1",
            records=(Record(_ROOT, body("é ☃"), "structures/é.yaml"),),
            operations=tuple(Operation(address, "create", fields) for address in addresses),
        )
    )  # fmt: skip
    held = store.read().snapshot
    store.write(
        StoreWrite(
            held.lineage, held.serial, _AT, {"type": "confirm"}, event="confirm", confirmed={_ROOT: body("avant")},
            closings=(Closing(1, "entered"), Closing(3, "dropped", "le portail refuse")), by="Ada",
        )
    )  # fmt: skip
    return store


def seen(store: Store) -> tuple[object, ...]:
    """Return everything that a store says of itself, but its address."""
    held = store.read()
    return replace(held, snapshot=replace(held.snapshot, source="")), store.ledger(), store.operations(), store.history()


@pytest.fixture
def urls(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Return the address of a source and of a target."""
    known = {"file": "sqlite:///a.sqlite3", "other": "sqlite:///sous/b.sqlite3"}
    one, other = request.param
    return tuple(  # type: ignore[return-value]
        known.get(name) or request.getfixturevalue("postgres_url") for name in (one, other)
    )


WAYS = [("file", "other"), ("file", "server"), ("server", "file")]


@pytest.mark.parametrize("urls", WAYS, indirect=True, ids=" → ".join)
def test_all_of_it_arrives_and_the_numbers_go_on(urls: tuple[str, str], tmp_path: Path, say: Translator) -> None:
    source, target = filled(Store(urls[0], tmp_path, say)), Store(urls[1], tmp_path, say)
    before = seen(source)
    moved = move(source, target, say)
    assert isinstance(moved, Moved)
    assert moved.counts == {"meta": 1, "records": 1, "operations": 3, "history": 2}
    assert seen(source) == seen(target) == before
    held = target.read().snapshot
    more = Operation(f"{_ROOT}/services/C", "create", ())
    target.write(StoreWrite(held.lineage, held.serial, _AT, {}, plan="p2", operations=(more,)))
    assert [one.id for one in target.operations()] == [1, 2, 3, 4]
    assert seen(source) == before


@pytest.mark.parametrize("urls", [("file", "server")], indirect=True, ids=" → ".join)
def test_there_and_back_again_is_the_same(urls: tuple[str, str], tmp_path: Path, say: Translator) -> None:
    source, target = filled(Store(urls[0], tmp_path, say)), Store(urls[1], tmp_path, say)
    there = move(source, target, say)
    assert move(target, Store("sqlite:///c.sqlite3", tmp_path, say), say) == there


@pytest.mark.parametrize("urls", WAYS, indirect=True, ids=" → ".join)
def test_a_target_that_holds_something_is_refused(urls: tuple[str, str], tmp_path: Path, say: Translator) -> None:
    source, target = filled(Store(urls[0], tmp_path, say)), filled(Store(urls[1], tmp_path, say))
    before = seen(target)
    with pytest.raises(Refused, match="holds a store already"):
        move(source, target, say)
    assert seen(target) == before


def test_a_target_filled_since_it_was_looked_at_is_refused(
    tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = filled(Store("sqlite:///a.sqlite3", tmp_path, say)), Store("sqlite:///b.sqlite3", tmp_path, say)
    prepare = type(target.database).prepare

    def late(database: Any) -> None:
        prepare(database)
        monkeypatch.undo()
        filled(Store("sqlite:///b.sqlite3", tmp_path, say))

    monkeypatch.setattr(type(target.database), "prepare", late)
    with pytest.raises(Refused, match="holds a store already"):
        move(source, target, say)


def test_no_source_makes_nothing(tmp_path: Path, say: Translator) -> None:
    with pytest.raises(NoInput, match="no store"):
        move(Store("sqlite:///a.sqlite3", tmp_path, say), Store("sqlite:///b.sqlite3", tmp_path, say), say)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("urls", [("file", "other"), ("file", "server")], indirect=True, ids=" → ".join)
def test_a_copy_that_differs_leaves_nothing(
    urls: tuple[str, str], tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = filled(Store(urls[0], tmp_path, say)), Store(urls[1], tmp_path, say)
    insert = contents.insert_rows

    def lossy(connection: Any, rows: Any) -> None:
        insert(connection, {**rows, "history": rows["history"][1:]})

    monkeypatch.setattr(moving, "insert_rows", lossy)
    with pytest.raises(Refused, match="nothing was copied"):
        move(source, target, say)
    assert target.read().snapshot.lineage is None
    assert target.history() == ()


def test_a_source_that_is_written_meanwhile_leaves_nothing(
    tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = filled(Store("sqlite:///a.sqlite3", tmp_path, say)), Store("sqlite:///b.sqlite3", tmp_path, say)
    insert = contents.insert_rows

    def slow(connection: Any, rows: Any) -> None:
        insert(connection, rows)
        held = source.read().snapshot
        source.write(StoreWrite(held.lineage, held.serial, _AT, {}, event="confirm", closings=(Closing(2, "entered"),)))

    monkeypatch.setattr(moving, "insert_rows", slow)
    with pytest.raises(Refused, match="somebody else may be writing"):
        move(source, target, say)
    assert target.read().snapshot.lineage is None


def test_a_source_of_an_older_format_arrives_in_the_current_one(tmp_path: Path, say: Translator) -> None:
    source, target = filled(Store("sqlite:///a.sqlite3", tmp_path, say)), Store("sqlite:///b.sqlite3", tmp_path, say)
    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as base, base:
        for column in ("closed_at", "closed_by", "reason", "noted"):
            base.execute(f"ALTER TABLE operations DROP COLUMN {column}")
        base.execute("UPDATE meta SET format = 1")
        base.execute("PRAGMA user_version = 1")
    before = (tmp_path / "a.sqlite3").read_bytes()
    move(source, target, say)
    assert (tmp_path / "a.sqlite3").read_bytes() == before
    assert seen(target) == seen(source)
    with closing(sqlite3.connect(tmp_path / "b.sqlite3")) as base:
        assert base.execute("PRAGMA user_version").fetchone() == base.execute("SELECT format FROM meta").fetchone() == (FORMAT,)


def test_the_file_of_a_copy_is_its_owners_alone(tmp_path: Path, say: Translator) -> None:
    move(filled(Store("sqlite:///a.sqlite3", tmp_path, say)), Store("sqlite:///b.sqlite3", tmp_path, say), say)
    assert (tmp_path / "b.sqlite3").stat().st_mode & 0o777 == 0o600


def test_the_copy_is_read_back_after_it_was_written(tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = filled(Store("sqlite:///a.sqlite3", tmp_path, say)), Store("sqlite:///b.sqlite3", tmp_path, say)
    rows_of = contents.rows_of

    def forgetful(store: Store) -> Any:
        found = rows_of(store)
        return found if store is source or found is None else {**found, "history": []}

    monkeypatch.setattr(moving, "rows_of", forgetful)
    with pytest.raises(Refused, match="the copy differs"):
        move(source, target, say)


@pytest.mark.parametrize("urls", [("file", "server")], indirect=True, ids=" → ".join)
def test_numbers_go_on_from_the_highest_not_from_how_many_there_are(
    urls: tuple[str, str], tmp_path: Path, say: Translator
) -> None:
    source, target = filled(Store(urls[0], tmp_path, say)), Store(urls[1], tmp_path, say)
    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as base, base:
        base.execute("UPDATE operations SET id = 9 WHERE id = 3")
    move(source, target, say)
    held = target.read().snapshot
    target.write(StoreWrite(held.lineage, held.serial, _AT, {}, plan="p2", operations=(Operation(_ROOT, "update", ()),)))
    assert [one.id for one in target.operations()] == [1, 2, 9, 10]
