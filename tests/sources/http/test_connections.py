from __future__ import annotations

import socket
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from chorus_config.sources.http.connections import Connections


class Stream:
    def __init__(self, found: object) -> None:
        self._found = found

    def get_extra_info(self, name: str) -> Any:
        assert name == "socket"
        return self._found


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(30)
        far.settimeout(30)
        yield near, far


@pytest.mark.parametrize(
    "event", ["connection.connect_tcp.complete", "connection.start_tls.complete", "proxy.start_tls.complete"]
)
def test_what_was_opened_is_ended_by_the_stop(event: str, pair: tuple[socket.socket, socket.socket]) -> None:
    stop = Event()
    connections = Connections(stop)
    stream = Stream(pair[0])
    connections.traced(event, {"return_value": stream})
    pair[1].send(b"x")
    assert pair[0].recv(1) == b"x"
    connections.break_off()
    assert pair[0].recv(1) == b""


def test_what_is_opened_after_the_stop_is_ended_at_once(pair: tuple[socket.socket, socket.socket]) -> None:
    stop = Event()
    stop.set()
    Connections(stop).traced("connection.connect_tcp.complete", {"return_value": Stream(pair[0])})
    assert pair[0].recv(1) == b""


def test_what_is_no_new_connection_is_left_alone(pair: tuple[socket.socket, socket.socket]) -> None:
    connections = Connections(Event())
    stream = Stream(pair[0])
    connections.traced("http11.receive_response_headers.complete", {"return_value": stream})
    connections.traced("connection.connect_tcp.started", {"host": "api.example"})
    connections.break_off()
    pair[1].send(b"x")
    assert pair[0].recv(1) == b"x"


def test_what_is_closed_already_or_has_no_socket_is_no_trouble(pair: tuple[socket.socket, socket.socket]) -> None:
    connections = Connections(Event())
    streams = [Stream(None), Stream(pair[1]), Stream(pair[0])]
    for stream in streams:
        connections.traced("connection.connect_tcp.complete", {"return_value": stream})
    pair[1].close()
    connections.break_off()
    assert pair[0].recv(1) == b""
