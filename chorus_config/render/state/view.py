"""A structure or account as a store holds it: what is approved, beside what is known to be on the portal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from chorus_config.i18n.translator import _
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Change
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record

Confirmed = Literal["yes", "partly", "no"]
CONFIRMED: Final[dict[Confirmed, str]] = {
    "yes": _("confirmed"),
    "partly": _("confirmed in part"),
    "no": _("not confirmed"),
}


class RecordStatus(Struct, frozen=True):
    """What is approved, what of it is confirmed (None: nothing), what is not (`left`), every operation there was,
    and the numbers of those that were dropped and are not on the portal."""

    record: Record
    confirmed: Body | None
    left: tuple[Change, ...]
    operations: tuple[Operation, ...]
    given_up: frozenset[int] = frozenset()

    @property
    def is_confirmed(self) -> Confirmed:
        """Whether all that is approved is known to be on the portal."""
        if self.confirmed is None:
            return "no"
        return "partly" if self.left else "yes"

    @property
    def waiting(self) -> Sequence[Operation]:
        """The operations still to be entered."""
        return tuple(one for one in self.operations if one.state == "open")
