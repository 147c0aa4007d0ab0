from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import translator_for
from chorus_config.model.errors import Exit, Unavailable, UsageFault
from chorus_config.sources.http.faults import ApiFault, TokenRefused
from chorus_config.sources.http.session import Session
from chorus_config.sources.http.settings import ApiSettings
from chorus_config.sources.request import SourceRequest
from tests.servers.loopback import ApiServer, Reply, Seen, reset, server_error, unauthorized
from tests.servers.no_waiting import Hands, hands

__all__ = ["hands"]

REQUEST = SourceRequest(Path(), translator_for("en"), per_second=None)


def settings_of(server: ApiServer, **other: Any) -> ApiSettings:
    return ApiSettings("the API", server.url, server.oauth, *server.client, **other)


def echo(seen: Seen) -> Reply:
    return Reply(data={"path": seen.path, "query": seen.query, "body": seen.body.decode()})


def test_a_call_is_made_with_a_token_and_the_headers_of_the_api() -> None:
    with ApiServer(echo) as server:
        settings = settings_of(server, scope="openid", headers={"cpro-account": "abc", "Accept": "text/json"})
        with Session(settings, REQUEST) as session:
            got = session.post("/v1/rechercher", {"ville": "Angoulême"})
            session.post("/v1/vide", {})
            asked = session.get("/v1/liste", {"page": 2, "q": "a b"})
    assert (got.status, got.data["body"]) == (200, '{"ville":"Angoulême"}')
    assert asked.data["query"] == {"page": ["2"], "q": ["a b"]}
    assert server.paths() == ["/oauth/token", "/v1/rechercher", "/v1/vide", "/v1/liste"]
    assert server.seen[0].form["scope"] == "openid"
    assert server.seen[2].body == b"{}"
    sent = server.seen[1].headers
    assert sent["authorization"] == "Bearer token-1"
    assert sent["cpro-account"] == "abc"
    assert sent["accept"] == "text/json"
    assert sent["content-type"] == "application/json;charset=utf-8"
    assert sent["user-agent"].startswith("chorus-config/")


def test_no_scope_is_sent_where_there_is_none() -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        session.get("/")
    assert "scope" not in server.seen[0].form


@pytest.mark.parametrize("status", [200, 202, 206])
def test_success_has_its_status_and_data(status: int) -> None:
    with ApiServer(lambda _seen: Reply(status, {"n": 1})) as server, Session(settings_of(server), REQUEST) as session:
        assert session.get("/") == session.post("/", {})
        assert (session.get("/").status, session.get("/").data) == (status, {"n": 1})


def test_204_has_no_data() -> None:
    with ApiServer(lambda _seen: Reply(204)) as server, Session(settings_of(server), REQUEST) as session:
        assert (session.get("/").status, session.get("/").data) == (204, None)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 415, 422])
def test_a_status_that_is_no_success_is_told_and_not_asked_again(status: int) -> None:
    reply = Reply(status, [{"error": "NotFoundReference"}], headers={"WWW-Authenticate": "Bearer x"})
    with ApiServer(lambda _seen: reply) as server:
        with Session(settings_of(server), REQUEST) as session, pytest.raises(ApiFault) as raised:
            session.get("/v1/structures/21")
        assert len(server.seen) == 2
    fault = raised.value
    assert (fault.status, fault.data) == (status, [{"error": "NotFoundReference"}])
    assert (fault.challenge, fault.path) == ("Bearer x", "/v1/structures/21")
    assert fault.code is Exit.UNAVAILABLE
    assert str(fault).startswith("the API ")
    assert f"/v1/structures/21, {status})" in str(fault)


def test_the_query_is_not_shown() -> None:
    with (
        ApiServer(lambda _seen: Reply(404)) as server,
        Session(settings_of(server), REQUEST) as session,
        pytest.raises(ApiFault) as raised,
    ):
        session.get("/v1", {"mail": "alix@valmont.example"})
    assert "alix" not in str(raised.value)


def test_401_once_renews_the_token() -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        session.get("/one")
        server.revoke()
        assert session.get("/two").status == 200
        session.get("/three")
    assert server.paths() == ["/oauth/token", "/one", "/two", "/oauth/token", "/two", "/three"]


def test_401_again_is_told_with_its_challenge() -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.always(unauthorized("Bearer error_description=wrong"), at="/one")
        with pytest.raises(ApiFault) as raised:
            session.get("/one")
    assert (raised.value.status, raised.value.challenge) == (401, "Bearer error_description=wrong")
    assert server.paths() == ["/oauth/token", "/one", "/oauth/token", "/one"]


def test_a_token_is_renewed_before_its_end(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        session.get("/one")
        hands.passed += 3600 - 241
        session.get("/two")
        hands.passed += 2
        session.get("/three")
    assert server.paths() == ["/oauth/token", "/one", "/two", "/oauth/token", "/three"]


def test_a_client_that_is_refused_is_told_without_its_secret() -> None:
    with ApiServer(echo) as server:
        settings = ApiSettings("the API", server.url, server.oauth, "an-id", "not-it", variables=("ID", "SECRET"))
        with Session(settings, REQUEST) as session, pytest.raises(TokenRefused) as raised:
            session.get("/")
    assert "the client of the API is refused at 127.0.0.1" in str(raised.value)
    assert "(401 invalid_client)" in str(raised.value)
    assert str(raised.value).endswith("(ID, SECRET)")
    for secret in ("an-id", "not-it"):
        assert secret not in str(raised.value)
        assert secret not in repr(settings)
    assert server.paths() == ["/oauth/token"]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(data={"token": "x"}), "cannot be read"),
        (Reply(data=["x"]), "cannot be read"),
        (Reply(data={"access_token": "a\nb"}), "cannot be read"),
        (Reply(data={"access_token": "é"}), "cannot be read"),
        (Reply(204), "cannot be read"),
        (Reply(404), "does not know"),
        (Reply(400, {"error": "x" * 100}), "is refused at 127.0.0.1"),
        (Reply(403, ["x"]), "(403)"),
    ],
)
def test_an_authorization_server_that_gives_no_token_is_told(reply: Reply, told: str) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(reply, at="/oauth/token")
        with pytest.raises(Unavailable, match=r".*") as raised:
            session.get("/")
    assert told in str(raised.value)
    assert "x" * 50 not in str(raised.value)
    assert server.paths() == ["/oauth/token"]


