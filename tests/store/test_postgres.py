"""PostgreSQL's own: who comes in and who does not, told without anybody's name, and soon."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chorus_config.i18n.translator import Translator
from chorus_config.model.errors import ChorusConfigError, Locked, ProjectFault, Refused, Unavailable
from chorus_config.store.address import postgres_url as read_url
from chorus_config.store.store import Store
from tests.conftest import Figure
from tests.postgres import Server, password_user
from tests.store.places import BasePlace, approval, following

_NAMES = ("ada_lovelace", "s3cret", "AdaByEnvironment")


@pytest.fixture
def ada(postgres_server: Server, postgres_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database for a user who needs a password."""
    monkeypatch.delenv("PGPASSWORD", raising=False)
    return postgres_server.url(postgres_database, password_user(postgres_server, postgres_database))


def refused(url: str, root: Path, say: Translator) -> ChorusConfigError:
    """Return how reading, writing and locking end, which must be one and the same, with nobody's name."""
    store, ends = Store(url, root, say), []
    for act in (store.read, store.history, lambda: store.write(approval()), lambda: store.locked("Ada", 0).__enter__()):
        with pytest.raises(ChorusConfigError) as raised:
            act()
        told = str(raised.value)
        assert "\n" not in told
        assert not [name for name in _NAMES if name in told], told
        ends.append(raised.value)
    assert {(type(end), end.code) for end in ends} == {(Unavailable, 69)}
    return ends[0]


def test_the_password_comes_from_the_environment(
    ada: str, tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "s3cret")
    store = Store(ada, tmp_path, say)
    assert store.write(approval()) == 1
    assert "ada_lovelace" not in store.url + store.read().snapshot.source


def test_a_wrong_password_is_69(ada: str, tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "faux s3cret")
    assert "password" in str(refused(ada, tmp_path, say))


def test_no_password_is_69(ada: str, tmp_path: Path, say: Translator) -> None:
    assert "password" in str(refused(ada, tmp_path, say))


def test_an_unknown_user_is_69(postgres_server: Server, postgres_database: str, tmp_path: Path, say: Translator) -> None:
    refused(postgres_server.url(postgres_database, "AdaByEnvironment"), tmp_path, say)


def test_an_unknown_user_of_the_environment_is_69(
    postgres_url: str, tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGUSER", "AdaByEnvironment")
    refused(postgres_url.replace("postgres@", ""), tmp_path, say)


def test_no_such_database_is_69(postgres_server: Server, tmp_path: Path, say: Translator) -> None:
    assert "absente" in str(refused(postgres_server.url("absente"), tmp_path, say))


def test_no_server_is_69(tmp_path: Path, say: Translator) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        refused(f"postgresql+psycopg://ada_lovelace@127.0.0.1:{free.getsockname()[1]}/base", tmp_path, say)


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)
        yield server.getsockname()[1]


def test_a_server_that_does_not_answer_is_69_in_time(
    silent: int, tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch, figure: Figure
) -> None:
    monkeypatch.setattr("chorus_config.store.postgres._CONNECT_SECONDS", 2)
    store, start = Store(f"postgresql+psycopg://ada_lovelace@127.0.0.1:{silent}/base", tmp_path, say), time.monotonic()
    with pytest.raises(Unavailable) as raised:
        store.read()
    waited = time.monotonic() - start
    assert "ada_lovelace" not in str(raised.value)
    assert waited < 6
    figure(f"a server that never answers: 69 after {waited:.1f} s, with a limit of 2 s")


def test_a_connect_timeout_of_the_address_is_kept(silent: int, tmp_path: Path, say: Translator) -> None:
    store, start = Store(f"postgresql+psycopg://127.0.0.1:{silent}/base?connect_timeout=2", tmp_path, say), time.monotonic()
    with pytest.raises(Unavailable):
        store.read()
    assert time.monotonic() - start < 6


def test_without_psycopg_the_extra_is_named(tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Unavailable, match=r"pip install 'chorus-config\[postgres\]'"):
        Store("postgresql+psycopg://h/b", tmp_path, say).read()


