"""How these tests read a text and say what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chorus_config.yamltext.parse import parse

if TYPE_CHECKING:
    from chorus_config.model.finding import Fault, Span
    from chorus_config.yamltext.parsed_text import ParsedText

Box = tuple[int, int, int, int]
Told = tuple[str, str, int, int]


def read(source: str | bytes) -> ParsedText:
    """Parse a text or the bytes of a file."""
    return parse(source.encode() if isinstance(source, str) else source)


def only(parsed: ParsedText) -> Fault:
    """Return the one fault that there must be."""
    assert len(parsed.faults) == 1, parsed.faults
    return parsed.faults[0]


def box(span: Span | None) -> Box:
    """Return line, column, end line and end column of a span that must be there."""
    assert span is not None
    return span.line, span.column, span.end_line, span.end_column


def told(parsed: ParsedText) -> list[Told]:
    """Return rule, case, line and column of each fault, in order."""
    return [(fault.rule, fault.case, *box(fault.span)[:2]) for fault in parsed.faults]
