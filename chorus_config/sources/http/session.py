"""Calls to an API: with a token, at a pace, again where that serves, and never further than its own host.

httpx makes the connections: it verifies certificates (SSL_CERT_FILE, SSL_CERT_DIR) and goes through the proxies of the
environment (HTTPS_PROXY, NO_PROXY).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import closing
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlencode

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.model.errors import Unavailable
from chorus_config.sources.http.clock import Clock
from chorus_config.sources.http.faults import NO_JSON, ApiFault, Teller, TokenRefused
from chorus_config.sources.http.parallel import in_order
from chorus_config.sources.http.settings import ApiSettings, Limits, check, host_of
from chorus_config.sources.http.token import Token, is_token
from chorus_config.sources.request import SourceRequest
from chorus_config.yamltext.characters import printable

if TYPE_CHECKING:
    from chorus_config.sources.http.exchange import Exchange, Received

Item = TypeVar("Item")
Result = TypeVar("Result")

# What a session takes that is given none of its own; tests put others here.
CLOCK = Clock()
LIMITS = Limits()

_JSON: Final = {"Accept": "application/json", "Content-Type": "application/json;charset=utf-8"}
_FORM: Final = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
_SUCCESS: Final = frozenset({200, 202, 204, 206})


class Answer(Struct, frozen=True):
    """An answer of success: its status (200, 202, 204, 206), and its data, None where it has no content."""

    status: int
    data: Any


class Session:
    """Asks an API; a context manager, so that its connections end with it.

    Raises UsageFault for an address or a header that cannot be used, Unavailable without httpx.
    """

    def __init__(
        self, settings: ApiSettings, request: SourceRequest, clock: Clock | None = None, limits: Limits | None = None
    ) -> None:
        check(settings, request.say)
        self._settings = settings
        self._request = request
        self._limits = limits or LIMITS
        self._tell = Teller(settings.name, request.say)
        self._stop = Event()
        self._exchange = self._opened(clock or CLOCK)
        self._date = ""
        self._token = Token(self._ask_token, clock or CLOCK)

    def _opened(self, clock: Clock) -> Exchange:
        try:
            from chorus_config.sources.http.exchange import Exchange  # noqa: PLC0415, since httpx is slow, and may be missing
        except ModuleNotFoundError as error:
            if error.name != "httpx":
                raise
            message = _("{name} cannot be asked: the program lacks what speaks HTTP. Install it with: {command}")
            command = "pip install 'chorus-config[http]'"
            raise Unavailable(self._request.say(message, name=self._settings.name, command=command)) from None
        return Exchange(self._tell, self._limits, clock, self._request, self._stop)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._exchange.close()

    def sign_in(self) -> str:
        """Ask for a token and for nothing else; return the instant that its server gave as `Date`, "" for none.

        Raises Unavailable, TokenRefused when the credentials are.
        """
        self._token.value()
        return self._date

    def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Answer:
        """Ask for a path under the address of the API. Raises ApiFault for a status that is no success, else Unavailable."""
        return self._answer("GET", path, None, query)

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Ask with a body, `{}` when it is empty. Raises ApiFault for a status that is no success, else Unavailable."""
        return self._answer("POST", path, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())

    def each(self, function: Callable[[Item], Result], items: Iterable[Item], label: str) -> Iterator[Result]:
        """Yield what a function makes of items, in their order, several at once; the first error stops all.

        The function may call `get` and `post`, but not `each`. How far it is shows under `label`.
        """
        count = len(items) if isinstance(items, Sized) else None
        most = max(1, self._request.most_parallel)
        with closing(in_order(function, items, most, self._stop, self._exchange.break_off)) as results:
            yield from self._request.follow(results, count, label)

    def _answer(self, method: str, path: str, body: bytes | None, query: Mapping[str, str | int] | None = None) -> Answer:
        address = self._settings.api + path + (f"?{urlencode(query)}" if query else "")
        token = self._token.value()
        received = self._send(method, address, body, token)
        if received.status == 401:
            # A token may end early; whoever renewed it meanwhile did it for all.
            received = self._send(method, address, body, self._token.value(refused=token))
        if received.status not in _SUCCESS:
            raise self._fault(received, path)
        return Answer(received.status, received.data)

    def _send(self, method: str, address: str, body: bytes | None, token: str) -> Received:
        headers = {**_JSON, **self._settings.headers, "Authorization": f"Bearer {token}"}
        return self._exchange.send(method, address, headers, body)

    def _fault(self, received: Received, path: str) -> ApiFault:
        message = self._tell.status(received.status, received.place)
        return ApiFault(message, received.status, received.data, received.challenge, path)

    def _ask_token(self) -> Any:
        settings = self._settings
        form = {"grant_type": "client_credentials", "client_id": settings.client_id, "client_secret": settings.client_secret}
        form |= {"scope": settings.scope} if settings.scope else {}
        received = self._exchange.send("POST", settings.oauth, _FORM, urlencode(form).encode())
        self._date = received.date
        if received.status in _SUCCESS and is_token(received.data):
            return received.data
        raise self._no_token(received)

    def _no_token(self, received: Received) -> Unavailable:
        """Return why there is no token. Of the error only its code is shown: what is beside it may repeat what was sent."""
        error = received.data.get("error") if isinstance(received.data, dict) else None
        if received.status in _SUCCESS:
            return self._tell.unavailable(NO_JSON, received.place)
        if received.status not in {400, 401, 403}:
            return Unavailable(self._tell.status(received.status, received.place))
        why = f"{received.status} {error}" if isinstance(error, str) and len(error) <= 40 else str(received.status)
        message = _(
            "the client of {name} is refused at {host} ({why}): check its identifier and its secret, that both are those of "
            "this environment, and that they were not renewed meanwhile"
        )
        shown = self._request.say(message, name=self._settings.name, host=host_of(self._settings.oauth), why=printable(why))
        names = ", ".join(self._settings.variables)
        return TokenRefused(f"{shown} ({names})" if names else shown)
