"""How these tests read Markdown: by a parser that is not ours, as a code host would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER: Final = MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"])
# The only tags that our Markdown holds, and the only ones in a summary.
_TAGS: Final = re.compile(
    r"<!-- chorus-config:(plan|diff|findings|watch) -->\n?"
    r"|<details( open)?>\n<summary>(<code>[^<>]*</code>|[^<>])*</summary>\n"
    r"|</details>\n?"
)
_INLINE: Final = {"text", "text_special", "code_inline", "softbreak", "strong_open", "strong_close"}
_BLOCKS: Final = {
    "paragraph_open", "paragraph_close", "inline", "html_block", "heading_open", "heading_close", "bullet_list_open",
    "bullet_list_close", "list_item_open", "list_item_close", "table_open", "table_close", "thead_open", "thead_close",
    "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip
_CALLS: Final = re.compile(r"(?<!\w)@\w|#\d|://|\bwww\.|\bGH-\d|\$\w+.*\$|[\w.]@\w")


@dataclass
class Read:
    """What a reader sees: the kinds of blocks in order, headings, tables by cells, list items, words and pieces of code."""

    shape: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def opened(self) -> list[bool]:
        """Whether each `details` is open."""
        return ["<details open>" in block for block in self.html if "<details" in block]


def read(text: str) -> Read:
    """Read a text, and fail on anything that is not ours: other blocks, other tags, links, images, mentions."""
    found = Read()
    tokens = _READER.parse(text)
    for location, token in enumerate(tokens):
        assert token.type in _BLOCKS, (token.type, token.content)
        found.shape.append(token.type)
        if token.type == "html_block":
            assert _TAGS.fullmatch(token.content), token.content
            found.html.append(token.content)
        elif token.type == "inline":
            _inline(token, found)
            if tokens[location - 1].type == "heading_open":
                found.headings.append(_seen(token))
        elif token.type == "table_open":
            found.tables.append([])
        elif token.type == "tr_open":
            found.tables[-1].append([])
        elif token.type in {"td_open", "th_open"}:
            found.tables[-1][-1].append(_seen(tokens[location + 1]))
    assert sum("<details" in one for one in found.html) == sum("</details>" in one for one in found.html)
    return found


def _inline(token: Token, found: Read) -> None:
    for child in token.children or []:
        assert child.type in _INLINE, (child.type, child.content, token.content)
        if child.type == "code_inline":
            found.codes.append(child.content)
        elif child.type.startswith("text"):
            assert not _CALLS.search(child.content), child.content
            found.words.append(child.content)


def _seen(token: Token) -> str:
    return "".join(child.content for child in token.children or [])
