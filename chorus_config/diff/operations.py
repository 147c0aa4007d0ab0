"""From the changes of a plan to what somebody does for them on the portal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from chorus_config.diff.fields import is_on_portal, is_renamed_by_portal
from chorus_config.diff.sensitive import shown_value
from chorus_config.model.address import Address
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Change, FieldChange, Plan


def operations_of(plan: Plan) -> tuple[Operation, ...]:
    """Return one operation per change that touches the portal, in the order of the plan; sensitive values stay masked."""
    return tuple(each_operation(plan.changes, date.fromisoformat(plan.as_of)))


def each_operation(changes: Iterable[Change], day: date) -> Iterator[Operation]:
    """Yield the operations of some changes of a plan: of a great one, they are more than anybody holds.

    What only the project declares (comptabilité, raccordement…) and what the portal of the plan's day does not have is approved
    without anything to enter, and a structure whose sheet is gone is forgotten, not deleted from the portal.
    """
    for change in changes:
        if is_entered(change, day):
            rows = tuple([{"path": field.path, "before": field.before, "after": field.after} for field in change.fields])
            yield Operation(str(change.address), change.op, rows, noted=change.gesture)


def is_entered(change: Change, day: date | None) -> bool:
    """Tell whether a change is one that somebody enters on the portal of a day (None: of any day)."""
    if change.op == "delete" and change.address.parent == change.address:
        return False
    return any(is_asked(change, field, day) for field in change.fields)


def is_asked(change: Change, field: FieldChange, day: date | None) -> bool:
    """Tell whether a field of a change is one that somebody enters on the portal of a day (None: of any day).

    The portal of a day has no field that came later or went before, and itself made users of its secondary managers.
    """
    group = change.address.group
    if not is_on_portal(group, field.path, day):
        return False
    return day is None or not is_renamed_by_portal(group, field.path, field.before, field.after, day)


def operation_of(change: Change) -> Operation:
    """Return a change in the form of an operation; sensitive values are masked."""
    return Operation(str(change.address), change.op, tuple(_row(change.address, field) for field in change.fields))


def _row(address: Address, field: FieldChange) -> dict[str, Any]:
    before, after = (shown_value(address.group, field.path, side) for side in (field.before, field.after))
    return {"path": field.path, "before": before, "after": after}
