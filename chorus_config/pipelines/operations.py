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
        if is_entered(change)
    )


def is_entered(change: Change) -> bool:
    """Tell whether a change is one that somebody enters on the portal."""
    if change.op == "delete" and change.address.parent == change.address:
        return False
    return any(on_portal(change.address.group, field.path) for field in change.fields)


def on_portal(group: str, path: str) -> bool:
    """Tell whether a field stands on the portal; some only the project declares."""
    return field_schema(group, path).get("x-portail") is not False
