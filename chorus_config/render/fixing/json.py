"""What mending comes to, as JSON (schemas/fix.schema.json)."""

from __future__ import annotations

from typing import Any

from chorus_config.i18n.translator import Translator
from chorus_config.model.finding import Finding
from chorus_config.model.fixing import FixRun, MendedFile, SetRun
from chorus_config.render.fixing.diff import changes_diff
from chorus_config.render.shared.paint import plain


def fix_document(run: FixRun, say: Translator, *, diff: bool = False) -> dict[str, Any]:
    """Return the document: the files in which something is mended or left, and the counts; with `diff`, how each changes."""
    mended, unsafe, by_hand = run.counts
    told = [file for file in run.files if file.change.is_one or file.mended.left]
    return {
        "format_version": "1.0",
        "type": "fix",
        "written": run.written,
        "files": [_file(file, say, diff=diff) for file in told],
        "summary": {"mended": mended, "unsafe": unsafe, "by_hand": by_hand},
    }


def _file(file: MendedFile, say: Translator, *, diff: bool) -> dict[str, Any]:
    change, left = file.change, file.mended.left
    return {
        "path": change.path,
        "renamed": change.renamed or None,
        "encoding": file.encoding or None,
        "read": not file.unread,
        "mended": [_finding(one) for one in file.mended.done],
        "unsafe": [_finding(one) for one in left if one.fix is not None],
        "by_hand": [_finding(one) for one in left if one.fix is None],
        "refused": [
            {**_finding(one.finding), "stopped_by": [rule for rule, _title in one.stopped_by]} for one in file.mended.refused
        ],
        **({"diff": changes_diff([change], say, plain)} if diff else {}),
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "pointer": one.pointer,
        "line": one.span.line,
        "column": one.span.column,
        "message": one.message,
        "fix": one.fix.description if one.fix is not None else None,
    }


def set_document(run: SetRun, say: Translator) -> dict[str, Any]:
    """Return the document of a change in many sheets: how each changes, how many do not, what some lack, and new warnings."""
    return {
        "format_version": "1.0",
        "type": "set",
        "written": run.written,
        "files": [{"path": one.path, "diff": changes_diff([one], say, plain)} for one in run.changed],
        "unchanged": run.unchanged,
        "without": [{"path": path, "field": field} for path, field in run.without],
        "warnings": [{"path": one.path, **_finding(one)} for one in run.warnings],
    }
