"""What every store promises, proved on a SQLite file and on a PostgreSQL server alike."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any, LiteralString

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import ChorusConfigError, Locked, Refused, Unavailable
from chorus_config.model.operation import Closing, Operation
from chorus_config.model.snapshot import Record, Snapshot
from chorus_config.model.store_state import HistoryEntry, Ledger, StoreState
from chorus_config.store.formats import FORMAT
from chorus_config.store.store import Store
from tests.store.places import AT, BasePlace, FilePlace, Place, approval, body, following, opened_store

Act = Callable[[Store], object]

_READERS: list[Act] = [Store.read, Store.ledger, Store.operations, Store.history]
_READER_IDS = ["read", "ledger", "operations", "history"]


def settled(held: StoreState, *closings: Closing, **other: Any) -> Any:
    """Return a write that settles operations."""
    made = following(
        held, "", records=(), operations=(), closings=closings, event="confirm", by="Ada", at="2016-10-02T08:00:00Z"
    )
    return replace(made, **other)


# Nothing yet.


@pytest.mark.parametrize("act", _READERS, ids=_READER_IDS)
def test_reading_nothing_makes_nothing(place: Place, fresh: Store, act: Act) -> None:
    before = place.image()
    assert act(fresh) in (StoreState(Snapshot(source=fresh.url)), Ledger(), ())
    assert place.image() == before
    assert place.opened() == 0


def test_the_first_write(fresh: Store, first: StoreState) -> None:
    snapshot = first.snapshot
    assert snapshot.records == {"1": Record("1", body("1", "é"), "structures/1.yaml")}
    assert (snapshot.taken_at, snapshot.serial, snapshot.source) == (AT, 1, fresh.url)
    assert (len(snapshot.lineage or ""), len(first.secret or b"")) == (36, 32)
    assert (first.open_operations, first.plans) == (1, frozenset({"p1"}))
    assert fresh.operations()[0].opened_at == AT


def test_a_record_is_read_when_it_is_asked_for(first: StoreState, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a hundred thousand records the texts are held, not the bodies; and nobody sees what another did to his."""
    records: Any = first.snapshot.records
    records["1"].body["type"] = "spoiled"
    assert records["1"].body == body("1", "é")
    monkeypatch.setattr(json, "loads", lambda _text: pytest.fail("a body was read"))
    assert ("1" in records, "2" in records, [*records], len(records)) == (True, False, ["1"], 1)
    monkeypatch.undo()
    with pytest.raises(KeyError):
        records["2"]


def test_the_first_write_is_the_first(place: Place, fresh: Store) -> None:
    with pytest.raises(Refused):
        fresh.write(approval(serial=1))
    assert fresh.read().snapshot.serial == 0
    assert fresh.write(approval()) == 1


# The swap.


@pytest.mark.parametrize(
    ("lineage", "serial"),
    [(None, 0), (None, 1), ("00000000-0000-0000-0000-000000000000", 1), ("same", 0), ("same", 2), ("same", -1)],
)
def test_a_write_on_another_state_is_refused(
    place: Place, fresh: Store, first: StoreState, lineage: str | None, serial: int
) -> None:
    before = place.image()
    with pytest.raises(Refused, match="changed since"):
        fresh.write(approval("p2", first.snapshot.lineage if lineage == "same" else lineage, serial))
    assert place.image() == before


def test_the_serial_steps_and_the_lineage_and_secret_stay(fresh: Store, first: StoreState) -> None:
    for number in range(2, 5):
        fresh.write(following(fresh.read(), f"p{number}"))
    after = fresh.read()
    assert (after.snapshot.serial, after.snapshot.lineage, after.secret) == (4, first.snapshot.lineage, first.secret)
    assert [past.serial for past in fresh.history()] == [1, 2, 3, 4]


@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
def test_of_many_writes_at_once_exactly_one_wins(place: Place, fresh: Store, known: bool) -> None:
    if known:
        fresh.write(approval("p0"))
    held, ends, start = fresh.read(), list[object](), threading.Barrier(6)

    def write(number: int) -> None:
        store = opened_store(place)
        start.wait()
        try:
            ends.append(store.write(following(held, f"fil{number}")))
        except ChorusConfigError as error:
            ends.append(type(error))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [end for end in ends if isinstance(end, int)] == [1 + known]
    assert {end for end in ends if not isinstance(end, int)} <= {Refused, Locked}
    assert (len(fresh.history()), len(fresh.operations())) == (1 + known, 1 + known)


