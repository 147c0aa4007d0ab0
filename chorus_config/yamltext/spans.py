"""Edits by span: what they make of the bytes of a file, and how a value is written in the place of another."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from chorus_config.model.finding import Edit, Path, Span
from chorus_config.yamltext.characters import cleaned, decode, readable
from chorus_config.yamltext.compose import compose

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def applied(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the file with edits made; what stands outside their spans stays, to the byte.

    Spans count lines by line feeds and columns by code points. Raises ValueError when two overlap or one is out of the file.
    """
    text = decode(raw)
    if not isinstance(text, str):
        raise ValueError("the file is no text")  # noqa: TRY004 - of the value, not of its type
    starts = [0, *(index + 1 for index, sign in enumerate(text) if sign == "\n")]
    made, done = [], 0
    for start, end, new in sorted((*_offsets(edit.span, starts), edit.text) for edit in edits):
        if not done <= start <= end <= len(text):
            raise ValueError("edits overlap, or are out of the file")
        made += [text[done:start], new]
        done = end
    mark = _BYTE_ORDER_MARK if raw.startswith(_BYTE_ORDER_MARK) else b""
    return mark + "".join([*made, text[done:]]).encode("utf-8", "strict")


def _offsets(span: Span, starts: list[int]) -> tuple[int, int]:
    if span.end_line > len(starts):
        raise ValueError("edits overlap, or are out of the file")
    return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1


def overlap(one: Iterable[Edit], other: Iterable[Edit]) -> bool:
    """Tell whether two sets of edits touch the same stretch of a file; at one and the same place, both would write."""
    there = [edit.span for edit in other]
    return any(_meet(edit.span, span) for edit in one for span in there)


def _meet(one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return (second.line, second.column) < (first.end_line, first.end_column) or (
        (first.line, first.column) == (second.line, second.column)
    )


def span_at(text: str, start: int, end: int) -> Span:
    """Return the span of two offsets of a text."""
    before, inside = text[:start], text[:end]
    return Span(
        before.count("\n") + 1, start - before.rfind("\n"),
        inside.count("\n") + 1, end - inside.rfind("\n"),
    )  # fmt: skip


def text_at(raw: bytes, path: Path) -> str | None:
    """Return the text of the value at `path` with all its characters, those too that no value may hold; None for no text."""
    text = decode(raw)
    node: Any = compose(readable(text)) if isinstance(text, str) else None
    for step in path:
        node = _inner(node, step)
    return str(node.value) if node is not None and node.id == "scalar" else None


def _inner(node: Any, step: str | int) -> Any:
    if node is not None and node.id == "mapping":
        return next((item for name, item in node.value if cleaned(name.value) == step), None)
    if node is not None and node.id == "sequence" and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def written_like(source: str, value: str, *, bare: bool = False) -> str:
    """Return a text as it is written in the place of `source`: between the same quotation marks, without any where `bare`
    says that it needs none and there were none, else between double ones.
    """
    if source.startswith("'") and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if bare and not source.startswith(('"', "'")):
        return value
    return json.dumps(value, ensure_ascii=False)


def value_span(source: str, span: Span) -> tuple[str, Span]:
    """Return what is written for a value, and where, without the line ends and blank lines behind a block of text."""
    if not source.startswith(("|", ">")):
        return source, span
    kept = source.rstrip(" \n\r\t")
    lines = kept.split("\n")
    column = len(lines[-1]) + (span.column if len(lines) == 1 else 1)
    return kept, Span(span.line, span.column, span.line + len(lines) - 1, column)
