"""Which bytes and characters a file may hold (design/sheet.md, "Text rules").

Forbidden: control characters, what Unicode calls Default_Ignorable (zero width, bidirectional marks, soft hyphen, variation
selectors, tags), interlinear annotations, line separators that only some readers see, and noncharacters.
Source: Unicode 15.1 DerivedCoreProperties and PropList; W3C "Unicode in XML" for the separators.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from chorus_config.model.finding import START, Fault, Span
from chorus_config.model.iban import masked_text

# A file with more faults of one kind than this is told the first ones: nobody reads the rest.
MAX_FAULTS: Final = 100

# Stands for a forbidden character while libyaml reads, so that columns keep; a noncharacter, so no text may hold it.
PLACEHOLDER: Final = "\U0001ffff"

_HIDDEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
) + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"

# Nearly every file holds these alone (ASCII, Latin letters, « – — ’ … € »); one quick look, since the classes above are slow.
_UNUSUAL: Final = re.compile("[^\n -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u202f\u20ac]")
# Blanks that look like a space and are none.
_ODD_BLANK: Final = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_GUESSES: Final = (
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP"),
)


@cache
def _in_file() -> re.Pattern[str]:
    # Costly to compile, and most runs never need it.
    return re.compile(f"[{_CONTROL}{_HIDDEN}]|\r(?!\n)")


@cache
def _in_value() -> re.Pattern[str]:
    return re.compile(f"[{_CONTROL}{_HIDDEN}\t\r]")


def decode(raw: bytes) -> str | Fault:
    """Return the text of a file without its byte order mark, or the CP002 that stops it, placed at the first bad byte."""
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error.start)
    if b"\x00" in raw[:1] and not raw.strip(b"\x00 \t\r\n"):
        return Fault("CP002", case="zeros", span=START)
    # Plain text in UTF-16 or UTF-32 is valid UTF-8 full of NUL characters.
    return _not_utf8(raw, raw.index(0)) if b"\x00" in raw[:4] else text


def is_usual(text: str) -> bool:
    """Tell whether a text holds printable characters of Latin scripts, blanks and line feeds alone: no tab, nothing hidden."""
    return _UNUSUAL.search(text) is None


def forbidden_in_file(text: str, most: int | None = None) -> tuple[Fault, ...]:
    """Return a CP002 for each forbidden character of a file's text (tab and CRLF are allowed here), `most` at the most."""
    if is_usual(text):
        return ()
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found = islice(_in_file().finditer(text), most)
    return tuple(_fault(match.group(), _point(starts, match.start())) for match in found)


def without_forbidden(text: str) -> str:
    """Put the placeholder for each forbidden character: same length, same columns, readable by libyaml."""
    return text if is_usual(text) else _in_file().sub(PLACEHOLDER, text)


def readable(text: str) -> bytes:
    """Return a text as libyaml takes it: UTF-8, forbidden characters replaced one for one."""
    return without_forbidden(text).encode()


def forbidden_in_value(value: str, *, replaced: bool) -> str:
    """Return the first character that no value may hold, or "": only line feed controls a value.

    Where characters of the file were `replaced`, their placeholders were told already.
    """
    match = _in_value().search(value.replace(PLACEHOLDER, "") if replaced else value)
    return match.group() if match else ""


def cleaned(value: str) -> str:
    """Return a value without its forbidden characters, so that what else is wrong with it can be told."""
    return _in_value().sub("", value)


def escaped_fault(character: str, span: Span) -> Fault:
    """Return the CP002 of a character that came into a value by an escape or as a tab."""
    return Fault("CP002", case="escaped", args={"codepoint": _codepoint(character)}, span=span)


def shown(value: object, limit: int = 80) -> str:
    """Return a value as it can be shown anywhere: one line, quoted when text, hidden characters spelt out, cut at `limit`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return "…" if isinstance(value, (list, dict)) else str(value)
    # Masked before it is cut: of a cut IBAN nobody could tell that it is one.
    return f'"{printable(cut(value, limit))}"'


def shown_with_blanks(value: object) -> str:
    """Return a value as `shown`, and spell out in the same way every blank that is no space: `+33\\u{a0}545222040`."""
    return re.sub(_ODD_BLANK, _spelt, shown(value))


def cut(text: str, limit: int | None) -> str:
    """Return a text as it may be shown, without its end where it is longer than `limit` (None: any length will do)."""
    safe = masked_text(text)
    return safe if limit is None or len(safe) <= limit else safe[: limit - 1] + "…"


@lru_cache(maxsize=8192)
def printable(text: str) -> str:
    """Return a text as it can be shown: its IBANs masked, every control or hidden character spelt `\\u{200b}`.

    So it cannot act on a terminal, and gives no account number away.
    """
    text = masked_text(text)
    if text.isascii() and text.isprintable():
        return text
    return _in_value().sub(_spelt, text.replace("\n", "\\n"))


def _spelt(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match.group()):x}}}"


def _not_utf8(raw: bytes, offset: int) -> Fault:
    before = raw[:offset].decode("utf-8", "replace").removeprefix("\ufeff")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return Fault("CP002", case="encoding", args={"guess": _guess(raw)}, span=Span(line, column, line, column + 1))


def _fault(character: str, span: Span) -> Fault:
    if unicodedata.category(character) == "Cc":
        return Fault("CP002", case="control", args={"codepoint": _codepoint(character)}, span=span)
    name = unicodedata.name(character, "-")
    return Fault("CP002", case="hidden", args={"codepoint": _codepoint(character), "name": name}, span=span)


def _point(starts: list[int], offset: int) -> Span:
    line = bisect_right(starts, offset)
    column = offset - starts[line - 1] + 1
    return Span(line, column, line, column + 1)


def _codepoint(character: str) -> str:
    return f"U+{ord(character):04X}"


def _guess(raw: bytes) -> str:
    for mark, name in _GUESSES:
        if raw.startswith(mark):
            return name
    if b"\x00" in raw[:64]:
        return "UTF-16"
    return "Windows-1252 / ISO-8859-1"
