"""Each case measures something that works: its commands end as it says, on sheets that are as it says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks import cases, projects, variants
from benchmarks.cases import Bench, Maker
from benchmarks.figures import GROUPS
from benchmarks.peers.catalogue import CHECKERS
from benchmarks.process import run

NOBODY = Bench(frozenset())
EVERYBODY = Bench(frozenset(CHECKERS))


@pytest.fixture(autouse=True)
def _work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "WORK", tmp_path)


@pytest.mark.parametrize("make", [cases.broken, cases.compared], ids=lambda make: make.__name__)
def test_our_own_commands_do_their_work(make: Maker) -> None:
    for pair in make(NOBODY, 60):
        # It raises when it ends with another code than it should.
        run(pair.ours)
        assert pair.count == 60


def test_every_peer_has_its_case_and_one_that_is_missing_is_left_out() -> None:
    names = {pair.name for pair in cases.cold(EVERYBODY, 2)}
    assert names == {f"cold-2-{peer}" for peer in CHECKERS}
    assert list(cases.cold(NOBODY, 2)) == list(cases.one_sheet(NOBODY, 1)) == list(cases.planned(NOBODY, 2)) == []


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ([1000], {"one", "cold", "validate"}),
        ([10_000], {"one", "cold", "broken", "cache", "validate"}),
        ([100_000], {"one", "growth"}),
    ],
)
def test_what_is_measured_depends_on_how_many(counts: list[int], groups: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(folder: Path, _count: int) -> Path:
        return folder

    monkeypatch.setattr(projects, "fresh", nothing)
    monkeypatch.setattr(projects, "commit_twice", nothing)
    monkeypatch.setattr(variants, "break_sheets", nothing)
    monkeypatch.setattr(subprocess, "run", lambda *_words, **_settings: None)
    monkeypatch.setattr(cases, "words", lambda *_words: [])
    found = list(cases.cases(EVERYBODY, counts))
    assert {pair.group for pair in found} == groups
    assert {pair.group for pair in found} <= set(GROUPS)
    assert len({pair.name for pair in found}) == len(found)


def test_a_store_is_as_large_as_its_files(tmp_path: Path) -> None:
    assert cases.store_bytes() == 0
    (tmp_path / "approved" / ".chorus-config").mkdir(parents=True)
    (tmp_path / "approved" / ".chorus-config" / "registre.sqlite3").write_bytes(b"x" * 500)
    assert cases.store_bytes() == 500
