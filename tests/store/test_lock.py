"""The lock: one holder, waited for as long as asked, gone with whoever held it, listed and released."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import Locked
from chorus_config.model.store_state import StoreState
from chorus_config.store.store import Store
from tests.conftest import Figure
from tests.store.places import BasePlace, FilePlace, Place, following, opened_store

if not hasattr(signal, "SIGKILL"):
    pytest.skip("no kill -9 here", allow_module_level=True)

_HOLDER = """
import sys, time
from pathlib import Path
from chorus_config.i18n.translator import translator_for
from chorus_config.store.store import Store
with Store(sys.argv[1], Path(sys.argv[2]), translator_for("en")).locked("Ada", 0):
    print("held", flush=True)
    time.sleep(60)
"""


def holding(place: Place) -> subprocess.Popen[str]:
    """Return another process that holds the lock."""
    words = [sys.executable, "-c", _HOLDER, place.url, str(place.root)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8")
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def killed(process: subprocess.Popen[str]) -> float:
    """Kill -9 a process of ours, and return when."""
    process.kill()
    moment = time.monotonic()
    assert process.wait(10) == -signal.SIGKILL
    assert process.stdout is not None
    process.stdout.close()
    return moment


def test_one_holder_at_a_time_and_who_it_is(place: Place, fresh: Store) -> None:
    with fresh.locked("Ada", 0) as dead:
        assert dead is None
        (lock,) = fresh.database.locks()
        assert (lock.who, lock.alive) == ("Ada", True)
        with (
            pytest.raises(Locked, match=rf"held by Ada on .* \(lock {lock.id}\)") as raised,
            opened_store(place).locked("Bob", 0),
        ):
            pass
        assert raised.value.code == 75
    assert fresh.database.locks() == ()
    with opened_store(place).locked("Bob", 0) as dead:
        assert dead is None
    assert place.opened() == 0


def test_the_lock_is_waited_for(place: Place, fresh: Store) -> None:
    def let_go() -> None:
        time.sleep(0.5)
        done.set()

    done, start = threading.Event(), time.monotonic()
    with fresh.locked("Ada", 0):
        with pytest.raises(Locked), opened_store(place).locked("Bob", 0.3):
            pass
        assert 0.3 <= time.monotonic() - start < 5

    def hold() -> None:
        with opened_store(place).locked("Ada", 0):
            ready.set()
            done.wait(10)

    ready = threading.Event()
    threads = [threading.Thread(target=hold), threading.Thread(target=let_go)]
    threads[0].start()
    assert ready.wait(10)
    threads[1].start()
    with fresh.locked("Bob", 20):
        assert done.is_set()
    for thread in threads:
        thread.join()


def test_a_failure_inside_frees_the_lock(place: Place, fresh: Store) -> None:
    with pytest.raises(RuntimeError), fresh.locked("Ada", 0):
        raise RuntimeError
    assert fresh.database.locks() == ()
    with fresh.locked("Bob", 0) as dead:
        assert dead is None


def test_a_killed_holder_frees_the_lock_at_once_and_is_named(
    place: Place, fresh: Store, first: StoreState, figure: Figure
) -> None:
    waits = []
    for _round in range(3):
        process = holding(place)
        with pytest.raises(Locked, match="held by Ada"), fresh.locked("Bob", 0):
            pass
        moment = killed(process)
        with fresh.locked("Bob", 10) as dead:
            waits.append(time.monotonic() - moment)
            assert dead is not None
            assert (dead.who, dead.alive) == ("Ada", False)
            assert fresh.write(following(fresh.read())) > 1
        with fresh.locked("Bob", 0) as dead:
            assert dead is None
    figure(f"the lock of a killed holder: free after {max(waits):.2f} s at most, of {len(waits)} kills")


def test_the_trace_of_a_killed_holder_is_listed_and_released(place: Place, fresh: Store, first: StoreState) -> None:
    killed(holding(place))
    end = time.monotonic() + 10
    while any(lock.alive for lock in fresh.database.locks()):
        assert time.monotonic() < end
        time.sleep(0.05)
    (lock,) = fresh.database.locks()
    assert (lock.who, lock.alive) == ("Ada", False)
    assert fresh.database.release("autre") is False
    assert fresh.database.release(lock.id) is True
    assert fresh.database.locks() == ()
    with fresh.locked("Bob", 0) as dead:
        assert dead is None


def test_a_living_holder_keeps_a_file_and_loses_a_connection(place: Place, fresh: Store, first: StoreState) -> None:
    process = holding(place)
    (lock,) = fresh.database.locks()
    if isinstance(place, FilePlace):
        with pytest.raises(Locked, match="held by Ada"):
            fresh.database.release(lock.id)
        assert fresh.database.locks() == (lock,)
    else:
        assert fresh.database.release(lock.id) is True
        with fresh.locked("Bob", 10):
            pass
    killed(process)


def test_the_lock_is_courtesy_the_swap_protects(place: Place, fresh: Store, first: StoreState) -> None:
    """A write that did not ask for the lock is not lost, and the one that did is refused when it comes too late."""
    with fresh.locked("Ada", 0):
        assert opened_store(place).write(following(first, "p2")) == 2
        with pytest.raises(Exception, match="changed since"):
            fresh.write(following(first, "p3"))
    assert len(fresh.history()) == 2


def test_no_lock_without_asking(place: Place, fresh: Store, first: StoreState) -> None:
    assert fresh.database.locks() == ()
    assert fresh.database.release("x") is False
    if isinstance(place, FilePlace):
        assert not place.path.with_name("registre.sqlite3.lock").exists()
    else:
        assert isinstance(place, BasePlace)
        assert place.rows("SELECT count(*) FROM locks") == [(0,)]


def test_a_damaged_trace_is_nobodys(tmp_path: object, place: Place, fresh: Store, first: StoreState) -> None:
    if not isinstance(place, FilePlace):
        return
    beside = place.path.with_name("registre.sqlite3.lock")
    for text in (b"{", b"[]", b'{"id": 1}', b"\xff" * 5000, b'{"id": "a"}'):
        beside.write_bytes(text)
        assert fresh.database.locks() == ()
        with fresh.locked("Bob", 0) as dead:
            assert dead is None
    beside.unlink()
    beside.symlink_to(place.root / "cible")
    with pytest.raises(Exception, match="cannot be used"), fresh.locked("Bob", 0):
        pass
    assert not (place.root / "cible").exists()


def test_the_file_of_the_lock_is_its_owners_alone(tmp_path: Path, say: Translator) -> None:
    """Whoever may write to it may hold the store, or write another's name into it."""
    place = FilePlace(tmp_path)
    before = os.umask(0)
    try:
        with opened_store(place).locked("Ada", 0):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.path.with_name("registre.sqlite3.lock").stat().st_mode) == 0o600
