"""Strict YAML: one document to plain data, without resolving what people wrote."""

from __future__ import annotations

from typing import Final

from chorus_config.model.finding import START, Fault
from chorus_config.yamltext.characters import decode
from chorus_config.yamltext.parsed_text import ParsedText, stopped_by
from chorus_config.yamltext.plain_lines import read_plain

MAX_BYTES: Final = 256 * 1024


def parse(raw: bytes) -> ParsedText:
    """Read one document from the bytes of a file; no input raises.

    Text stays as written, `true` and `false` are booleans, all else is text, mapping or list; `altered` names the plain
    scalars that another reader would alter, for whoever knows what type is due there. A file that is plainly something
    else is told by name (CP017).
    """
    text = _text(raw)
    # Nearly every sheet is written in one plain form, and is read at once; whatever is not, is read strictly.
    parsed = read_plain(text) if isinstance(text, str) else None
    if parsed is not None and _is_one_of_ours(parsed):
        return parsed
    from chorus_config.yamltext.other_format import holds_conflict, other_format  # noqa: PLC0415 - most runs need no libyaml
    from chorus_config.yamltext.strict_reader import read_strictly  # noqa: PLC0415

    if parsed is None:
        parsed = read_strictly(text) if isinstance(text, str) else stopped_by(text)
    if _is_one_of_ours(parsed) and not holds_conflict(raw):
        return parsed
    other = other_format(raw)
    return parsed if other is None else stopped_by(other)


def _text(raw: bytes) -> str | Fault:
    """Return the text of a file, or the fault that stops it."""
    if len(raw) > MAX_BYTES:
        return Fault("CP005", case="size", args={"limit": MAX_BYTES // 1024}, span=START)
    return decode(raw)


def _is_one_of_ours(parsed: ParsedText) -> bool:
    """Tell whether a document says what it is: tables and pages do not, results of commands give their version too."""
    data = parsed.data
    return not parsed.faults and isinstance(data, dict) and "type" in data and "format_version" not in data
