"""`lock`: who holds the store, and how a lock is taken away. Its groups' own laws are in test_state.py."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chorus_config.model.store_state import Lock

from .desk import PROJECT, STORE, Desk, conforms

_HOLD = """
import sys
from pathlib import Path
from chorus_config.i18n.translator import translator_for
from chorus_config.store.store import Store
with Store(sys.argv[1], Path.cwd(), translator_for("en")).locked("Bob", 5):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holding(desk: Desk, url: str = f"sqlite:///{STORE}") -> Iterator[subprocess.Popen[str]]:
    """Have somebody else hold the store."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, url], cwd=desk.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate(timeout=20)


def locks(desk: Desk) -> list[dict[str, object]]:
    """Return the locks there are."""
    document = desk.run("lock", "list", "--format", "json").json
    conforms("locks", document)
    found: list[dict[str, object]] = document["locks"]
    return found


def test_nobody_holds_it(desk: Desk, approved: Desk) -> None:
    before = approved.listing()
    assert approved.run("lock", "list").out == "Nobody holds the store.\n"
    assert locks(approved) == []
    assert approved.listing() == before


def test_a_store_that_is_not_there_is_held_by_nobody(desk: Desk) -> None:
    before = desk.listing()
    assert desk.run("lock", "list").code == 0
    assert desk.listing() == before


def test_somebody_alive_on_a_file_is_75_and_told_what_to_do(approved: Desk) -> None:
    with holding(approved):
        (lock,) = locks(approved)
        assert (lock["who"], lock["alive"]) == ("Bob", True)
        assert "Bob" in approved.run("lock", "list").out
        ended = approved.run("lock", "release", str(lock["id"]), "--yes", "--format", "json")
        conforms("locks", ended.json)
        assert ended.code == 75
        assert "Bob" in ended.err
        assert "end that program there" in ended.err
        assert len(locks(approved)) == 1


def test_the_trace_of_somebody_dead_is_released(approved: Desk) -> None:
    with holding(approved) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    (lock,) = locks(approved)
    assert lock["alive"] is False
    assert "dead" in approved.run("lock", "list").out
    ended = approved.run("lock", "release", str(lock["id"]), "--format", "json")
    conforms("locks", ended.json)
    assert (ended.code, ended.json["released"], ended.json["locks"]) == (0, lock["id"], [])
    assert locks(approved) == []


@pytest.mark.parametrize("ident", ["absent", "", "?", "*"])
def test_an_unknown_id_is_66(approved: Desk, ident: str) -> None:
    ended = approved.run("lock", "release", ident, "--format", "json")
    conforms("locks", ended.json)
    assert (ended.code, ended.json["error"]["exit_code"]) == (66, 66)


@pytest.mark.parametrize(("answer", "code"), [("", 4), ("n\n", 4), ("y\n", 0), ("oui\n", 0)])
def test_somebody_alive_on_a_server_is_asked_about(
    approved: Desk, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    """With the server's answers in its place; the real one has its turn below."""
    from chorus_config.store.sqlite import SqliteDatabase

    released: list[str] = []

    def release(_database: object, ident: str) -> bool:
        released.append(ident)
        return True

    lock = Lock("0a1b", "Bob\x1b[31m", "poste", "2026-11-23T08:00:00Z")
    monkeypatch.setattr("chorus_config.app.store_access.is_postgres", lambda _url: True)
    monkeypatch.setattr(SqliteDatabase, "locks", lambda _self: () if released else (lock,))
    monkeypatch.setattr(SqliteDatabase, "release", release)
    ended = approved.run("lock", "release", "0a1b", stdin=answer)
    assert (ended.code, released) == (code, [] if code else ["0a1b"])
    assert "what it was writing is lost" in ended.err
    assert "\x1b" not in ended.out + ended.err


def test_somebody_alive_on_a_real_server(approved: Desk, postgres_url: str) -> None:
    approved.append(PROJECT, f"registre: {json.dumps(postgres_url)}\n")
    assert approved.run("apply", "--yes").code == 0
    with holding(approved, postgres_url) as process:
        (lock,) = locks(approved)
        assert (lock["who"], lock["alive"]) == ("Bob", True)
        assert approved.run("lock", "release", str(lock["id"]), stdin="\n").code == 4
        assert process.poll() is None
        assert approved.run("lock", "release", str(lock["id"]), "--yes").code == 0
        assert approved.run("confirm", "--all", "--lock-timeout", "1").code == 0
    assert locks(approved) == []


def test_a_lock_that_is_gone_before_it_was_released_is_66(approved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from chorus_config.store.sqlite import SqliteDatabase

    lock = Lock("0a1b", "Bob", "poste", "2026-11-23T08:00:00Z", alive=False)
    monkeypatch.setattr(SqliteDatabase, "locks", lambda _self: (lock,))
    monkeypatch.setattr(SqliteDatabase, "release", lambda _self, _ident: False)
    ended = approved.run("lock", "release", "0a1b")
    assert (ended.code, ended.out) == (66, "")


def test_somebody_alive_on_a_file_is_75_without_a_question(approved: Desk) -> None:
    with holding(approved):
        (lock,) = locks(approved)
        ended = approved.run("lock", "release", str(lock["id"]), stdin="y\n")
    assert (ended.code, "[y/N]" in ended.err) == (75, False)
