"""The token of an API: asked for once, renewed before its end, and when it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Lock
from typing import Any, Final

from chorus_config.sources.http.clock import Clock

_SHORTEST_MARGIN: Final = 60.0
_LONGEST_MARGIN: Final = 240.0
# Where the server does not say how long: long enough to be of use, short enough to be safe.
_UNSAID: Final = 600.0
_BEARER: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")


class Token:
    """Holds a token. `ask` asks for one and returns the answer of the server; it raises Unavailable when there is none."""

    def __init__(self, ask: Callable[[], Any], clock: Clock) -> None:
        self._ask = ask
        self._clock = clock
        self._lock = Lock()
        self._value = ""
        self._until = 0.0

    def value(self, refused: str = "") -> str:
        """Return a token that holds; another one than `refused`, which the API does not take any more."""
        with self._lock:
            if not self._value or self._value == refused or self._clock.monotonic() >= self._until:
                began = self._clock.monotonic()
                answer = self._ask()
                self._value = answer["access_token"]
                self._until = began + _held(answer.get("expires_in"))
            return self._value


def is_token(answer: Any) -> bool:
    """Tell whether the answer of a server holds a token that can be sent."""
    value = answer.get("access_token") if isinstance(answer, dict) else None
    return isinstance(value, str) and _BEARER.fullmatch(value) is not None


def _held(expires_in: Any) -> float:
    """Return for how many seconds a token is used: it ends before the server ends it."""
    try:
        seconds = float(expires_in)
    except (TypeError, ValueError, OverflowError):
        seconds = _UNSAID
    if not 0 < seconds < float("inf"):
        seconds = _UNSAID
    margin = min(_LONGEST_MARGIN, max(_SHORTEST_MARGIN, seconds / 10))
    return max(seconds - margin, seconds / 2)