# What is written.


def test_records_are_updated_added_and_forgotten(fresh: Store, first: StoreState) -> None:
    records = (Record("1", body("1", "b"), "b.yaml"), Record("2", body("2", "c"), "c.yaml"))
    fresh.write(following(first, records=records))
    assert fresh.read().snapshot.records == {record.root: record for record in records}
    fresh.write(following(fresh.read(), "p3", records=(), forgotten=("1", "absent")))
    assert fresh.read().snapshot.records == {"2": records[1]}


def test_records_come_in_one_order_whatever_the_database(fresh: Store) -> None:
    roots = ["9", "10", "é", "Z", "a", "A", "_", "~"]
    fresh.write(approval(records=tuple(Record(root, body(root, "x")) for root in roots)))
    assert list(fresh.read().snapshot.records) == sorted(roots)


def test_as_many_records_as_a_department_has(fresh: Store) -> None:
    many = tuple(Record(str(number), body(str(number), "x")) for number in range(1201))
    fresh.write(approval(records=many[:1100], operations=()))
    fresh.write(following(fresh.read(), records=many, forgotten=("7",), operations=()))
    assert len(fresh.read().snapshot.records) == 1201


def test_approved_and_confirmed_are_apart(fresh: Store, first: StoreState) -> None:
    assert fresh.ledger().confirmed == {}
    fresh.write(settled(first, confirmed={"1": body("1", "saisi")}))
    fresh.write(following(fresh.read(), records=(Record("1", body("1", "voulu"), "b.yaml"),)))
    assert fresh.ledger().confirmed == {"1": Record("1", body("1", "saisi"), "b.yaml")}
    assert fresh.read().snapshot.records["1"].body == body("1", "voulu")
    fresh.write(settled(fresh.read(), confirmed={"1": None}))
    assert fresh.ledger().confirmed == {}


def test_operations_keep_their_order_and_their_fields(fresh: Store, first: StoreState) -> None:
    fields = ({"path": "/libelle", "before": "é", "after": None}, {"path": "/actif", "before": False, "after": True})
    new = (Operation("1/services/A/B", "update", fields), Operation("2", "delete", ()))
    assert fresh.write(following(first, operations=new)) == 3
    found = fresh.ledger().operations
    assert [(one.address, one.op, one.plan, one.state) for one in found] == [
        ("1", "create", "p1", "open"), ("1/services/A/B", "update", "p2", "open"), ("2", "delete", "p2", "open"),
    ]  # fmt: skip
    assert found[1].fields == fields
    assert len({one.id for one in found}) == 3


@pytest.mark.parametrize(("state", "reason"), [("entered", None), ("seen", None), ("dropped", "plus d’actualité")])
def test_an_operation_is_settled_once(place: Place, fresh: Store, first: StoreState, state: Any, reason: str | None) -> None:
    (one,) = fresh.ledger().operations
    assert fresh.write(settled(first, Closing(one.id, state, reason))) == 0
    assert fresh.ledger().operations == ()
    (after,) = fresh.operations()
    assert after == replace(one, state=state, reason=reason, closed_at="2016-10-02T08:00:00Z", closed_by="Ada")
    before = place.image()
    with pytest.raises(Refused, match="settled"):
        fresh.write(settled(fresh.read(), Closing(one.id, "entered")))
    assert place.image() == before


@pytest.mark.parametrize("extra", ["twice", "unknown"])
def test_settling_twice_in_one_write_or_what_is_not_there_writes_nothing(
    place: Place, fresh: Store, first: StoreState, extra: str
) -> None:
    (one,) = fresh.ledger().operations
    before = place.image()
    other = Closing(one.id if extra == "twice" else 9999, "dropped", "x")
    with pytest.raises(Refused):
        fresh.write(settled(first, Closing(one.id, "entered"), other))
    assert place.image() == before


def test_the_history_is_kept_whole(fresh: Store, first: StoreState) -> None:
    document = {"type": "plan", "é": [1, None, True, "“x”"]}
    fresh.write(following(first, document=document, by="Ada", commit="c" * 40))
    fresh.write(settled(fresh.read()))
    assert fresh.history() == (
        HistoryEntry(1, "apply", AT, None, "p1", None, {"type": "plan", "digest": "p1"}),
        HistoryEntry(2, "apply", AT, "Ada", "p2", "c" * 40, document),
        HistoryEntry(3, "confirm", "2016-10-02T08:00:00Z", "Ada", "", None, {"type": "plan", "digest": ""}),
    )
    assert fresh.read().plans == {"p1", "p2"}


