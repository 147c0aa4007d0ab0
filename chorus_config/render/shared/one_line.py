"""One finding as one line that is safe in any log, page or file: for the formats that other programs read."""

from __future__ import annotations

import re
from typing import Final

from chorus_config.model.finding import Finding
from chorus_config.render.findings.concise import location
from chorus_config.yamltext.characters import printable

# A file name that is no UTF-8 is read with these in it; no encoding can write them.
_HALF: Final = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """Return a text as one line in which each control, hidden or unwritable character is spelt `\\u{1b}`."""
    return _writable(printable(text))


def one_line(finding: Finding) -> str:
    """Return what a finding says: the message, the other places it speaks of, the remedy."""
    others = "".join(f" ({other.path}:{other.line}:{other.column}: {other.message})" for other in finding.related)
    return visible(f"{finding.message}{others} → {finding.help}")


def one_line_at(finding: Finding) -> str:
    """Return the same behind its place, `path:line:col: …`; a file name begins it, and may begin with anything."""
    return f"{visible(location(finding))}: {one_line(finding)}"


def relative(path: str) -> str:
    """Return a path as code hosts compare it: no leading `./`; what no encoding can write is spelt out."""
    return _writable(path.removeprefix("./"))


def _writable(text: str) -> str:
    return _HALF.sub(lambda match: f"\\u{{{ord(match.group()):x}}}", text)
