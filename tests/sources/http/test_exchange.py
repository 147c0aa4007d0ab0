from __future__ import annotations

import socket
import subprocess
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.model.errors import Unavailable
from chorus_config.sources.http.faults import ApiFault
from chorus_config.sources.http.session import Session
from chorus_config.sources.http.settings import ApiSettings, Limits
from tests.once import missing_tool
from tests.servers.loopback import (
    ApiServer,
    LoopbackServer,
    Reply,
    Seen,
    cut,
    deep_json,
    forbidden_empty,
    gzip_bomb,
    html,
    redirect,
    reset,
    server_error,
    slow,
    too_many,
)
from tests.servers.no_waiting import NOON, Hands, hands
from tests.sources.http.test_session import REQUEST, echo, settings_of

__all__ = ["hands"]


def told(session: Session, path: str = "/x") -> str:
    with pytest.raises(Unavailable) as raised:
        session.get(path)
    for secret in (*ApiServer.client, "token-"):
        assert secret not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("reply", "waits"),
    [
        (server_error(500), [0.5]),
        (server_error(502), [0.5]),
        (server_error(504), [0.5]),
        (reset(), [0.5]),
        (cut(), [0.5]),
        (Reply(body=b'{"half": '), [0.5]),
        (too_many(), [4.0]),
        (too_many(status=503), [4.0]),
        (too_many("7"), [7.0]),
        (too_many("0"), []),
        (too_many("120", status=503), [120.0]),
        (too_many(format_datetime(NOON + timedelta(seconds=30), usegmt=True)), [30.0]),
        (too_many(format_datetime(NOON - timedelta(days=1), usegmt=True)), []),
        (too_many("soon"), [4.0]),
    ],
)
def test_what_may_be_better_the_next_time_is_asked_again(hands: Hands, reply: Reply, waits: list[float]) -> None:
    limits = Limits(call=1000)
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST, limits=limits) as session:
        server.misbehave(reply, at="/x")
        assert session.get("/x").data["path"] == "/x"
    assert hands.waited == waits
    assert server.paths() == ["/oauth/token", "/x", "/x"]


