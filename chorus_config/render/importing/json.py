"""An import as its JSON document (schemas/import.schema.json)."""

from __future__ import annotations

from typing import Any

from chorus_config.model.importing import ImportDraft, Imported


def import_document(draft: ImportDraft, done: Imported) -> dict[str, Any]:
    """Return what was written, left and noted, and the changes that a plan against the same source has."""
    return {
        "format_version": "1.0",
        "type": "import",
        "written": [],
        "sheets": [
            {
                "path": one.file.path,
                "root": one.root,
                "name": one.name,
                "replaced": one.file.old is not None,
                "to_fill_in": [*one.to_fill_in],
                "repaired": one.repaired,
                "comments_kept": not one.loses_comments,
                "errors": sum(finding.level == "error" for finding in one.findings),
            }
            for one in draft.sheets
        ],
        "warnings": [
            {"path": found.path, "rule": found.rule, "pointer": found.pointer, "message": found.message}
            for one in draft.sheets
            for found in one.warnings
        ],
        "project_file": draft.project_file.path if draft.project_file is not None else None,
        "kept": dict(draft.kept),
        "unknown": [*draft.unknown],
        "plan_changes": [{"address": str(one.address), "op": one.op} for one in done.changes],
        "recorded": done.recorded,
        "left": [{"address": str(one.address), "op": one.op} for one in done.left],
        "waiting": [*done.waiting],
        "budgets_without_structure": dict(draft.without_structure),
    }
