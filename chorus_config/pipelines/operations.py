"""From an approved plan to what somebody must enter on the portal."""

from __future__ import annotations

from chorus_config.resources.fields import field_schema
from chorus_config.words.change import Change
from chorus_config.words.operation import Operation
from chorus_config.words.plan import Plan


def operations(plan: Plan) -> tuple[Operation, ...]:
    """Return one operation per change that touches the portal, in the order of the plan; sensitive values stay masked.

    What only the project declares (comptabilité, raccordement…) is approved without anything to enter, and a structure whose
    sheet is gone is forgotten, not deleted from the portal.
    """
    return tuple(
        Operation(
            str(change.address),
            change.op,
            tuple({"path": field.path, "before": field.before, "after": field.after} for field in change.fields),
        )
        for change in plan.changes
        if _is_entered(change)
    )


def _is_entered(change: Change) -> bool:
    if change.op == "delete" and change.address.parent == change.address:
        return False
    group = change.address.group
    return any(field_schema(group, field.path).get("x-portail") is not False for field in change.fields)
