"""A backup: everything comes back, nothing that was altered does; one transaction, one moment, the owner's eyes alone."""

from __future__ import annotations

import gzip
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import NoInput, Refused, Unavailable
from chorus_config.model.operation import Operation
from chorus_config.model.snapshot import Record
from chorus_config.model.store_state import StoreWrite
from chorus_config.store import backup as module
from chorus_config.store import contents
from chorus_config.store.backup import back_up, held_by, read_backup, restore
from chorus_config.store.store import Store
from tests.store.test_migrate import _AT, _ROOT, body, filled, seen

EMPTY = (None, 0)
WAYS = [("file", "file"), ("file", "server"), ("server", "file"), ("server", "server")]


@pytest.fixture
def stores(request: pytest.FixtureRequest, tmp_path: Path, say: Translator) -> tuple[Store, Store]:
    """Return a store that holds something, and an empty one; of two on a server, the first is gone when the second is."""
    one, other = request.param
    urls = {"file": "sqlite:///a.sqlite3"}
    first = Store(urls.get(one) or request.getfixturevalue("postgres_url"), tmp_path, say)
    second = "sqlite:///sous/b.sqlite3" if other == "file" else request.getfixturevalue("postgres_url")
    return filled(first), Store(second, tmp_path, say)


def emptied(store: Store, request: pytest.FixtureRequest) -> None:
    """Take away all of a server's store."""
    if store.url.startswith("postgresql"):
        server, name = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_database")
        server.execute("DROP SCHEMA IF EXISTS chorus_config CASCADE", database=name)


@pytest.mark.parametrize("stores", WAYS, indirect=True, ids=" → ".join)
def test_all_of_it_comes_back_and_the_numbers_go_on(
    stores: tuple[Store, Store], tmp_path: Path, say: Translator, request: pytest.FixtureRequest
) -> None:
    source, target = stores
    before = seen(source)
    head = back_up(source, tmp_path / "b", say)
    assert dict(head.rows) == {"meta": 1, "records": 1, "operations": 3, "history": 2}
    assert head.serial == 2
    if target.url == source.url:
        emptied(source, request)
        target = Store(f"{request.getfixturevalue('postgres_url')}", tmp_path, say)
    assert held_by(target) == EMPTY
    told, rows = read_backup(tmp_path / "b", "b", say)
    assert told == head
    restore(target, rows, EMPTY, say)
    assert seen(target) == before
    held = target.read().snapshot
    more = Operation(f"{_ROOT}/services/C", "create", ())
    target.write(StoreWrite(held.lineage, held.serial, _AT, {}, plan="p2", operations=(more,)))
    assert [one.id for one in target.operations()] == [1, 2, 3, 4]


@pytest.mark.parametrize("url", ["file", "server"])
def test_it_takes_the_place_of_what_is_there(url: str, tmp_path: Path, say: Translator, request: pytest.FixtureRequest) -> None:
    store = Store("sqlite:///a.sqlite3" if url == "file" else request.getfixturevalue("postgres_url"), tmp_path, say)
    before = seen(filled(store))
    back_up(store, tmp_path / "b", say)
    held = store.read().snapshot
    more = tuple(Operation(f"{_ROOT}/services/C{number}", "create", ()) for number in range(5))
    store.write(StoreWrite(held.lineage, held.serial, _AT, {}, plan="p2", operations=more))
    _head, rows = read_backup(tmp_path / "b", "b", say)
    restore(store, rows, (held.lineage, 3), say)
    assert seen(store) == before


def test_a_store_that_moved_since_it_was_looked_at_is_left(tmp_path: Path, say: Translator) -> None:
    store = filled(Store("sqlite:///a.sqlite3", tmp_path, say))
    back_up(store, tmp_path / "b", say)
    _head, rows = read_backup(tmp_path / "b", "b", say)
    before = seen(store)
    for expected in (EMPTY, (held_by(store)[0], 1), ("another", 2)):
        with pytest.raises(Refused, match="somebody else wrote"):
            restore(store, rows, expected, say)
        assert seen(store) == before


def test_the_same_store_gives_the_same_bytes_for_its_owner_alone(tmp_path: Path, say: Translator) -> None:
    store = filled(Store("sqlite:///a.sqlite3", tmp_path, say))
    old = os.umask(0)
    try:
        back_up(store, tmp_path / "b", say)
        back_up(store, tmp_path / "c", say)
    finally:
        os.umask(old)
    assert (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.sqlite3", "b", "c"]


def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path, say: Translator) -> None:
    store = filled(Store("sqlite:///a.sqlite3", tmp_path, say))
    (tmp_path / "b").write_text("precious")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    for name, force in (("b", False), ("folder", False), ("folder", True), ("link", False), ("link", True)):
        with pytest.raises(Refused, match="is there already"):
            back_up(store, tmp_path / name, say, replace=force)
    assert (tmp_path / "b").read_text() == "precious"
    back_up(store, tmp_path / "b", say, replace=True)
    assert read_backup(tmp_path / "b", "b", say)[0].serial == 2


