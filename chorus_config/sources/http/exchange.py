"""One call after the other over httpx: tried again where that serves, its answer read within limits."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator, Mapping
from itertools import count
from threading import Event
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import httpx
from msgspec import Struct

import chorus_config
from chorus_config.i18n.translator import _
from chorus_config.model.errors import Unavailable
from chorus_config.sources.http import faults
from chorus_config.sources.http.clock import Clock
from chorus_config.sources.http.connections import Connections
from chorus_config.sources.http.content import decoded, unpacked
from chorus_config.sources.http.faults import ContentFault, StoppedCall, Teller
from chorus_config.sources.http.pace import Pace
from chorus_config.sources.http.retry import BUSY, RETRIED, Retries
from chorus_config.sources.http.settings import Limits, host_of
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

_AGENT: Final = f"chorus-config/{chorus_config.__version__}"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 3
# This machine is never asked through a proxy.
_DIRECT: Final = ("all://localhost", "all://127.0.0.1", "all://[::1]")


class Received(Struct, frozen=True):
    """An answer: `data` is decoded, None without content, or with one that is no JSON behind a status that is no success."""

    status: int
    data: Any
    place: str
    challenge: str = ""
    after: str = ""
    location: str = ""
    date: str = ""


class _Call(Struct, frozen=True):
    method: str
    address: str
    headers: Mapping[str, str]
    body: bytes | None

    @property
    def place(self) -> str:
        """Where it goes, as it may be shown: without its query, which may name somebody."""
        return f"{host_of(self.address)}{urlsplit(self.address).path}"


class Exchange:
    """The connections to an API and its authorization server."""

    def __init__(self, tell: Teller, limits: Limits, clock: Clock, request: SourceRequest, stop: Event) -> None:
        self._tell = tell
        self._limits = limits
        self._clock = clock
        self._stop = stop
        self._connections = Connections(stop)
        self._pace = Pace(request.per_second, clock, stop)
        self._retries = Retries(clock, max(1, request.most_parallel))
        timeout = httpx.Timeout(limits.silence, connect=limits.connect)
        try:
            self._client = httpx.Client(timeout=timeout, mounts=dict.fromkeys(_DIRECT))
        except (OSError, ValueError, ImportError) as error:
            message = _("{name} cannot be asked: check SSL_CERT_FILE, SSL_CERT_DIR and the proxies of the environment ({why})")
            why = type(error).__name__
            raise Unavailable(tell.say(message, name=tell.name, why=why)) from None

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def break_off(self) -> None:
        """End the calls in flight at once; while the stop is set, they raise StoppedCall."""
        self._connections.break_off()

    def send(self, method: str, address: str, headers: Mapping[str, str], body: bytes | None) -> Received:
        """Return what comes back, whatever its status. Raises Unavailable, StoppedCall."""
        call = _Call(method, address, {**headers, "Accept-Encoding": "gzip", "User-Agent": _AGENT}, body)
        self._retries.begin()
        for _redirect in range(_MOST_REDIRECTS + 1):
            received = self._tried(call)
            if received.status not in _REDIRECTS:
                return received
            call = self._followed(call, received)
        raise self._tell.unavailable(faults.LOST, call.place)

    def _followed(self, call: _Call, received: Received) -> _Call:
        """Return the call that a redirect asks for, at the same host and in the same manner; raise Unavailable for others."""
        try:
            target = urljoin(call.address, received.location)
            old, new = urlsplit(call.address), urlsplit(target)
        except ValueError:
            raise self._tell.unavailable(faults.ELSEWHERE, call.place, other="?") from None
        same_place = (old.scheme, old.netloc) == (new.scheme, new.netloc)
        if not same_place or (call.method != "GET" and received.status not in {307, 308}):
            raise self._tell.unavailable(faults.ELSEWHERE, call.place, other=host_of(target))
        return _Call(call.method, target, call.headers, call.body)

    def _tried(self, call: _Call) -> Received:
        """Return the first answer that is not to be asked for again, or the last one.

        What a call may take is the time of its tries and of its own waits: its turn comes late because of others.
        """
        left = self._limits.call
        for tries in count(1):
            self._await_turn()
            began = self._clock.monotonic()
            outcome = self._once(call, began + left)
            left -= self._clock.monotonic() - began
            received = self._unless_stopped(outcome)
            if received is not None and received.status not in RETRIED:
                self._retries.well()
                return received
            status, after = (received.status, received.after) if received else (None, "")
            wait = self._retries.wait(tries, status, after)
            if wait is None or wait > left:
                break
            left -= wait
            self._rest(wait, received)
        self._retries.ill(status)
        if isinstance(outcome, Received):
            return outcome
        raise self._unanswered(call, outcome)

    def _unless_stopped(self, outcome: Received | httpx.TransportError | ContentFault) -> Received | None:
        """Return an answer, None for what is none; of a call that was broken off, nothing is to be told."""
        if isinstance(outcome, Received):
            return outcome
        if self._stop.is_set():
            raise StoppedCall
        return None

    def _await_turn(self) -> None:
        self._pace.wait()
        if self._stop.is_set():
            raise StoppedCall

    def _rest(self, wait: float, received: Received | None) -> None:
        if received is not None and received.status in BUSY:
            # It is the run that is too fast, not this call alone.
            self._pace.hold(wait)
        else:
            self._clock.sleep(wait, self._stop)

    def _once(self, call: _Call, end: float) -> Received | httpx.TransportError | ContentFault:
        """Return an answer, or what came of it where a second try may mend that. Raises Unavailable where it cannot."""
        try:
            return self._received(call, end)
        except ContentFault as fault:
            if fault.again:
                return fault
            raise self._tell.unavailable(fault.message, call.place) from None
        except httpx.TransportError as error:
            self._refuse_for_good(call, error)
            return error
        except (httpx.InvalidURL, UnicodeError):
            why = self._tell.say(_("nobody knows this name"))
            raise self._tell.unavailable(faults.UNREACHABLE, call.place, why=why) from None

    def _received(self, call: _Call, end: float) -> Received:
        traced = {"trace": self._connections.traced}
        with self._client.stream(
            call.method, call.address, headers=dict(call.headers), content=call.body, extensions=traced
        ) as response:
            status, head = response.status_code, response.headers
            encoding = head.get("content-encoding", "").strip().lower()
            body = unpacked(response.iter_raw(), encoding, self._limits.answer_bytes, lambda: self._on_time(end))
        return Received(
            status,
            self._data(status, body, head.get("content-type", "")),
            call.place,
            head.get("www-authenticate", ""),
            head.get("retry-after", ""),
            head.get("location", ""),
            head.get("date", ""),
        )

    def _on_time(self, end: float) -> None:
        # Drop by drop, an answer is never silent.
        if self._clock.monotonic() > end:
            raise ContentFault(faults.SILENT, again=True)

    def _data(self, status: int, body: bytes, kind: str) -> Any:
        try:
            return decoded(body, kind, self._limits.depth)
        except ContentFault:
            if status < 300:
                raise
            # What an error looks like is of no importance.
            return None

    def _refuse_for_good(self, call: _Call, error: httpx.TransportError) -> None:
        """Raise Unavailable for what a second try cannot mend."""
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
            raise self._tell.unavailable(faults.CERTIFICATE, call.place) from None
        if isinstance(error, httpx.ProxyError):
            raise self._tell.unavailable(faults.PROXY, call.place, why=printable(str(error)[:80])) from None

    def _unanswered(self, call: _Call, error: httpx.TransportError | ContentFault) -> Unavailable:
        if isinstance(error, ContentFault):
            return self._tell.unavailable(error.message, call.place)
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return self._tell.unavailable(faults.UNREACHABLE, call.place, why=self._tell.say(_why(error)))
        message = faults.SILENT if isinstance(error, httpx.TimeoutException) else faults.CUT
        return self._tell.unavailable(message, call.place)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _why(error: httpx.TransportError) -> str:
    """Return why no connection came about (a message id)."""
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return _("nobody knows this name")
        if isinstance(cause, OSError) and cause.errno == errno.ECONNREFUSED:
            return _("nobody listens there")
        if isinstance(cause, ssl.SSLError):
            return _("no encrypted connection came about")
    return _("nobody answers") if isinstance(error, httpx.TimeoutException) else _("there is no way there")
