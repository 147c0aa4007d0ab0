"""Time, as the calls see it: tests give them one that does not wait."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

from msgspec import Struct


def _wall() -> datetime:
    return datetime.now(UTC)


def _sleep(seconds: float, wake: Event) -> None:
    wake.wait(seconds)


class Clock(Struct, frozen=True):
    """`monotonic` measures, `wall` knows the date, `sleep` waits until the time is over or somebody wakes it.

    `jitter` is between 0 and 1: those who wait for the same thing do not all come back at once.
    """

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], datetime] = _wall
    sleep: Callable[[float, Event], None] = _sleep
    jitter: Callable[[], float] = random.random
