"""What `doctor` found: one line for each thing it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

CheckStatus = Literal["ok", "warning", "fault"]
STATUSES: Final[tuple[CheckStatus, ...]] = ("ok", "warning", "fault")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `name` says which, the same for ever; `message` and `remedy` are in the user's language.

    `fault` hinders the work, `warning` may. `remedy` is what to do, "" when there is nothing.
    """

    name: str
    status: CheckStatus
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """All that was looked at, in the order in which it is to be mended; `online`: sources were asked, too."""

    checks: tuple[Check, ...]
    online: bool = False

    def count(self, status: CheckStatus) -> int:
        """Return how many checks ended so."""
        return sum(one.status == status for one in self.checks)
