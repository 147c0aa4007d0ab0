"""Markdown as code hosts read it (GFM): whatever is put in stays in its cell, tag or fence, calls nobody and links nowhere.

Source: GitHub Flavored Markdown 0.29, "Code spans", "Tables (extension)", "Autolinks (extension)"; hosts turn `@name`, `#1`,
`!1`, `:sign:` and `$formula$` outside code into mentions, references, signs and formulas after Markdown is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Final

from chorus_config.render.shared.values import visible
from chorus_config.yamltext.characters import cut

_CODE: Final = re.compile("(`[^`]+`)")
_SPACE: Final = re.compile(r"(\s+)")
# What a host would act on after Markdown is read: a word with one of these is shown as code.
_CALLS: Final = re.compile(
    r"[@#$^]|://|\bwww\.|\bGH-|[!%&~]\w|(?<!\w):[\w+-]+:|\b(?:mailto|xmpp|https?|ftp):|\[\[", re.IGNORECASE
)
# What may stand around such a word and stays outside the code.
_EDGES: Final = "\"'’«»()[],;.…:!?"
_ACTIVE: Final = re.compile(r"[\\`*\[\]~]|(?<![^\W_])_|_(?![^\W_])")
# What begins a heading, a list, a quote or an underlined title where it begins a line.
_STARTS: Final = re.compile(r"[#+=>-]|\d+(?=[.)])")


def quoted(text: str) -> str:
    """Return a text as it can be seen: between quotes where its spaces or its emptiness would not be."""
    shown = visible(text)
    return f'"{shown}"' if shown != shown.strip() or not shown or shown.startswith('"') else shown


def code(text: str) -> str:
    """Return a text as a code span."""
    shown = quoted(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if "`" in {shown[0], shown[-1]} else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def prose(text: str) -> str:
    """Return a sentence: its pieces of code (`…`) and the words that a host would act on as code, all else without meaning."""
    pieces = _CODE.split(visible(text).strip())
    shown = "".join(code(piece[1:-1]) if index % 2 else _words(piece) for index, piece in enumerate(pieces))
    return _STARTS.sub(lambda start: f"&#{ord(start[0][0])};{start[0][1:]}", shown, count=1) if _STARTS.match(shown) else shown


def _words(text: str) -> str:
    return "".join(_word(word) for word in _SPACE.split(text))


@lru_cache(maxsize=8192)
def _word(word: str) -> str:
    # A worksheet of a thousand structures has a million words, nearly all of them the same.
    if not _CALLS.search(word):
        return _quiet(word)
    core = word.strip(_EDGES)
    if not core:
        return code(word)
    before, after = word.split(core, 1)
    return f"{_quiet(before)}{code(core)}{_quiet(after)}"


def _quiet(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text).translate(_ENTITIES)


_ENTITIES: Final = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("|"): "&#124;"}


def tagged(text: str) -> str:
    """Return a text as code where Markdown is not read: inside the `<summary>` of `details`."""
    return f"<code>{escape(visible(text))}</code>"


def named(text: str) -> str:
    """Return a name where Markdown is not read: as it is, or as code where a host would act on it."""
    return tagged(text) if _CALLS.search(visible(text)) else escape(visible(text))


def short(text: str, limit: int | None) -> str:
    """Return a text cut at `limit` characters (None: never); cut first, then put into code or prose."""
    return cut(text, limit)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown already; a bar inside code is the only thing that could still end one."""
    lines = (" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)
    return "\n".join([f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads), *(f"| {line} |" for line in lines)])


def details(summary: str, body: str, *, opened: bool) -> str:
    """Return a part that opens on a click; `summary` is one line of HTML, `body` is Markdown."""
    start = "<details open>" if opened else "<details>"
    return f"{start}\n<summary>{summary}</summary>\n\n{body}\n\n</details>"


def document(blocks: Iterable[str], limit: int | None) -> str | None:
    """Return blocks as one text, None as soon as they do not fit in `limit` (None: any length will do)."""
    kept, length = [], 0
    for block in blocks:
        kept.append(block)
        length += len(block)
        if limit is not None and length > limit:
            return None
    text = "\n\n".join(kept) + "\n"
    return text if limit is None or fits(text, limit) else None


def fits(text: str, limit: int) -> bool:
    """Tell whether a text has at most `limit` characters, however a host counts them, and twice as many bytes."""
    units = len(text.encode("utf-16-le")) // 2
    return units <= limit and len(text.encode()) <= 2 * limit