def test_an_authorization_server_that_is_down_is_asked_again(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(server_error(502), reset(), at="/oauth/token")
        assert session.get("/").status == 200
    assert hands.waited == [0.5, 1.0]


def test_items_come_in_their_order_several_at_once() -> None:
    together = threading.Barrier(3, timeout=20)

    def handler(seen: Seen) -> Reply:
        together.wait()
        return echo(seen)

    labels = []

    def follow(items: Iterable[Any], count: int | None, label: str) -> Iterable[Any]:
        labels.append((count, label))
        return items

    with ApiServer(handler) as server:
        request = replace(REQUEST, most_parallel=3, follow=follow)
        with Session(settings_of(server), request) as session:
            found = [*session.each(lambda n: session.get(f"/{n}").data["path"], [*range(9)], "structures")]
            assert server.tokens == 1
            assert [*session.each(lambda n: n, iter([1]), "more")] == [1]
    assert found == [f"/{n}" for n in range(9)]
    assert labels == [(9, "structures"), (None, "more")]


def test_the_first_error_stops_all_and_is_the_one_that_is_told() -> None:
    blocked, asked = threading.Event(), threading.Event()

    def handler(seen: Seen) -> Reply:
        if seen.path == "/0":
            asked.set()
            blocked.wait(20)
            return Reply(503)
        asked.wait(20)
        return Reply(403)

    def ask(session: Session, n: int) -> Any:
        try:
            return session.get(f"/{n}")
        finally:
            blocked.set()

    with ApiServer(handler) as server, Session(settings_of(server), replace(REQUEST, most_parallel=2)) as session:
        with pytest.raises(ApiFault) as raised:
            [*session.each(lambda n: ask(session, n), [*range(100)], "structures")]
        assert raised.value.status == 403
        # The first one was waiting for its answer, and is not asked again.
        assert {one.path for one in server.seen} == {"/oauth/token", "/0", "/1"}
        server.always(Reply(200, 1))
        assert session.get("/").data == 1


def test_who_turns_away_stops_all() -> None:
    def turn_away(results: Iterator[int]) -> int:
        return next(results)

    done: list[int] = []
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        results = session.each(lambda n: done.append(n) or n, range(1000), "structures")  # type: ignore[func-returns-value]
        assert turn_away(results) == 0
        results.close()  # type: ignore[attr-defined]
    assert len(done) < 10


class Silent:
    """Serves `/fails` and `/well` once somebody waits at another path, where nothing ever comes."""

    def __init__(self) -> None:
        self.asked, self.over = threading.Event(), threading.Event()

    def answer(self, seen: Seen) -> Reply:
        if seen.path in {"/fails", "/well"}:
            assert self.asked.wait(30)
            return Reply(200 if seen.path == "/well" else 403, {})
        self.asked.set()
        self.over.wait(90)
        return Reply(data={})


@pytest.mark.parametrize("warm", [False, True], ids=["new-connection", "used-connection"])
def test_after_a_failure_nobody_waits_for_a_server_that_is_silent(warm: bool) -> None:
    silent = Silent()
    with ApiServer(silent.answer) as server, Session(settings_of(server), replace(REQUEST, most_parallel=2)) as session:
        if warm:
            silent.asked.set()
            session.get("/well")
            silent.asked.clear()
        began = time.monotonic()
        with pytest.raises(ApiFault) as raised:
            [*session.each(session.get, ["/silent", "/fails", "/never"], "structures")]
        # Silence alone lasts 60 seconds.
        assert time.monotonic() - began < 20
        silent.over.set()
        assert session.get("/well").status == 200
    assert raised.value.status == 403
    assert "/never" not in server.paths()


def test_who_ends_the_program_does_not_wait_for_a_server_that_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = Silent()

    def interrupted(self: Future[Any], timeout: float | None = None) -> Any:
        assert silent.asked.wait(30)
        raise KeyboardInterrupt

    with ApiServer(silent.answer) as server, Session(settings_of(server), REQUEST) as session:
        monkeypatch.setattr(Future, "result", interrupted)
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            [*session.each(session.get, ["/silent", "/silent"], "structures")]
        assert time.monotonic() - began < 20
        silent.over.set()


def test_an_address_that_cannot_be_used_is_refused_before_anything_is_sent() -> None:
    settings = ApiSettings("the API", "http://api.example", "https://oauth.example", "a", "b")
    with pytest.raises(UsageFault, match="https:// alone"):
        Session(settings, REQUEST)


def test_without_httpx_it_says_what_to_install() -> None:
    code = """
import sys
sys.modules["httpx"] = None
from tests.sources.http.test_session import REQUEST
from chorus_config.sources.http.session import Session
from chorus_config.sources.http.settings import ApiSettings
from chorus_config.model.errors import Unavailable
try:
    Session(ApiSettings("the API", "https://api.example", "https://oauth.example", "a", "b"), REQUEST)
except Unavailable as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "pip install 'chorus-config[http]'" in done.stdout


def test_httpx_is_loaded_with_the_first_session_only() -> None:
    code = "import sys, chorus_config.sources.http.session; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"