def test_what_is_no_text_is_kept_as_near_as_can_be(fresh: Store, first: StoreState) -> None:
    """File names and the words of a command line may hold bytes that are no UTF-8."""
    record = Record("1", body("1", "x"), "structures/\udcff.yaml")
    fresh.write(following(first, records=(record,), by="A\udce9"))
    assert fresh.history()[-1].by == "A?"
    assert fresh.read().snapshot.records["1"].path == "structures/?.yaml"


# Failures.


@pytest.mark.parametrize(
    "step",
    ["make_tables", "write_records", "write_confirmed", "write_closings", "write_operations", "write_history", "count_open"],
)
@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
def test_a_failure_at_each_step_leaves_nothing(
    place: Place, fresh: Store, monkeypatch: pytest.MonkeyPatch, step: str, known: bool
) -> None:
    if known:
        fresh.write(approval("p0"))
    held = fresh.read()

    def fail(*_args: object) -> None:
        raise RuntimeError

    before = place.image()
    with monkeypatch.context() as patched:
        patched.setattr(f"chorus_config.store.store.{step}", fail)
        if known and step == "make_tables":
            return
        with pytest.raises(RuntimeError):
            fresh.write(following(held))
    assert fresh.read() == held
    if known:
        assert place.image() == before
    assert place.opened() == 0
    assert fresh.write(following(held)) == 1 + known


_DAMAGES: list[LiteralString] = [
    "DELETE FROM meta",
    "INSERT INTO meta SELECT 'x', serial, format, written_at, secret FROM meta",
    "UPDATE meta SET secret = 'zz'",
    "UPDATE records SET approved = '{'",
    "UPDATE records SET approved = '[]'",
    "UPDATE records SET approved = '{}'",
    "UPDATE records SET root = '2'",
    "DROP TABLE records",
    "DROP TABLE history",
]


@pytest.mark.parametrize("words", _DAMAGES)
def test_damage_is_told_never_taken_for_an_empty_store(
    place: Place, fresh: Store, first: StoreState, words: LiteralString
) -> None:
    place.spoil(words)
    with pytest.raises(Unavailable):
        fresh.read()
    assert place.opened() == 0


@pytest.mark.parametrize("words", ["UPDATE operations SET fields = '{'", "UPDATE operations SET fields = '{\"a\": 1}'",
                                   "UPDATE operations SET fields = '[1]'", "UPDATE operations SET fields = '5'"])  # fmt: skip
def test_damaged_operations_are_told(place: Place, fresh: Store, first: StoreState, words: LiteralString) -> None:
    place.spoil(words)
    with pytest.raises(Unavailable, match="damaged"):
        fresh.ledger()


@pytest.mark.parametrize("words", ["UPDATE history SET document = '['", "UPDATE history SET document = '[]'"])
def test_a_damaged_history_is_told(place: Place, fresh: Store, first: StoreState, words: LiteralString) -> None:
    place.spoil(words)
    with pytest.raises(Unavailable, match="damaged"):
        fresh.history()


@pytest.mark.parametrize("act", [*_READERS, lambda store: store.write(approval("p2"))], ids=[*_READER_IDS, "write"])
def test_a_newer_format_is_refused_and_left_as_it_is(place: Place, fresh: Store, first: StoreState, act: Act) -> None:
    place.spoil("PRAGMA user_version=5" if isinstance(place, FilePlace) else "UPDATE meta SET format = 5")
    before = place.image()
    with pytest.raises(Refused, match=f"format {FORMAT + 1}"):
        act(fresh)
    assert place.image() == before


@pytest.mark.parametrize("act", [*_READERS, lambda store: store.write(approval())], ids=[*_READER_IDS, "write"])
def test_what_is_of_another_program_is_left_as_it_is(place: Place, fresh: Store, act: Act) -> None:
    place.spoil(
        "CREATE TABLE autres (a integer); PRAGMA application_id=7"
        if isinstance(place, FilePlace)
        else "CREATE SCHEMA chorus_config; CREATE TABLE chorus_config.autres (a integer)"
    )
    before = place.image()
    with pytest.raises(Unavailable, match="not a store of chorus-config"):
        act(fresh)
    assert place.image() == before


