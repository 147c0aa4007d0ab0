"""What `doctor` found: one line for each thing it looked at."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

CheckStatus = Literal["ok", "warning", "fault"]
STATUSES: Final[tuple[CheckStatus, ...]] = ("ok", "warning", "fault")


class Check(Struct, frozen=True):
    """One thing that was looked at: `name` says which, the same for ever; `message` and `remedy` are in the user's language.

    `fault` hinders the work, `warning` may. `remedy` is what to do, "" when there is nothing.
    """

    name: str
    status: CheckStatus
    message: str
    remedy: str = ""


class Examination(Struct, frozen=True):
    """All that was looked at, in the order in which it is to be mended; `online`: sources were asked, too."""

    checks: tuple[Check, ...]
    online: bool = False

    def count(self, status: CheckStatus) -> int:
        """Return how many checks ended so."""
        return sum(one.status == status for one in self.checks)