def test_no_store_and_no_folder(tmp_path: Path, say: Translator) -> None:
    store = Store("sqlite:///a.sqlite3", tmp_path, say)
    with pytest.raises(NoInput, match="no store"):
        back_up(store, tmp_path / "b", say)
    with pytest.raises(Unavailable, match="cannot be written"):
        back_up(filled(store), tmp_path / "gone" / "b", say)
    with pytest.raises(NoInput, match="no such file"):
        read_backup(tmp_path / "b", "b", say)


def test_a_restore_that_fails_in_the_middle_leaves_the_store(
    tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(Store("sqlite:///a.sqlite3", tmp_path, say))
    back_up(store, tmp_path / "b", say)
    _head, rows = read_backup(tmp_path / "b", "b", say)
    before, insert = seen(store), contents.insert_rows
    monkeypatch.setattr(module, "insert_rows", lambda at, all_of: insert(at, {**all_of, "history": all_of["history"][1:]}))
    with pytest.raises(Refused, match="cannot be read back"):
        restore(store, rows, held_by(store), say)
    assert seen(store) == before


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@st.composite
def _writes(draw: st.DrawFn) -> list[tuple[str, str, tuple[Operation, ...], str | None]]:
    """Return writes: a libellé, a path, operations that are opened, and who writes."""
    values = st.recursive(st.none() | st.booleans() | st.integers() | _TEXTS, lambda inner: st.lists(inner, max_size=3))
    fields = st.lists(st.fixed_dictionaries({"path": _TEXTS, "before": values, "after": values}), max_size=2).map(tuple)
    operations = st.lists(st.builds(Operation, st.just(_ROOT), st.just("update"), fields), max_size=3).map(tuple)
    return draw(st.lists(st.tuples(_TEXTS, _TEXTS, operations, st.none() | _TEXTS), min_size=1, max_size=4))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_writes())
def test_whatever_a_store_holds_comes_back(
    say: Translator, tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[str, str, tuple[Operation, ...], str | None]]
) -> None:
    """The law of the round trip: the same rows, and the same backup again, byte for byte."""
    root = tmp_path_factory.mktemp("law")
    source, target = (Store(f"sqlite:///{name}.sqlite3", root, say) for name in "ab")
    for name, path, operations, by in writes:
        held = source.read().snapshot
        record = Record(_ROOT, body(name), path)
        write = StoreWrite(
            held.lineage, held.serial, _AT, {"é": name}, plan="p", records=(record,), confirmed={_ROOT: body(path)},
            operations=operations, by=by,
        )  # fmt: skip
        source.write(write)
    back_up(source, root / "one", say)
    _head, rows = read_backup(root / "one", "one", say)
    restore(target, rows, EMPTY, say)
    assert seen(target) == seen(source)
    back_up(target, root / "two", say)
    assert (root / "one").read_bytes() == (root / "two").read_bytes()


# What stands in a file, changed


def lines(raw: bytes) -> list[Any]:
    """Return the lines of a backup, read."""
    return [json.loads(line) for line in gzip.decompress(raw).splitlines()]


def written(rows: list[Any]) -> bytes:
    """Return lines as a file that gzip finds nothing wrong with."""
    return gzip.compress(b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows))


def resealed(rows: list[Any]) -> bytes:
    """Return changed lines with the digest and the counts that they have now."""
    from chorus_config.store.contents import digest_of

    tables: dict[str, list[Any]] = {"meta": [], "records": [], "operations": [], "history": []}
    for name, row in rows[1:]:
        tables[name].append(row)
    ordered = {name: tables[name] for name in rows[0]["rows"]}
    head = {**rows[0], "digest": digest_of(ordered), "rows": {name: len(found) for name, found in ordered.items()}}
    return written([head, *rows[1:]])


@pytest.fixture
def whole(tmp_path: Path, say: Translator) -> bytes:
    """The bytes of a backup."""
    back_up(filled(Store("sqlite:///a.sqlite3", tmp_path, say)), tmp_path / "whole", say)
    return (tmp_path / "whole").read_bytes()


def refused(raw: bytes, tmp_path: Path, say: Translator) -> str:
    """Return why a file is refused."""
    (tmp_path / "x").write_bytes(raw)
    with pytest.raises(Refused) as told:
        read_backup(tmp_path / "x", "x", say)
    assert "nothing was restored" in str(told.value)
    return str(told.value)


def test_a_file_cut_anywhere_is_refused(whole: bytes, tmp_path: Path, say: Translator) -> None:
    for size in range(len(whole)):
        refused(whole[:size], tmp_path, say)