# Readers.


@pytest.mark.parametrize("act", _READERS, ids=_READER_IDS)
def test_readers_write_nothing_wait_for_nobody_and_leave_nothing_open(
    place: Place, fresh: Store, first: StoreState, act: Act
) -> None:
    before, told = place.image(), act(fresh)
    with place.writing(), fresh.locked("Ada", 0):
        assert act(fresh) == told
    assert place.image() == before
    assert place.opened() == 0


def test_a_reader_sees_one_moment(place: Place, fresh: Store, first: StoreState) -> None:
    """A write that comes between two questions of a reader is seen by none of them, or waits."""
    store = opened_store(place)
    with store.database.begin(write=False) as connection:
        asked = "SELECT serial FROM meta" if isinstance(place, FilePlace) else "SELECT serial FROM chorus_config.meta"
        assert connection.exec_driver_sql(asked).scalar_one() == 1
        writer = threading.Thread(target=fresh.write, args=(following(first),))
        writer.start()
        writer.join(0.4)
        assert connection.exec_driver_sql(asked).scalar_one() == 1
        counted = asked.replace("serial", "count(*)").replace("meta", "history")
        assert connection.exec_driver_sql(counted).scalar_one() == 1
    writer.join()
    assert fresh.read().snapshot.serial == 2


def test_a_reader_cannot_write(place: Place, fresh: Store, first: StoreState) -> None:
    table = "meta" if isinstance(place, FilePlace) else "chorus_config.meta"
    with pytest.raises(Unavailable, match=r"read-?only"), fresh.database.begin(write=False) as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET serial = 9")  # noqa: S608
    assert fresh.read() == first


def test_a_writer_does_not_wait_for_ever_for_another(
    place: Place, fresh: Store, first: StoreState, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "sqlite" if isinstance(place, FilePlace) else "postgres"
    monkeypatch.setattr(f"chorus_config.store.{module}._BUSY_SECONDS", 1)
    before = place.image()
    with place.writing(), pytest.raises(Locked):
        fresh.write(following(first))
    assert place.image() == before
    assert fresh.write(following(first)) == 2


def test_an_address_is_shown_without_anybodys_name(place: Place, fresh: Store, first: StoreState, say: Translator) -> None:
    assert "postgres@" not in fresh.url
    assert first.snapshot.source == fresh.url
    if isinstance(place, BasePlace):
        place.spoil("UPDATE meta SET format = 9")
        with pytest.raises(Refused) as raised:
            fresh.read()
        assert "postgres@" not in str(raised.value)


def test_the_body_of_a_record_comes_back_to_the_letter(fresh: Store, place: Place) -> None:
    odd = {**body("1", "x"), "autre": ["\u0000", "🏛", "ΑΒΓ", 'a"b\\', "\u2028", "e\u0301", True, 1, None, {"": []}]}
    fresh.write(approval(records=(Record("1", odd, "é/🏛.yaml"),)))
    assert json.dumps(fresh.read().snapshot.records["1"].body) == json.dumps(odd)
    assert fresh.read().snapshot.records["1"].path == "é/🏛.yaml"


def test_who_settles_and_why_are_kept_as_near_as_can_be(fresh: Store, first: StoreState) -> None:
    (one,) = fresh.ledger().operations
    fresh.write(settled(first, Closing(one.id, "dropped", "x\udce9\0"), by="A\udce9\0"))
    (after,) = fresh.operations()
    assert (after.closed_by, after.reason, fresh.history()[-1].by) == ("A??", "x??", "A??")


def test_the_state_says_when_it_was_last_written(fresh: Store, first: StoreState) -> None:
    assert first.snapshot.taken_at == AT
    fresh.write(settled(first))
    assert fresh.read().snapshot.taken_at == "2016-10-02T08:00:00Z"


def test_operations_come_in_the_order_they_were_opened_whatever_was_settled_since(fresh: Store, first: StoreState) -> None:
    fresh.write(following(first, operations=tuple(Operation(f"1/services/A/{name}", "create", ()) for name in "bac")))
    one, *_rest, last = fresh.operations()
    fresh.write(settled(fresh.read(), Closing(last.id, "entered"), Closing(one.id, "dropped", "x")))
    assert [found.id for found in fresh.operations()] == sorted(found.id for found in fresh.operations())
