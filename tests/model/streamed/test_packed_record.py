"""Records held as short texts."""

from __future__ import annotations

from chorus_config.model.snapshot import Record
from chorus_config.model.streamed.packed_record import PackedRecord, PackedRecords

ONE = Record("1", {"type": "fiche-structure", "services": [{"code": "é", "actif": True, "n": 1, "x": None}]}, "a.yaml")
TWO = Record("2", {}, "b.yaml")
HELD = PackedRecords(map(PackedRecord.of, (ONE, TWO)))


def test_what_goes_in_comes_out_each_time_anew() -> None:
    assert [*HELD] == [ONE, TWO]
    assert HELD[0] == ONE
    assert HELD[0].body is not HELD[0].body
    assert type(HELD[0].body["services"][0]["actif"]) is bool  # type: ignore[index]
    assert HELD == (ONE, TWO)
    assert HELD != (TWO, ONE)
    assert HELD[1:] == (TWO,)
    assert len(HELD) == 2


def test_equal_records_are_of_one_hash() -> None:
    assert hash(HELD) == hash(PackedRecords(map(PackedRecord.of, (ONE, TWO))))


def test_files_and_records_are_found() -> None:
    assert HELD.paths == {"a.yaml", "b.yaml"}
    found = HELD.finder()
    assert (found("2"), found("3")) == (TWO, None)
