"""French in the pages has French signs: ’ for the apostrophe. Code, commands and the labels of the portal stay as they are."""

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


def labels() -> set[str]:
    """Return the labels of the portal, as the schemas have them."""

    def titles(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from ([node["title"]] if isinstance(node.get("title"), str) else [])
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from titles(inner)

    names = ("fiche-structure", "compte-utilisateur", "projet")
    return {title for name in names for title in titles(json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text()))}


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_apostrophes_are_french(page: Path) -> None:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    for label in sorted(labels(), key=len, reverse=True):
        text = text.replace(label, "")
    assert [line for line in text.splitlines() if "'" in line] == []
