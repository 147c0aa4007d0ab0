"""What both databases share: who asks for a lock, how long to wait for one, and the words for an end that nobody knows."""

from __future__ import annotations

import getpass
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from secrets import token_hex

from chorus_config.i18n.mark import _
from chorus_config.i18n.translator import Translator
from chorus_config.model.store_state import Lock

_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0


def holder(who: str) -> Lock:
    """Return a lock for somebody: a name given, else the login; an id that nobody can guess or repeat."""
    return Lock(token_hex(4), who or login(), socket.gethostname(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def login() -> str:
    """Return the name under which this process runs, "?" when the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def unsure(say: Translator, path: object, why: str) -> str:
    """Return what to tell when it is the very end of a write that failed: then nobody knows, but the store."""
    told = _(
        "the store {path} failed at the very end of the write ({why}): whether it was written, `chorus-config history` tells"
    )
    return say(told, path=path, why=why)


def attempts(timeout: float) -> Iterator[None]:
    """Yield once per attempt, with pauses that double, until so many seconds have passed; at least once."""
    end, pause = time.monotonic() + timeout, _FIRST_PAUSE
    yield
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(pause, left))
        pause = min(pause * 2, _LONGEST_PAUSE)
        yield
