"""How fast calls are begun."""

from __future__ import annotations

from threading import Event, Lock

from chorus_config.sources.http.clock import Clock


class Pace:
    """Begins at most so many calls a second, whoever makes them, and none before the service wants to be asked again."""

    def __init__(self, per_second: float | None, clock: Clock, wake: Event) -> None:
        self._apart = 1 / per_second if per_second else 0.0
        self._clock = clock
        self._wake = wake
        self._lock = Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Wait until a call may be begun."""
        with self._lock:
            now = self._clock.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._apart
        if turn > now:
            self._clock.sleep(turn - now, self._wake)

    def hold(self, seconds: float) -> None:
        """Begin no call for some seconds."""
        with self._lock:
            self._next = max(self._next, self._clock.monotonic() + seconds)
