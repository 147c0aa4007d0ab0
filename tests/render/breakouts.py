"""Texts that would leave their cell, tag or fence in a careless page or comment, or call somebody there."""

from __future__ import annotations

from typing import Final

from tests.render.naughty import INJECTIONS, naughty

# facts/reliability.md, "Output channels", and what hosts act on after Markdown is read.
BREAKOUTS: Final = (
    "a|b", "a\\|b", "`", "``", "a`b``c", "`a|b`", "\\", "\\`", "`\\", "", " ", " a", "a ", "  a  ", '"', '"a"',
    "<b>x</b>", "<!-- x -->", "-->", "</details>", "</summary></details><h1>x", "</code></td>", "&lt;", "&amp;",
    "&#64;all", "&copy", "@all", "@user", "(@user)", "a@b.example", "org/team#12", "#123", "GH-123", "!12", "%3",
    "~bug", "$12", "$x^2$", ":smile:", "http://evil.example", "www.evil.example", "mailto:a@b.example",
    "[x](http://evil.example)", "![x](http://evil.example/x.png)", "[x]: http://evil.example", "[[wiki]]", "[ ] box",
    "*a*", "**a**", "_a_", "a_b_c", "~~a~~", "# a", "- a", "+ a", "1. a", "2) a", "> a", "=====", "-----", "***",
    "```", "~~~", "    a", "\ta", "a\nb", "a\n\nb", "a\r\nb", "\n\n</details>\n\n# a", "a\n| --- |", "::error::x",
    "##[error]x", "\x1b[31mred\x07", "\u202eabc", "a\u200bb", "\u2028a", "\ud800", "\ufeff", "\x00", "\x85", "é" * 3,
    "javascript:alert(1)", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "' onmouseover='x", '" onmouseover="alert(1)', "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}", "{0}", "{reason}", "%s", "${x}", "\u0430dmin",
    "<a href='javascript:alert(1)'>x</a>", "<base href=//evil>", "<meta http-equiv=refresh content=0>",
    "<form action=//evil><button>x", "<details open ontoggle=alert(1)>", "x" * 500,
)  # fmt: skip


def breakouts() -> list[str]:
    """Return them with those of the other formats and the Big List of Naughty Strings."""
    return [*BREAKOUTS, *INJECTIONS, *naughty()]
