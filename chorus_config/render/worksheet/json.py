"""A worksheet as JSON, format 1.0 (schemas/worksheet.schema.json)."""

from __future__ import annotations

from typing import Any

from chorus_config.diff.fields import steps
from chorus_config.render.worksheet.view import Task, Worksheet, WorksheetStructure


def worksheet_document(sheet: Worksheet) -> dict[str, Any]:
    """Return the document of a worksheet; sensitive values stand in it masked, as in the operations."""
    return {
        "format_version": "1.0",
        "type": "worksheet",
        "source": sheet.source,
        "planned": sheet.planned,
        "targets": [*sheet.targets],
        "operations": sheet.count,
        "structures": [_structure(structure) for structure in sheet.structures],
    }


def _structure(structure: WorksheetStructure) -> dict[str, Any]:
    return {
        "root": structure.root,
        "label": structure.label,
        "path": structure.path,
        "operations": [_task(t) for t in structure.tasks],
    }


def _task(task: Task) -> dict[str, Any]:
    operation = task.operation
    rows = {row.key: (block, row) for block, row in task.rows}
    fields = [(*rows[".".join(steps(field.path))], field) for field in task.item.change.fields]
    return {
        "id": operation.id or None,
        "address": operation.address,
        "op": operation.op,
        "plan": operation.plan or None,
        "opened_at": operation.opened_at or None,
        "who": [*task.who],
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