def test_a_driver_that_is_too_old_is_69_too(tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    psycopg = pytest.importorskip("psycopg")
    monkeypatch.setattr(psycopg, "__version__", "3.0.0")
    with pytest.raises(Unavailable, match=r"pip install 'chorus-config\[postgres\]'"):
        Store("postgresql+psycopg://h/b", tmp_path, say).read()


@pytest.mark.parametrize("query", ["password=s3cret", "sslpassword=s3cret", "PASSWORD=s3cret"])
def test_no_password_in_any_part_of_the_address(say: Translator, query: str) -> None:
    with pytest.raises(ProjectFault) as raised:
        read_url(f"postgresql+psycopg://h/b?{query}", say)
    assert "s3cret" not in str(raised.value)


def test_no_right_to_read_is_69(ada: str, tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "s3cret")
    Store(ada.replace("ada_lovelace", "postgres"), tmp_path, say).write(approval())
    with pytest.raises(Unavailable, match="permission denied"):
        Store(ada, tmp_path, say).read()


def test_a_role_that_may_only_read(
    ada: str, postgres_server: Server, tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "s3cret")
    postgres_database = ada.partition("@/")[2].partition("?")[0]
    owner = Store(ada.replace("ada_lovelace", "postgres"), tmp_path, say)
    owner.write(approval())
    postgres_server.execute("GRANT USAGE ON SCHEMA chorus_config TO ada_lovelace", database=postgres_database)
    postgres_server.execute("GRANT SELECT ON ALL TABLES IN SCHEMA chorus_config TO ada_lovelace", database=postgres_database)
    reader = Store(ada, tmp_path, say)
    assert reader.read().snapshot.serial == 1
    with pytest.raises(Unavailable, match="permission denied"):
        reader.write(following(reader.read()))
    assert owner.read().snapshot.serial == 1


def test_another_database_of_the_server_has_its_own_lock(
    postgres_server: Server, postgres_url: str, tmp_path: Path, say: Translator
) -> None:
    other = Store(postgres_server.url(postgres_server.create()), tmp_path, say)
    here = Store(postgres_url, tmp_path, say)
    with here.locked("Ada", 0), other.locked("Bob", 0):
        assert [lock.who for lock in here.database.locks()] == ["Ada"]
        assert [lock.who for lock in other.database.locks()] == ["Bob"]
        with pytest.raises(Locked, match="Ada"), here.locked("Eve", 0):
            pass


def test_a_killed_backend_frees_the_lock_and_the_holder_is_told(
    postgres_server: Server, postgres_url: str, postgres_database: str, tmp_path: Path, say: Translator
) -> None:
    store = Store(postgres_url, tmp_path, say)
    with store.locked("Ada", 0):
        (lock,) = store.database.locks()
        assert store.database.release(lock.id)
        with Store(postgres_url, tmp_path, say).locked("Bob", 5) as dead:
            # `release` took her row with her connection.
            assert dead is None
    assert store.database.locks() == ()
    assert postgres_server.connections(postgres_database) == 0


def test_releasing_the_trace_of_somebody_dead_ends_nobody_elses_connection(
    postgres_server: Server, postgres_url: str, postgres_database: str, tmp_path: Path, say: Translator
) -> None:
    """A server gives the number of a connection that is gone to a new one."""
    import psycopg

    store = Store(postgres_url, tmp_path, say)
    store.write(approval())
    with psycopg.connect(host=postgres_server.folder, user="postgres", dbname=postgres_database, autocommit=True) as other:
        told = "INSERT INTO chorus_config.locks VALUES ('0a1b', 'Ada', 'poste', '2016-10-01T08:00:00Z', pg_backend_pid())"
        other.execute(told)
        assert [lock.alive for lock in store.database.locks()] == [False]
        assert store.database.release("0a1b")
        assert other.execute("SELECT 1").fetchone() == (1,)


def test_a_server_of_stricter_isolation_tells_the_loser_to_try_again(
    postgres_server: Server, postgres_url: str, tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c default_transaction_isolation=serializable")
    store = Store(postgres_url, tmp_path, say)
    store.write(approval())
    held, ends, start = store.read(), list[object](), threading.Barrier(4)

    def write(number: int) -> None:
        start.wait()
        try:
            ends.append(Store(postgres_url, tmp_path, say).write(following(held, f"p{number}")))
        except ChorusConfigError as error:
            ends.append(type(error))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [end for end in ends if isinstance(end, int)] == [2]
    assert {end for end in ends if not isinstance(end, int)} <= {Refused, Locked}


def test_two_stores_in_one_are_damage_to_every_reader_and_writer(
    postgres_server: Server, postgres_url: str, postgres_database: str, tmp_path: Path, say: Translator
) -> None:
    store = Store(postgres_url, tmp_path, say)
    store.write(approval())
    held = store.read()
    words = "INSERT INTO meta SELECT 'x', serial, format, written_at, secret FROM meta"
    postgres_server.execute(words, database=postgres_database)
    for act in (store.read, store.ledger, store.operations, store.history, lambda: store.write(following(held))):
        with pytest.raises(Unavailable, match="damaged"):
            act()


def test_whoever_makes_the_schema_waits_for_its_turn(
    postgres_server: Server, postgres_database: str, tmp_path: Path, say: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chorus_config.store.postgres._BUSY_SECONDS", 1)
    place = BasePlace(tmp_path, postgres_server.url(postgres_database), postgres_server, postgres_database)
    store = Store(place.url, tmp_path, say)
    with place.writing(), pytest.raises(Locked):
        store.database.prepare()
    assert store.database.locks() == ()
