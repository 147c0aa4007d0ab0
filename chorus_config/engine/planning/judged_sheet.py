"""What is kept of a sheet that a first plan judged as soon as it was read."""

from __future__ import annotations

from msgspec import Struct

from chorus_config.model.plan import Change
from chorus_config.model.streamed.packed_record import PackedRecord


class JudgedSheet(Struct, frozen=True):
    """The judged changes of a sheet, what people call it, and the record that approving them would leave."""

    changes: tuple[Change, ...]
    name: str
    record: PackedRecord
