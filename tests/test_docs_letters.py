"""French in the pages has French signs: ’ for the apostrophe. Code and commands stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[1]
ENGLISH: Final = {"api.md", "architecture.md"}
PAGES: Final = [ROOT / "README.md", *(path for path in sorted((ROOT / "docs").glob("*.md")) if path.name not in ENGLISH)]
CODE: Final = re.compile(r"^ *```.*?^ *```$|`[^`\n]*`|<!--.*?-->", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_apostrophes_are_french(page: Path) -> None:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    assert [line for line in text.splitlines() if "'" in line] == []


def _texts(node: Any, key: str = "") -> Iterator[str]:
    """Yield what a schema says to people: titles, descriptions, words of the workbook."""
    if isinstance(node, str) and key in {"title", "description", "x-tableur"}:
        yield node
    for name, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from _texts(inner, str(name))


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob("*.json")), ids=lambda path: path.name)
def test_apostrophes_of_the_schemas_are_french(path: Path) -> None:
    assert [text for text in _texts(json.loads(path.read_text(encoding="utf-8"))) if "'" in text] == []
