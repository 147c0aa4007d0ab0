"""Texts that try to leave the place they are put in: our own, and the Big List of Naughty Strings."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

import pytest
from hypothesis import strategies as st

from chorus_config.model.finding import LEVELS, Finding, Related, Span

SUITE: Final = Path(__file__).parents[3] / "shared" / "suites" / "blns" / "blns.json"

# By the channel that each would break: GitHub's log, the terminal, markup, Markdown, links, spreadsheets, JSON, XML.
INJECTIONS: Final = (
    "::error::x", "\n::error file=x::y", "\r::stop-commands::z", "\r\n##[error]x", "  ::add-mask::a", "##[group]x",
    "a::b,c=d%0Ae%3A", "%", "%25", "%250A", "file=x,line=1::",
    "\u2028::error::x", "\x85::error::x", "\x0b::error::x",
    "\x0c##[error]x", "\x1b[2J\x1b]8;;http://evil\x07x", "\x9b31m", "\u202e\u2066a\u2069", "\u200b\u200d\ufeff\u00ad",
    "\x00", "\x7f", "\ufffe\uffff", "[red]x[/red]", "fin [/foo]", "[link=http://evil]x[/link]",
    "|`a`|\n|---|", "@all #123 <!-- x -->", "```\nx", "[x](http://evil)", "[x](0)", "[x\\](0)", "\\[x](1)", "[[x](2)",
    "\\\\[x](3)", "{0} {1} {{2}}", "=1+1", "@SUM(1)", "+33", "\tx",
    '","x":1,"', "\\u0022", "'); --", "nan",
    "<b>&amp;\"'", "]]></failure><x>", "<!--", "<![CDATA[x]]>", "&#0;", "&#x1b;", "<?x?>",
    "\udc80\ud800", "😀é\u0301", "../../x", "C:\\x", "http://evil/x?y#z", " ", "", "x" * 5000,
)  # fmt: skip


def naughty() -> list[str]:
    """Return the public list; its absence is said loudly, and is a failure where tests must be complete."""
    if not SUITE.is_file():
        reason = f"THE BIG LIST OF NAUGHTY STRINGS IS NOT THERE: {SUITE}; what it checks was NOT checked"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    strings = [str(string) for string in json.loads(SUITE.read_text(encoding="utf-8"))]
    assert len(strings) > 500
    return strings


def spoken(text: str, number: int = 0) -> Finding:
    """Return a finding all of whose words and paths are `text`."""
    other = Related(text, 3, 4, text)
    return Finding("CP401", LEVELS[number % 3], text, text, Span(1 + number, 2, 1 + number, 5), text, text, (other,))


def texts() -> st.SearchStrategy[str]:
    """Any text, half of surrogate pairs included, with what matters to these formats more often."""
    signs = st.sampled_from("::%,=\r\n\\[](){}<>&\"'`|#@\x00\x1b\u202e\u2028\ud800")
    return st.text(st.one_of(signs, st.characters()), max_size=40)
