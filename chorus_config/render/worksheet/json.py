"""A worksheet (schemas/worksheet.schema.json), and what `confirm` did (schemas/confirm.schema.json), as JSON, format 1.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chorus_config.diff.fields import steps
from chorus_config.model.operation import Confirmation
from chorus_config.render.worksheet.by_screen import ScreenGesture, ShownScreen
from chorus_config.render.worksheet.tasks import Task
from chorus_config.render.worksheet.view import Worksheet, WorksheetStructure


def worksheet_document(sheet: Worksheet) -> dict[str, Any]:
    """Return the document of a worksheet; sensitive values stand in it masked, as in the operations."""
    return {
        "format_version": "1.0",
        "type": "worksheet",
        "source": sheet.source,
        "planned": sheet.planned,
        "targets": [*sheet.targets],
        "operations": sheet.count,
        "access": [*sheet.access],
        "structures": [_structure(structure) for structure in sheet.structures],
        "dropped": [_dropped(task) for task in sheet.given_up],
    }


def _structure(structure: WorksheetStructure) -> dict[str, Any]:
    return {
        "root": structure.root,
        "label": structure.label,
        "path": structure.path,
        "operations": [_task(t) for t in structure.tasks],
        "screens": [_screen(screen) for screen in structure.screens],
    }


def _screen(screen: ShownScreen) -> dict[str, Any]:
    known = screen.screen
    return {
        "name": known.name if known else None,
        "block": screen.block,
        "way": [*screen.way],
        "certainty": known.certainty if known else "unverified",
        "source": screen.source,
        "doubt": screen.doubt,
        "leave_alone": screen.alone,
        "answer": screen.answer,
        "undo": screen.undo,
        "gestures": [_gesture(gesture) for gesture in screen.gestures],
    }


def _gesture(gesture: ScreenGesture) -> dict[str, Any]:
    operation, rows = gesture.task.operation, {row.key for row in gesture.rows}
    paths = [field.path for field in gesture.task.item.change.fields if ".".join(steps(field.path)) in rows]
    return {
        "operation": operation.id or None,
        "address": operation.address,
        "part": gesture.part,
        "parts": gesture.parts,
        "fields": paths,
    }


def _task(task: Task) -> dict[str, Any]:
    operation = task.operation
    rows = {row.key: (block, row) for block, row in task.rows}
    fields = [(*rows[".".join(steps(field.path))], field) for field in task.item.change.fields]
    return {
        "id": operation.id or None,
        "address": operation.address,
        "op": operation.op,
        "gesture": operation.gesture,
        "plan": operation.plan or None,
        "opened_at": operation.opened_at or None,
        "who": [*task.who],
        "person": task.person or None,
        "hints": [*task.hints],
        "fields": [
            {
                "block": block,
                "label": row.label,
                "path": field.path,
                "before": field.before,
                "after": field.after,
                "hidden": row.hidden,
            }
            for block, row, field in fields
        ],
    }


def _dropped(task: Task) -> dict[str, Any]:
    one = task.operation
    return {**_task(task), "closed_at": one.closed_at, "closed_by": one.closed_by, "reason": one.reason}


def confirm_document(confirmation: Confirmation, error: Mapping[str, object] | None = None) -> dict[str, Any]:
    """Return the document of a walk; `error` (exit_code, message) says why it ended before its end."""
    document = {
        "format_version": "1.0",
        "type": "confirm",
        "targets": [*confirmation.targets],
        "entered": [
            {"id": o.operation.id, "address": o.operation.address} for o in confirmation.settled if o.state == "entered"
        ],
        "dropped": [
            {"id": o.operation.id, "address": o.operation.address, "reason": o.reason}
            for o in confirmation.settled
            if o.state == "dropped"
        ],
        "reopened": [{"id": one.id, "address": one.address} for one in confirmation.reopened],
        "elsewhere": [{"id": one.id, "address": one.address} for one in confirmation.elsewhere],
        "open_in_scope": confirmation.left,
        "open_operations": confirmation.total,
        "portal_changed": False,
    }
    return document if error is None else {**document, "error": dict(error)}
