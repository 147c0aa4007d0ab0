"""A clock for calls that are made again: it notes how long they would have waited, and lets time pass at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from typing import Final

import pytest

from chorus_config.sources.http import session
from chorus_config.sources.http.clock import Clock

NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Hands:
    """The hands of a clock that stands still until somebody waits; `waited` are the waits, in order."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.passed = 0.0
        self._lock = Lock()

    def sleep(self, seconds: float, _wake: Event) -> None:
        """Let time pass."""
        with self._lock:
            self.waited.append(round(seconds, 3))
            self.passed += seconds

    @property
    def clock(self) -> Clock:
        """The clock, as a session takes it."""
        return Clock(lambda: self.passed, lambda: NOON + timedelta(seconds=self.passed), self.sleep, lambda: 0.0)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """Every session of the test has this clock: import it into the test module, and take it."""
    made = Hands()
    monkeypatch.setattr(session, "CLOCK", made.clock)
    return made
