"""An HTTP server on loopback that answers what it is told to, and misbehaves when it is told to; one with OAuth in front.

`with LoopbackServer(handler) as server:` serves at `server.url`; `server.misbehave(reset(), too_many("1"), at="/path")` puts
replies in front of those of the handler; `server.seen` are all requests. What the handler raises, the end of the `with` raises.
"""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Literal, Self
from urllib.parse import parse_qs, urlsplit

JSON: Final = "application/json;charset=utf-8"
HTML: Final = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>De retour bient\xc3\xb4t</body></html>"


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came; the names of headers are in small letters."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back: `data` as JSON, or the bytes of `body`; `ends` otherwise than well, after `delay` seconds."""

    status: int = 200
    data: Any = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    ends: Literal["well", "cut", "reset"] = "well"
    delay: float = 0.0

    def content(self) -> bytes:
        """Return the bytes of the body."""
        if self.body is not None:
            return self.body
        return b"" if self.data is None else json.dumps(self.data, ensure_ascii=False).encode()


Handler = Callable[[Seen], Reply]


# What goes wrong, by name.


def too_many(retry_after: str | None = None, status: int = 429) -> Reply:
    """429 (or 503), with Retry-After or without."""
    return Reply(status, headers={} if retry_after is None else {"Retry-After": retry_after})


def unauthorized(challenge: str = "") -> Reply:
    """401 without a body."""
    return Reply(401, headers={"WWW-Authenticate": challenge} if challenge else {})


def forbidden_empty() -> Reply:
    """403 without a body: an API that is not enabled, or terms that were not accepted."""
    return Reply(403)


def server_error(status: int = 500) -> Reply:
    """500, 502, … with a web page."""
    return Reply(status, body=HTML, headers={"Content-Type": "text/html"})


def html() -> Reply:
    """A web page where data is due, and all is well."""
    return Reply(200, body=HTML, headers={"Content-Type": "text/html;charset=utf-8"})


def reset() -> Reply:
    """The connection is thrown away before an answer."""
    return Reply(ends="reset")


def cut() -> Reply:
    """The body ends before its length."""
    return Reply(data={"half": "of it" * 20}, ends="cut")


def slow(seconds: float = 30.0) -> Reply:
    """Nothing comes for a long time."""
    return Reply(data={}, delay=seconds)


def gzip_bomb(size: int = 64 * 1024 * 1024) -> Reply:
    """A small answer that unpacks to a large one."""
    return Reply(body=gzip.compress(b"[" + b" " * size + b"]"), headers={"Content-Encoding": "gzip"})


def redirect(location: str, status: int = 307) -> Reply:
    """The call is to be made elsewhere."""
    return Reply(status, headers={"Location": location})


def deep_json(depth: int = 100_000) -> Reply:
    """Lists in lists in lists."""
    return Reply(body=b"[" * depth + b"]" * depth)


class LoopbackServer:
    """Serves on a free port of this machine; over TLS when it is given a certificate."""

    def __init__(self, handler: Handler | None = None, certificate: str = "") -> None:
        self.seen: list[Seen] = []
        self._handler = handler
        self._troubles: list[tuple[str, list[int], deque[Reply | None]]] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._raised: list[BaseException] = []
        self._server = _Server(self)
        self._scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self._scheme = "https"

    @property
    def port(self) -> int:
        """The port that it listens at."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"{self._scheme}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        if self._raised:
            raise self._raised[0]

    def misbehave(self, *replies: Reply | None, at: str = "", after: int = 0) -> None:
        """Send these replies, each once, to requests whose path ends so, after `after` of them; None is a good one."""
        with self._lock:
            self._troubles.append((at, [after], deque(replies)))

    def always(self, reply: Reply, at: str = "", after: int = 0) -> None:
        """Send a reply for ever."""
        self.misbehave(*[reply] * 1000, at=at, after=after)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [one.path for one in self.seen]

    def asked(self, end: str) -> list[Seen]:
        """Return the requests whose path ends so."""
        return [one for one in self.seen if one.path.endswith(end)]

    def respond(self, seen: Seen) -> Reply:
        """Return the reply to a request."""
        if self._handler is None:
            return Reply(404)
        return self._handler(seen)

    def answer(self, seen: Seen) -> Reply:
        """Return what is sent back: trouble first."""
        with self._lock:
            self.seen.append(seen)
            trouble = self._trouble(seen.path)
        if trouble is not None:
            self._over.wait(trouble.delay)
            return trouble
        try:
            return self.respond(seen)
        except BaseException as error:
            self._raised.append(error)
            return Reply(500, {"raised": str(error)})

    def _trouble(self, path: str) -> Reply | None:
        for at, after, replies in self._troubles:
            if not path.endswith(at) or not replies:
                continue
            if after[0] > 0:
                after[0] -= 1
                continue
            return replies.popleft()
        return None


class ApiServer(LoopbackServer):
    """A server whose API wants a token that it gave out at `/oauth/token` to the right client."""

    client: Final = ("client-of-tests", "secret-of-tests")

    def __init__(self, handler: Handler | None = None, expires_in: object = 3600) -> None:
        super().__init__(handler)
        self.expires_in = expires_in
        self.tokens = 0
        self._revoked: set[str] = set()

    @property
    def oauth(self) -> str:
        """Where tokens are."""
        return f"{self.url}/oauth/token"

    def revoke(self) -> None:
        """Take no token any more that was given out so far."""
        self._revoked |= {f"Bearer token-{number}" for number in range(1, self.tokens + 1)}

    def respond(self, seen: Seen) -> Reply:
        """Return the reply to a request: a token, 401 without one, else what the handler says."""
        if seen.path == "/oauth/token":
            return self._token(seen)
        own = {f"Bearer token-{number}" for number in range(1, self.tokens + 1)} - self._revoked
        if seen.headers.get("authorization") not in own:
            return unauthorized('Bearer error="invalid_token"')
        return super().respond(seen)

    def _token(self, seen: Seen) -> Reply:
        form = seen.form
        assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
        assert form["grant_type"] == "client_credentials"
        if (form["client_id"], form["client_secret"]) != self.client:
            return Reply(401, {"error": "invalid_client", "error_description": f"no client {form['client_id']}"})
        self.tokens += 1
        answer = {"access_token": f"token-{self.tokens}", "token_type": "Bearer", "scope": form.get("scope", "")}
        return Reply(data=answer if self.expires_in is None else {**answer, "expires_in": self.expires_in})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, owner: LoopbackServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that turn away are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, the name is that of the library
        """Say nothing."""

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        length = self.headers.get("content-length", "0" if self.command == "GET" else "")
        body = self.rfile.read(int(length or 0))
        if not length or len(body) < int(length):
            # Whoever asked was stopped, and broke off within the request.
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.owner.answer(Seen(self.command, parts.path, parse_qs(parts.query), headers, body))
        if reply.ends == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        content = reply.content()
        sent = {"Content-Type": JSON, **reply.headers, "Content-Length": str(len(content))}
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items() if reply.status != 204 or name != "Content-Type")
        if reply.ends == "cut":
            content = content[: len(content) // 2]
            self.close_connection = True
        self.wfile.write(f"HTTP/1.1 {reply.status} X\r\n{head}\r\n".encode() + content)
