"""The page about reliability names tests that there are, and every promise has one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _file, name in NAMED])
def test_a_test_that_the_page_names_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_names_its_test() -> None:
    # Below its own title, the second table is of figures.
    promises, _title, _figures = PAGE.partition("\n## ")
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    for row in rows:
        assert "::test_" in row, row


def test_every_module_of_these_tests_is_on_the_page() -> None:
    modules = {path.name for path in Path(__file__).parent.glob("test_*.py")} - {"test_page.py"}
    assert modules <= {Path(file).name for file, _name in NAMED}
