"""The pages hang together: every link leads to a file and a heading that are there, and the README leads to every page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
LINK: Final = re.compile(r"\]\(([^)\s#]*)(?:#([^)\s]+))?\)")
CODE: Final = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)


@cache
def headings(page: Path) -> frozenset[str]:
    """Return the places of a page, as every forge makes them of its headings: one hyphen in a row; `<a id>` is one, too."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    titles = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title) for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)]
    made = {re.sub("-+", "-", re.sub(r"[^\w -]", "", title.strip()).lower().replace(" ", "-")) for title in titles}
    return frozenset(made | set(re.findall(r'<a (?:id|name)="([^"]+)"', text)))


@pytest.mark.parametrize("page", PAGES, ids=[path.relative_to(ROOT).as_posix() for path in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for target, place in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        if not target.startswith(("http:", "https:", "mailto:")):
            file = (page.parent / target).resolve() if target else page
            if not file.exists() or (place and file.suffix == ".md" and place not in headings(file)):
                lost.append((target, place))
    assert lost == []


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_the_readme_leads_to_every_page(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    named = {target.removeprefix("docs/") for target, _place in LINK.findall(text) if target.startswith("docs/")}
    assert {path.name for path in (ROOT / "docs").glob("*.md")} - named == set()