def test_a_file_with_any_byte_changed_is_refused_or_the_same(whole: bytes, tmp_path: Path, say: Translator) -> None:
    expected = read_backup(tmp_path / "whole", "whole", say)
    same = []
    for at in range(len(whole)):
        (tmp_path / "x").write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        try:
            assert read_backup(tmp_path / "x", "x", say) == expected
            same.append(at)
        except Refused:
            pass
    # Of gzip's own header: flags, an instant, the strength of the compression, the system; nothing of ours.
    assert set(same) <= set(range(3, 10))


@pytest.mark.parametrize(
    "raw", [b"", b"x", b"\x1f\x8b", b"SQLite format 3\0", gzip.compress(b"", mtime=0), gzip.compress(b"{}\n", mtime=0)]
)
def test_another_file_is_refused(raw: bytes, tmp_path: Path, say: Translator) -> None:
    assert "not a whole backup" in refused(raw, tmp_path, say)


def _drop(rows: list[Any]) -> None:
    rows.pop()


def _swap(rows: list[Any]) -> None:
    rows[1][1]["secret"] = "0" * 64


def _head(name: str, value: object) -> Callable[[list[Any]], None]:
    def change(rows: list[Any]) -> None:
        rows[0][name] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _drop, _swap, _head("serial", 3), _head("lineage", "x"), _head("written_at", "x"), _head("digest", ""),
        _head("rows", {}), _head("store_format", 0), _head("store_format", "3"), _head("type", "plan"),
    ],
)  # fmt: skip
def test_a_change_that_gzip_does_not_see_is_refused(
    change: Callable[[list[Any]], None], whole: bytes, tmp_path: Path, say: Translator
) -> None:
    rows = lines(whole)
    change(rows)
    assert "not a whole backup" in refused(written(rows), tmp_path, say)


def test_a_newer_one_is_told_as_newer(whole: bytes, tmp_path: Path, say: Translator) -> None:
    for name, value in (("format_version", "2.0"), ("store_format", 99)):
        rows = lines(whole)
        rows[0][name] = value
        assert "newer version" in refused(written(rows), tmp_path, say)


@pytest.mark.parametrize(
    "spot",
    [
        ("meta", "serial", "2"), ("meta", "serial", True), ("meta", "serial", 2**31), ("meta", "secret", "x" * 65),
        ("meta", "lineage", None), ("records", "path", "a\0b"), ("records", "path", "\ud800"), ("operations", "id", -1),
        ("history", "plan", 1),
    ],
)  # fmt: skip
def test_a_value_that_no_column_takes_is_refused_whoever_sealed_it(
    spot: tuple[str, str, object], whole: bytes, tmp_path: Path, say: Translator
) -> None:
    table, column, value = spot
    rows = lines(whole)
    next(row for name, row in rows[1:] if name == table)[column] = value
    if value == "\ud800":
        head, *rest = rows
        raw = gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in (head, *rest)))
    else:
        raw = resealed(rows)
    assert "not a whole backup" in refused(raw, tmp_path, say)


@pytest.mark.parametrize(
    "spot",
    [("records", "approved", "{"), ("records", "root", "x"), ("operations", "fields", "{}"), ("history", "document", "[]")],
)
def test_what_cannot_be_read_as_a_store_is_never_written(
    spot: tuple[str, str, str], whole: bytes, tmp_path: Path, say: Translator
) -> None:
    table, column, value = spot
    rows = lines(whole)
    next(row for name, row in rows[1:] if name == table)[column] = value
    (tmp_path / "x").write_bytes(resealed(rows))
    _told, found = read_backup(tmp_path / "x", "x", say)
    target = Store("sqlite:///new.sqlite3", tmp_path, say)
    with pytest.raises(Refused, match="cannot be read back"):
        restore(target, found, EMPTY, say)
    assert held_by(target) == EMPTY


def test_rows_that_stand_there_twice_are_refused(whole: bytes, tmp_path: Path, say: Translator) -> None:
    rows = lines(whole)
    assert "not a whole backup" in refused(resealed([*rows, rows[1]]), tmp_path, say)
    assert "not a whole backup" in refused(resealed([*rows, rows[-1]]), tmp_path, say)


def test_one_of_an_older_format_comes_back_as_the_current_one(whole: bytes, tmp_path: Path, say: Translator) -> None:
    rows = lines(whole)
    rows[0]["store_format"] = 1
    for name, row in rows[1:]:
        if name == "operations":
            for column in ("closed_at", "closed_by", "reason", "noted"):
                del row[column]
        if name == "meta":
            row["format"] = 1
    (tmp_path / "x").write_bytes(resealed(rows))
    _told, found = read_backup(tmp_path / "x", "x", say)
    target = Store("sqlite:///new.sqlite3", tmp_path, say)
    restore(target, found, EMPTY, say)
    source = Store("sqlite:///a.sqlite3", tmp_path, say)
    assert [replace(one, closed_at=None, closed_by=None, reason=None, noted=None) for one in source.operations()] == [
        *target.operations()
    ]
