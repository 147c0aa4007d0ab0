"""When a call is made again: only reading is, so that a second time does no harm.

| what happened | what is done |
|---|---|
| not connected, cut off, silent, 500, 502, 504 | again, after a wait that doubles |
| 429, 503 with Retry-After | again after that; not when it is longer than a call may take |
| 429, 503 without | again, after a longer wait that doubles |
| another status | not again |
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Final

from chorus_config.sources.http.clock import Clock

TRIES: Final = 5
# After so many calls in a row whose tries were all in vain, nothing is tried again.
IN_A_ROW: Final = 5
LONGEST_WAIT: Final = 120.0
BUSY: Final = frozenset({429, 503})
RETRIED: Final = BUSY | {500, 502, 504}
# A run of any size may make this many calls again, and one in ten beside; and bear this many failures of all that run at once.
_SPARE: Final = 20
_BLIPS: Final = 2
_FIRST_WAIT: Final = 0.5
_FIRST_WAIT_BUSY: Final = 4.0


class Retries:
    """What is left of the patience of a run whose calls are made `at_once`: those fail together."""

    def __init__(self, clock: Clock, at_once: int = 1) -> None:
        self._clock = clock
        self._spare = max(_SPARE, _BLIPS * (TRIES - 1) * at_once)
        self._lock = Lock()
        self._calls = 0
        self._again = 0
        self._row = 0

    def begin(self) -> None:
        """Note a new call."""
        with self._lock:
            self._calls += 1

    def well(self) -> None:
        """Note an answer: the service is there."""
        with self._lock:
            self._row = 0

    def ill(self, status: int | None = None) -> None:
        """Note a call that was given up; `status` as below. Who asks for patience is not out of order."""
        with self._lock:
            self._row += status not in BUSY

    def wait(self, tries: int, status: int | None = None, after: str = "") -> float | None:
        """Return how many seconds to wait before the next try, None for no other try.

        `status` None: no answer came. `after` is the header Retry-After.
        """
        busy = status in BUSY
        asked = seconds_of(after, self._clock.wall()) if busy else None
        with self._lock:
            if tries >= TRIES or self._row >= IN_A_ROW or self._again >= self._spare + self._calls // 10:
                return None
            if asked is not None and asked > LONGEST_WAIT:
                return None
            self._again += 1
        if asked is not None:
            return asked
        first = _FIRST_WAIT_BUSY if busy else _FIRST_WAIT
        return float(first * 2 ** (tries - 1) * (1 + self._clock.jitter() / 2))


def seconds_of(after: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After asks for (seconds, or an HTTP date), None when it says nothing that can be read."""
    text = after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        then = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return max(0.0, (then if then.tzinfo else then.replace(tzinfo=UTC)).timestamp() - now.timestamp())
