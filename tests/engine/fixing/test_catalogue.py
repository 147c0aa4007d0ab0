"""The table of fixes in docs/fix.md is that of the catalogue; `CHORUS_CONFIG_GOLDEN=write` writes it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from chorus_config.engine.fixing.catalogue import FIXES, FixRow
from chorus_config.i18n.translator import translator_for
from chorus_config.rules.catalogue import texts

PAGE: Final = Path(__file__).parents[3] / "docs" / "fix.md"
FR: Final = translator_for("fr")


def row(fix: FixRow) -> str:
    """Return the row of a fix."""
    rule = f"[{fix.rule}](rules.md#{fix.rule.lower()})"
    return f"| {rule} {FR(texts(fix.rule).title)} | {FR(fix.title)} | {FR(fix.risk) if fix.risk else ''} |"


def table() -> str:
    """Return the whole table."""
    head = ["| règle | ce que `fix` fait | seulement avec `--unsafe` |", "|---|---|---|"]
    return "\n".join([*head, *map(row, FIXES.values())]) + "\n"


def test_the_page_says_what_the_catalogue_says() -> None:
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition("<!-- fixes -->\n")
    drawn, end, after = rest.partition("<!-- /fixes -->")
    assert begin
    assert end
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        PAGE.write_text(before + begin + table() + end + after, encoding="utf-8", newline="\n")
        return
    assert drawn == table()


def test_every_fix_says_what_it_does_in_both_languages() -> None:
    for fix in FIXES.values():
        for text in (fix.title, fix.risk):
            assert not text or FR(text) != text, text
