"""Findings as JSON, format 1.0 (schemas/findings.schema.json)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from json.encoder import encode_basestring_ascii as quoted
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from chorus_config.model.finding import LEVELS, Finding, Fix
from chorus_config.model.secrets import masked_data

if TYPE_CHECKING:
    from chorus_config.model.managed import ManagedFields
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.shared.paint import Paint

# How what is neither text, list nor block is written.
_WORDS: Final[Mapping[type, Callable[[Any], str]]] = {
    type(None): lambda _none: "null",
    bool: {True: "true", False: "false"}.__getitem__,
    int: int.__repr__,
}
_STEP: Final = "  "
# So many rows are written at once.
_MANY: Final = 64
_NONE: Final[Mapping[str, ManagedFields]] = MappingProxyType({})


def render(report: FindingsReport, _paint: Paint) -> str:
    """Return the report in this format."""
    return as_json(findings_document(report.findings, sum(report.files.values()), sheets=report.sheets, managed=report.managed))


def findings_document(
    findings: Iterable[Finding],
    files: int,
    error: Mapping[str, object] | None = None,
    sheets: Iterable[tuple[str, str, bool]] = (),
    managed: Mapping[str, ManagedFields] = _NONE,
) -> dict[str, Any]:
    """Return the document of a check; `error` (exit_code, message) says why a command ended before its result.

    `sheets` (identifiant, libellé, ready) are told under `--ready` only, with what each manages (by identifiant).
    """
    listed = tuple(findings)
    counted = Counter(finding.level for finding in listed)
    document: dict[str, Any] = {
        "format_version": "1.0",
        "type": "findings",
        "files": files,
        "findings": [finding_document(finding) for finding in listed],
        "summary": {level: counted[level] for level in LEVELS},
    }
    ready = [
        {"identifiant": owner, "libelle": label, "ready": is_ready, **_managed(managed.get(owner))}
        for owner, label, is_ready in sheets
    ]
    document |= {"sheets": ready} if ready else {}
    return document if error is None else {**document, "error": dict(error)}


def _managed(managed: ManagedFields | None) -> dict[str, Any]:
    """Return how much a sheet manages; of a list, the entries are counted, and there is no total."""
    if managed is None:
        return {}
    blocks = [{"block": block.key, "written": block.written, "total": block.total} for block in managed.blocks]
    return {"managed": managed.count, "blocks": blocks}


def finding_document(finding: Finding) -> dict[str, Any]:
    """Return one finding; lines and columns count from 1, the pointer leads into the file."""
    return {
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "pointer": finding.pointer,
        "help": finding.help,
        "related": [
            {"path": other.path, "line": other.line, "column": other.column, "message": other.message}
            for other in finding.related
        ],
        **({} if finding.fix is None else {"fix": _fix(finding.fix)}),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    """Return what mends a finding; ends are exclusive."""
    edits = [
        {
            "line": edit.span.line,
            "column": edit.span.column,
            "end_line": edit.span.end_line,
            "end_column": edit.span.end_column,
            "text": edit.text,
        }
        for edit in fix.edits
    ]
    return {"description": fix.description, "safe": fix.safe, "edits": edits}


def as_json(document: Mapping[str, Any]) -> str:
    """Return a document as text: readable, ASCII only (no terminal or log can be led astray), one line feed at the end.

    No IBAN can be read in it, wherever it stands.
    """
    return unmasked_json(masked_data(document))


def unmasked_json(document: Mapping[str, Any]) -> str:
    """Return a document as text with all that it holds: for a file that is read again, and shown to nobody."""
    return indented(document) + "\n"


def indented(value: Any, line: str = "\n") -> str:
    """Return plain data as `json.dumps(…, indent=2)` does, to the byte, and faster: the standard library indents in Python.

    All is ASCII; `line` begins each line after the first: a line feed and the indent. Raises ValueError for a number that
    JSON does not have, TypeError for what is no plain data.
    """
    kind = value.__class__
    if kind is str:
        return quoted(value)
    if kind in _WORDS:
        return _WORDS[kind](value)
    if kind is dict and value:
        return _block(value, line, line + _STEP)
    if kind is list and value:
        inner = line + _STEP
        return f"[{inner}{f',{inner}'.join([indented(one, inner) for one in value])}{line}]"
    return "[]" if value == [] else _by_library(value, line)


def _block(value: dict[str, Any], line: str, inner: str) -> str:
    try:
        rows = [f"{quoted(key)}: {quoted(one) if one.__class__ is str else indented(one, inner)}" for key, one in value.items()]
    except TypeError:
        # Of a key that is no text, the library may yet make one.
        return _by_library(value, line)
    return f"{{{inner}{f',{inner}'.join(rows)}{line}}}"


def _by_library(value: Any, line: str) -> str:
    # No text holds a line feed of its own in JSON: each one is a line end of the document.
    return json.dumps(value, indent=2, ensure_ascii=True, allow_nan=False).replace("\n", line)


def indented_rows(rows: Iterable[Any], line: str = "\n") -> Iterator[str]:
    """Yield the same of a list in pieces, none of which ends inside a row: of a long list, a few rows are held at a time."""
    inner, left = line + _STEP, iter(rows)
    before = f"[{inner}"
    while some := [indented(row, inner) for row in islice(left, _MANY)]:
        yield before + f",{inner}".join(some)
        before = f",{inner}"
    yield f"{line}]" if before[0] == "," else "[]"
