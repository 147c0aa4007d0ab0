"""The connections of a session, so that calls in flight end when it is stopped: a read that waits for a silent server would
otherwise be waited for, too.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import Event, Lock
from typing import Any, Final
from weakref import WeakSet

# How httpcore calls what gives a new connection, one to a proxy and one behind it too.
_OPENED: Final = (".connect_tcp.complete", ".start_tls.complete")


class Connections:
    """Knows the connections that httpx opens: `traced` is given to every call as its extension `trace`."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._streams: WeakSet[Any] = WeakSet()
        self._lock = Lock()

    def traced(self, event: str, info: Mapping[str, Any]) -> None:
        """Note a connection; one that comes about after the stop is of no use any more."""
        stream = info.get("return_value")
        if stream is None or not event.endswith(_OPENED):
            return
        with self._lock:
            self._streams.add(stream)
        if self._stop.is_set():
            _shut(stream)

    def break_off(self) -> None:
        """End all connections: who reads or writes on one gets an error at once."""
        with self._lock:
            for stream in self._streams:
                _shut(stream)


def _shut(stream: Any) -> None:
    found = stream.get_extra_info("socket")
    if isinstance(found, socket.socket):
        # Closing alone wakes nobody who reads. Of an encrypted one, too, it is the connection below that is shut.
        with suppress(OSError):
            socket.socket.shutdown(found, socket.SHUT_RDWR)