def test_five_tries_then_it_is_told(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.always(server_error(502), at="/x")
        with pytest.raises(ApiFault) as raised:
            session.get("/x")
    assert hands.waited == [0.5, 1.0, 2.0, 4.0]
    assert (raised.value.status, raised.value.data) == (502, None)
    assert "is down or under maintenance (127.0.0.1:" in str(raised.value)


def test_too_many_calls_for_ever_are_told(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.always(too_many(), at="/x")
        assert "asks for fewer calls" in told(session)
    assert hands.waited == [4.0, 8.0, 16.0, 32.0]


def test_a_wait_that_is_too_long_is_not_waited_for(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.always(too_many("21600"), at="/x")
        assert "asks for fewer calls" in told(session)
    assert hands.waited == []


def test_a_call_never_takes_longer_than_its_limit(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.always(too_many("50"), at="/x")
        assert "asks for fewer calls" in told(session)
    assert hands.waited == [50.0, 50.0]


@pytest.mark.parametrize("replies", [(None,), (server_error(502), None)])
def test_who_waits_for_a_turn_is_not_late(hands: Hands, replies: tuple[Reply | None, ...]) -> None:
    """With a call every 200 seconds, each waits longer for its turn than it may take itself."""
    with ApiServer(echo) as server, Session(settings_of(server), replace(REQUEST, per_second=0.005)) as session:
        server.misbehave(*replies, at="/x")
        assert session.get("/x").status == 200
    assert hands.passed >= 200 * len(replies)


def test_who_is_held_back_for_another_is_not_late() -> None:
    hands = Hands()

    def handler(_seen: Seen) -> Reply:
        # Meanwhile the API asked somebody else for patience.
        session._exchange._pace.hold(500)
        return server_error(502) if hands.passed < 500 else Reply(data={})

    with ApiServer(handler) as server, Session(settings_of(server), REQUEST, hands.clock) as session:
        assert session.get("/x").status == 200


def test_after_five_calls_in_a_row_that_fail_nothing_is_tried_again(hands: Hands) -> None:
    # So many at once that the patience of the run is not at its end.
    with ApiServer(echo) as server, Session(settings_of(server), replace(REQUEST, most_parallel=8)) as session:
        server.always(server_error(), at="/x")
        for _call in range(5):
            told(session)
        assert len(server.asked("/x")) == 25
        server.misbehave(server_error(), at="/y")
        told(session, "/y")
        assert session.get("/z").status == 200
        server.misbehave(server_error(), at="/y")
        assert session.get("/y").status == 200
    assert len(server.asked("/y")) == 3


@pytest.mark.parametrize("failures", [1, 4])
def test_a_blip_while_many_calls_are_made_at_once_goes_by(hands: Hands, failures: int) -> None:
    paths = [f"/{number}" for number in range(8)]
    with ApiServer(echo) as server, Session(settings_of(server), replace(REQUEST, most_parallel=8)) as session:
        for path in paths:
            server.misbehave(*[server_error(502)] * failures, at=path)
        assert [answer.status for answer in session.each(session.get, paths, "structures")] == [200] * 8
    assert len(hands.waited) == 8 * failures


def test_calls_one_by_one_that_fail_for_a_moment_are_not_out_of_order(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), replace(REQUEST, most_parallel=1)) as session:
        server.misbehave(*[server_error()] * 4, at="/a")
        server.misbehave(*[server_error()] * 4, at="/b")
        assert [session.get(path).status for path in ("/a", "/b")] == [200] * 2


def test_the_patience_of_a_run_has_an_end(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        # Each call fails once and is well the second time.
        server.misbehave(*[server_error(), None] * 100, at="/x")
        for _call in range(20):
            session.get("/x")
        while len(server.seen) < 60:
            try:
                session.get("/x")
            except ApiFault:
                break
    assert 20 <= len(hands.waited) <= 24


def test_a_web_page_instead_of_data(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(html(), at="/x")
        assert "answers with a web page instead of data (127.0.0.1:" in told(session)
        server.misbehave(Reply(body=b"\xef\xbb\xbf <html>"), at="/x")
        assert "web page" in told(session)
    assert hands.waited == []


def test_data_that_is_no_json_again_and_again(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.always(Reply(body=b"[NaN]"), at="/x")
        assert "cannot be read as JSON" in told(session)
    assert len(hands.waited) == 4


def test_an_answer_that_is_cut_again_and_again(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.always(cut(), at="/x")
        assert "breaks off before its answer is whole" in told(session)


def test_a_connection_that_is_reset_again_and_again(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.always(reset(), at="/x")
        assert "breaks off before its answer is whole" in told(session)
    assert len(server.asked("/x")) == 5


def test_a_gzip_bomb(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(gzip_bomb(), at="/x")
        assert "more data than is credible" in told(session)
    assert hands.waited == []


def test_a_gzip_bomb_behind_an_error(hands: Hands) -> None:
    bomb = gzip_bomb()
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(Reply(404, body=bomb.body, headers=bomb.headers), at="/x")
        assert "more data than is credible" in told(session)


def test_deep_json(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(deep_json(), deep_json(40), deep_json(32), at="/x")
        assert "nested deeper than is credible" in told(session)
        assert "nested deeper than is credible" in told(session)
        assert session.get("/x").status == 200


def test_an_answer_too_slow_to_wait_for(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST, limits=Limits(silence=0.1)) as session:
        server.always(slow(), at="/x")
        assert "does not answer in time" in told(session)
    assert len(server.asked("/x")) == 5


def test_an_answer_that_drips_is_not_waited_for_for_ever() -> None:
    hands = Hands()

    def handler(_seen: Seen) -> Reply:
        hands.passed += 121
        return Reply(data={})

    with ApiServer(handler) as server, Session(settings_of(server), REQUEST, hands.clock) as session:
        assert "does not answer in time" in told(session)
    assert len(server.asked("/x")) == 1


def test_403_empty(hands: Hands) -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(forbidden_empty(), at="/x")
        assert "refuses the access" in told(session)


def test_a_redirect_to_another_host_is_not_followed() -> None:
    with LoopbackServer(echo) as other, ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(redirect(f"{other.url}/x"), redirect("http://[bad"), redirect("https://127.0.0.1/x"), at="/x")
        assert f"sends the call on to 127.0.0.1:{other.port}, where no credentials are sent" in told(session)
        assert "sends the call on to ?" in told(session)
        assert "sends the call on to 127.0.0.1," in told(session)
    assert other.seen == []


def test_a_redirect_on_the_same_host_is_followed_with_its_body() -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(redirect("/y"), at="/x")
        assert session.post("/x", {"n": 1}).data["body"] == '{"n":1}'
        server.misbehave(redirect("y", 302), at="/x")
        assert session.get("/x").data["path"] == "/y"
        # A browser would ask again without the body.
        server.misbehave(redirect("/y", 302), at="/x")
        with pytest.raises(Unavailable, match="sends the call on"):
            session.post("/x", {"n": 1})


def test_a_redirect_in_circles() -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.always(redirect("/x"), at="/x")
        assert "round in circles" in told(session)


def test_another_packing_than_was_asked_for() -> None:
    with ApiServer(echo) as server, Session(settings_of(server), REQUEST) as session:
        server.misbehave(Reply(body=b"x", headers={"Content-Encoding": "br"}), at="/x")
        assert "in a way that nobody asked for" in told(session)
    assert server.seen[1].headers["accept-encoding"] == "gzip"


def test_nobody_listens(hands: Hands) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Session(ApiSettings("the API", address, address, "a", "b"), REQUEST) as session:
        assert "the API cannot be reached (127.0.0.1:" in told(session)
    assert hands.waited == [0.5, 1.0, 2.0, 4.0]


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 70 + ".invalid"])
def test_a_name_that_nobody_knows(hands: Hands, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    address = f"https://{host}"
    with Session(ApiSettings("the API", address, address, "a", "b"), REQUEST) as session:
        assert f"cannot be reached ({host}): nobody knows this name" in told(session)


def test_the_proxy_of_the_environment_is_asked_but_never_for_this_machine(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LoopbackServer(lambda _seen: Reply(403)) as proxy, ApiServer(echo) as server:
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with Session(settings_of(server), REQUEST) as session:
            assert session.get("/x").status == 200
        address = "https://api.example"
        with Session(ApiSettings("the API", address, address, "a", "b"), REQUEST) as session:
            assert "the proxy does not let through to the API (api.example): " in told(session)
    assert hands.waited == []


def test_a_proxy_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://secret@proxy")
    with pytest.raises(Unavailable, match="check SSL_CERT_FILE, SSL_CERT_DIR and the proxies") as raised:
        Session(ApiSettings("the API", "https://api.example", "https://api.example", "a", "b"), REQUEST)
    assert "secret" not in str(raised.value)


def test_certificates_that_are_none_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(Unavailable, match="check SSL_CERT_FILE"):
        Session(ApiSettings("the API", "https://api.example", "https://api.example", "a", "b"), REQUEST)


@pytest.fixture
def certificate(tmp_path: Path) -> str:
    """A key and a certificate of this machine that nobody signed."""
    missing_tool("openssl")
    path = tmp_path / "own.pem"
    command: list[Any] = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path, "-out", tmp_path / "cert.pem",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + (tmp_path / "cert.pem").read_text())
    return str(path)


def test_a_certificate_that_cannot_be_verified_stops_all_and_SSL_CERT_FILE_is_respected(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, certificate: str
) -> None:
    reply = Reply(data={"access_token": "x"})
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with LoopbackServer(lambda _seen: reply, certificate) as server:
        settings = ApiSettings("the API", server.url, server.url, "a", "b")
        with Session(settings, REQUEST) as session:
            assert "the certificate of the API cannot be verified" in told(session)
        assert server.seen == []
        monkeypatch.setenv("SSL_CERT_FILE", certificate)
        with Session(settings, REQUEST) as session:
            assert session.get("/x").status == 200
    assert hands.waited == []
